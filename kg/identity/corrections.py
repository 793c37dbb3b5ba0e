"""What a user says of who is who: the same, not the same, or another name. It wins over the machine.

Statements are about what documents tell (their entities and reports) and about entries of the list, for these do not
change when other documents come and go.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

Member = tuple[str, str]
"""(document, entity key), (document, report id), or ("", IRI) for an entry of the list."""

LIST = ""


@dataclass(frozen=True)
class Corrections:
    """Pairs that are the same, pairs that are not, and names of what members belong to."""

    same: frozenset[tuple[Member, Member]] = frozenset()
    different: frozenset[tuple[Member, Member]] = frozenset()
    names: Mapping[Member, str] = field(default_factory=dict)

    @cached_property
    def apart(self) -> Mapping[Member, frozenset[Member]]:
        """Member -> those that it is not."""
        found: dict[Member, set[Member]] = defaultdict(set)
        for one, other in self.different:
            found[one].add(other)
            found[other].add(one)
        return {member: frozenset(others) for member, others in found.items()}

    def forbid(self, one: frozenset[Member] | set[Member], other: frozenset[Member] | set[Member]) -> bool:
        """Whether a member of one is not the same as a member of the other."""
        if not self.apart:
            return False
        return any(not self.apart.get(member, frozenset()).isdisjoint(other) for member in one)
