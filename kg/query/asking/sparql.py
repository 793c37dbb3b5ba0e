"""What a question asks, as one SPARQL 1.1 query: a row for each event, each who or what in it, and each report."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from pyoxigraph import Literal, NamedNode

from kg.graph.terms import CD, PREFIXES
from kg.query.asking.asked import Asked, Bound, Hole, Known, Reach, Told
from kg.query.asking.statement import Asks
from kg.query.asking.words import stem

_USED = ("cd", "dct", "oa", "prov", "rdfs", "skos", "xsd")
_ROLES = ("actor", "recipient", "object", "place")
_PARTIES = ("actor", "recipient")
_HAPPENED = ("Asserted", "Claimed")
_DELAY = timedelta(days=7)  # how long after a time its news are still told
VARIABLES = (
    "event", "what", "status", "date", "earliest", "role", "thing", "name", "report", "modality", "speaker", "number",
    "document", "title", "published", "quote", "start", "end", "trigger",
)  # fmt: skip
"""What a row tells, in this order."""


def written(asked: Asked, *, happened: bool) -> str:
    """The query; with `happened` only of what a source tells as having happened."""
    prologue = "\n".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>" for prefix in _USED)
    inner = "\n".join(f"      {line}" for line in _chosen(asked, happened=happened))
    number = (
        "  OPTIONAL { ?report cd:quantity ?counted . ?counted cd:quantityKind "
        f"{_text(asked.quantity)} ; oa:exact ?number }}\n"
        if asked.quantity is not None
        else ""
    )
    variables = " ".join(f"?{name}" for name in VARIABLES if name != "number" or asked.quantity is not None)
    return f"""{prologue}

SELECT DISTINCT {variables}
WHERE {{
  {{
    SELECT DISTINCT ?event
    WHERE {{
{inner}
    }}
  }}
  ?event cd:eventClass/rdfs:label ?what ;
    cd:status/skos:notation ?status .
  OPTIONAL {{
    ?event cd:time ?when .
    {{ SELECT DISTINCT ?when ?date ?earliest WHERE {{ ?when rdfs:label ?date ; cd:earliest ?earliest }} }}
  }}
  OPTIONAL {{
    VALUES ?role {{ {" ".join(f"cd:{role}" for role in _ROLES)} }}
    ?event ?role ?thing .
    ?thing skos:prefLabel ?name .
  }}
  ?event cd:toldBy ?report .
  ?report cd:modality/skos:notation ?modality ;
    prov:wasDerivedFrom ?document ;
    cd:evidence ?sentence .
  ?sentence oa:exact ?quote ; oa:start ?start ; oa:end ?end .
  ?report rdfs:label ?trigger .
  ?document dct:issued ?published .
  OPTIONAL {{ ?document dct:title ?title }}
  OPTIONAL {{
    ?report cd:attribution ?by .
    ?by skos:prefLabel ?told .
    OPTIONAL {{ ?by cd:refersTo/skos:prefLabel ?named }}
    BIND(COALESCE(?named, ?told) AS ?speaker)
  }}
{number}}}
ORDER BY (!BOUND(?earliest)) ?earliest ?event ?published ?report ?role ?name
"""


def probe(asked: Asked) -> str:
    """A query for the statuses of the events that the whole query would tell: most readings find none."""
    prologue = "\n".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>" for prefix in _USED)
    inner = "\n".join(f"  {line}" for line in _chosen(asked, happened=False))
    return f"{prologue}\nSELECT DISTINCT ?status\nWHERE {{\n{inner}\n  ?vouched skos:notation ?status .\n}}"


def _chosen(asked: Asked, *, happened: bool) -> Iterable[str]:
    """The patterns that choose the events."""
    if asked.classes and asked.told in (Told.CLASS, Told.DEED):
        yield f"VALUES ?kind {{ {' '.join(str(NamedNode(c)) for c in asked.classes)} }}"
        yield "?event cd:eventClass ?class . ?class rdfs:subClassOf* ?kind ."
    yield "?event cd:toldBy ?telling ; cd:status ?vouched ."
    if asked.negated:
        yield "FILTER(?vouched = cd:Negated)"
    elif happened:
        yield f"FILTER(?vouched IN ({', '.join(f'cd:{status}' for status in _HAPPENED)}))"
    for number, bound in enumerate(asked.bound, start=1):
        yield from _bound(bound, f"x{number}", asked)
    for number, hole in enumerate(asked.holes, start=1):
        yield from _hole(hole, f"hole{number}", asked)
    if asked.undated:
        yield "FILTER(NOT EXISTS { ?event cd:time ?day })"
        yield "?telling prov:wasDerivedFrom/dct:issued ?issued ."
        if asked.first is not None:
            yield f'FILTER(?issued >= "{asked.first.isoformat()}"^^xsd:date)'
        if asked.last is not None:
            yield f'FILTER(?issued <= "{(asked.last + _DELAY).isoformat()}"^^xsd:date)'
    elif asked.first is not None or asked.last is not None:
        yield "?event cd:time ?time ."
        yield "{ SELECT DISTINCT ?time ?begins ?ends WHERE { ?time cd:earliest ?begins ; cd:latest ?ends } }"
        if asked.first is not None:
            yield f'FILTER(?ends >= "{asked.first.isoformat()}"^^xsd:date)'
        if asked.last is not None:
            yield f'FILTER(?begins <= "{asked.last.isoformat()}"^^xsd:date)'
        if asked.first is not None and asked.last is not None and not asked.classes:
            # of what happened then, what went on for years before and after tells nothing
            yield (
                f'FILTER(?begins >= "{asked.first.isoformat()}"^^xsd:date || '
                f'?ends <= "{asked.last.isoformat()}"^^xsd:date)'
            )
    yield from _told(asked)


def _bound(bound: Bound, name: str, asked: Asked) -> Iterable[str]:
    """Something named in one of its roles, itself or through someone who acts for it; without a role, taking part or
    spoken of. Farther off, it is named in the sentence or in the document.
    """
    places = bound.roles == ("place",)
    iris = bound.known.of(frozenset(("Place", "State"))) if places else bound.known.iris
    values = f"VALUES ?{name} {{ {_nodes(iris)} }}"
    roles = bound.roles or _ROLES
    parties = [role for role in roles if role in _PARTIES]
    ways = [f"{{ {values} ?event {_path(roles)} ?{name} }}"]
    if parties:
        ways.append(f"{{ {values} ?for{name} cd:actsFor ?{name} . ?event {_path(parties)} ?for{name} }}")
    if bound.reach is Reach.DOCUMENT:
        unfilled = ("place",) if "place" in bound.roles else bound.roles
        other = f"FILTER(NOT EXISTS {{ ?event {_path(unfilled)} ?other{name} }})" if unfilled else ""
        if len(parties) == len(_PARTIES):
            other = ""  # of parties alike the event may tell another
        ways.append(
            f"{{ {values} ?as{name} cd:refersTo ?{name} . GRAPH ?in{name} {{ ?as{name} a cd:Entity }} "
            f"?telling prov:wasDerivedFrom ?in{name} . ?event cd:toldBy ?telling . {other} }}"
        )
    elif bound.reach is Reach.SENTENCE:
        names = dict.fromkeys((*bound.known.names, bound.known.text))
        said = " || ".join(f"CONTAINS(?words{name}, {_text(n)})" for n in names)
        reverse = ""
        if bound.alone and bound.roles and len(parties) < len(_PARTIES) and "place" not in bound.roles:
            reverse = f"FILTER(NOT EXISTS {{ ?event {_path(bound.roles)} ?other{name} }})"
        if bound.roles == ("actor",) and not asked.whether:
            opposite = f"NOT EXISTS {{ {values} ?event cd:recipient ?{name} }}"
            reverse = f"FILTER({opposite} || NOT EXISTS {{ ?event cd:actor ?other{name} }})"
        elif bound.roles == ("recipient",) and not bound.alone:
            reverse = f"FILTER(NOT EXISTS {{ {values} ?event cd:actor ?{name} }})"
        ways.append(
            f"{{ ?event cd:toldBy ?telling . ?telling cd:evidence/oa:exact ?words{name} . FILTER({said}) {reverse} }}"
        )
    yield " UNION ".join(ways)


def _hole(hole: Hole, name: str, asked: Asked) -> Iterable[str]:
    """Someone asked for must be there, and be of a class or among those named."""
    roles = [role for role in hole.roles if role in _ROLES]
    if not roles or not hole.needed or asked.quantity is not None:
        return  # what somebody threatened or denied need be no thing with a name
    if hole.among:
        iris = [iri for known in hole.among for iri in known.iris]
        yield f"VALUES ?{name} {{ {_nodes(iris)} }}"
    yield f"?event {_path(roles)} ?{name} ."
    if len(hole.classes) == 1 and not hole.among:
        kind = str(CD[hole.classes[0]])
        noun = stem(hole.noun.split()[-1]) if hole.noun else ""
        named = (
            f" || EXISTS {{ ?{name} skos:prefLabel|skos:altLabel ?l{name} . "
            f"FILTER(CONTAINS(LCASE(?l{name}), {_text(noun)})) }}"
        )
        loose = named if noun and hole.classes[0] not in ("State", "Person", "Place", "Agreement") else ""
        yield f"FILTER(EXISTS {{ ?{name} a {kind} }}{loose})"
    constants = {iri for bound in asked.bound if set(bound.roles) & set(roles) for iri in bound.known.iris}
    if constants:
        values = f"VALUES ?of{name} {{ {_nodes(sorted(constants))} }}"
        yield f"FILTER(NOT EXISTS {{ {values} ?{name} cd:actsFor ?of{name} }})"
        yield f"FILTER(?{name} NOT IN ({', '.join(str(NamedNode(iri)) for iri in sorted(constants))}))"


def _told(asked: Asked) -> Iterable[str]:
    """What the report or its sentence must say."""
    if asked.quantity is not None:
        yield f"?telling cd:quantity/cd:quantityKind {_text(asked.quantity)} ."
    if isinstance(asked.speaker, Known):
        voice = "{ ?telling cd:attribution/cd:refersTo ?voice }"
        if not asked.classes:  # what someone accused, asked or threatened another of is said as well
            saying = " ".join(str(node) for node in (CD.VerbalConflict, CD.VerbalCooperation))
            voice += (
                f" UNION {{ ?event cd:actor ?voice ; cd:eventClass/rdfs:subClassOf* ?verbal . "
                f"VALUES ?verbal {{ {saying} }} }}"
            )
        yield voice
        yield f"VALUES ?claimant {{ {_nodes(asked.speaker.iris)} }}"
        yield "FILTER(?voice = ?claimant || EXISTS { ?voice cd:actsFor ?claimant })"
    elif asked.speaker is not None:
        yield "?telling cd:attribution ?anyone ."
    words = [*asked.words, *(asked.strange if asked.strangers is not Reach.DOCUMENT else ())]
    if asked.strangers is Reach.DOCUMENT:
        yield "?telling prov:wasDerivedFrom ?paper ."
        for number, word in enumerate(asked.strange, start=1):
            yield (
                f"{{ SELECT DISTINCT ?paper WHERE {{ ?sentence{number} prov:wasDerivedFrom ?paper ; "
                f"cd:evidence/oa:exact ?text{number} FILTER({_names(f'?text{number}', word)}) }} }}"
            )
    if words or asked.within or asked.told is Told.SENTENCE:
        yield "?telling cd:evidence ?passage . ?passage oa:exact ?said ."
    for word in words:
        proper = word[:1].isupper()
        told = _names("?said", word) if proper else _begins("?said", (stem(word),))
        if called := asked.called.get(word):
            told += f" || EXISTS {{ VALUES ?called {{ {_nodes(called)} }} ?event {_path(_ROLES)} ?called }}"
        yield f"FILTER({told})"
    if asked.told is not Told.CLASS:
        told = "?said" if asked.told is Told.SENTENCE else "?named"
        if asked.told in (Told.TRIGGER, Told.DEED):
            yield "?telling rdfs:label ?named ."
        yield f"FILTER({_begins(told, asked.stems())})"
    if asked.within:
        yield "?telling prov:wasDerivedFrom ?source ."
    for number, (classes, _) in enumerate(asked.within, start=1):
        names = " ".join(str(NamedNode(c)) for c in classes)
        yield (
            f"?passage oa:start ?from{number} . {{ SELECT DISTINCT ?source ?from{number} WHERE {{ "
            f"VALUES ?inner{number} {{ {names} }} ?also{number} cd:eventClass/rdfs:subClassOf* ?inner{number} ; "
            f"prov:wasDerivedFrom ?source ; cd:evidence/oa:start ?from{number} }} }}"
        )


def _names(variable: str, word: str) -> str:
    """That a text has a name as a whole word."""
    return f"REGEX({variable}, {_text(f'(^|[^A-Za-z]){re.escape(word)}($|[^A-Za-z])')})"


def _begins(variable: str, stems: Iterable[str]) -> str:
    """That a word of a text begins with one of these."""
    pattern = f"(^|[^a-z])({'|'.join(map(re.escape, stems))})"
    return f"REGEX(LCASE({variable}), {_text(pattern)})"


def _path(roles: Iterable[str]) -> str:
    """The roles as a path; what happens in a place happens in what it lies in."""
    names = [f"cd:{role}" for role in roles]
    if "cd:place" in names:
        names.append("cd:happenedIn")
    return names[0] if len(names) == 1 else f"({'|'.join(names)})"


def _nodes(iris: Iterable[str]) -> str:
    return " ".join(str(NamedNode(iri)) for iri in iris)


def _text(value: str | None) -> str:
    return str(Literal(value or ""))


def roles_shown(asked: Asked) -> tuple[str, ...]:
    """The roles that hold an answer: those of the holes, and the place where that is asked."""
    roles = [role for hole in asked.holes for role in hole.roles if role in _ROLES]
    if Asks.WHERE in asked.asks:
        roles.append("place")
    return tuple(dict.fromkeys(roles))
