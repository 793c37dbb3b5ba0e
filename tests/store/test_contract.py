"""What every store does, run against each kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.errors import KgError
from kg.graph import OWN_LIST, own_list, own_list_quads
from kg.store import Solutions, Store

A, B = "https://example.org/graph/a", "https://example.org/graph/b?x=1&y=ü"
S, P, NAME = (NamedNode(f"https://example.org/{name}") for name in ("s", "p", "name"))
AWKWARD = 'a "quote", a \\ slash, a\nnew line\tand é \U0001f54a } # no comment'


def quad(value: str, graph: str = A) -> Quad:
    return Quad(S, P, Literal(value), NamedNode(graph))


def names(store: Store) -> list[str]:
    return [graph.value for graph in store.graphs()]


def values(store: Store) -> list[str]:
    answer = store.query("SELECT ?v WHERE { ?s ?p ?v FILTER(ISLITERAL(?v)) } ORDER BY ?v")
    assert isinstance(answer, Solutions)
    return [row["v"].value for row in answer]


def test_added_quads_are_found_without_naming_their_graph(store: Store) -> None:
    store.add([quad("one", A), quad("two", B)])
    assert values(store) == ["one", "two"]


def test_adding_nothing_is_no_fault(store: Store) -> None:
    store.add([])
    assert names(store) == []


def test_adding_twice_changes_nothing(store: Store) -> None:
    store.add([quad("one")])
    store.add([quad("one")])
    assert len(list(store.dump())) == 1


def test_text_comes_back_as_it_was(store: Store) -> None:
    store.add([quad(AWKWARD)])
    assert values(store) == [AWKWARD]


def test_replace_leaves_just_the_new_and_other_graphs_alone(store: Store) -> None:
    store.add([quad("old"), quad("both"), quad("other", B)])
    store.replace_graph(A, [quad("both", "urn:ignored"), quad(AWKWARD, "urn:ignored")])
    assert values(store) == sorted([AWKWARD, "both", "other"])
    assert names(store) == sorted([A, B])


def test_replace_makes_a_graph(store: Store) -> None:
    store.replace_graph(NamedNode(A), [quad("one")])
    assert names(store) == [A]


def test_replace_by_nothing_empties(store: Store) -> None:
    store.add([quad("one")])
    store.replace_graph(A, [])
    assert names(store) == []
    store.replace_graph(A, [])
    assert names(store) == []


def test_remove_graph(store: Store) -> None:
    store.add([quad("one"), quad("two", B)])
    store.remove_graph(B)
    store.remove_graph(NamedNode("urn:never:there"))
    assert names(store) == [A]
    assert values(store) == ["one"]


def test_ask_and_construct(store: Store) -> None:
    store.add([quad("one")])
    assert store.query("ASK { ?s ?p 'one' }") is True
    assert store.query("ASK { ?s ?p 'two' }") is False
    assert store.query("CONSTRUCT WHERE { ?s ?p ?o }") == [Triple(S, P, Literal("one"))]


def test_an_empty_answer_keeps_its_variables(store: Store) -> None:
    answer = store.query("SELECT ?a ?b WHERE { ?a <urn:none> ?b }")
    assert isinstance(answer, Solutions)
    assert (answer.variables, len(answer)) == (("a", "b"), 0)


@pytest.mark.parametrize("declared", [True, False])
def test_substitutions_bind_terms(store: Store, declared: bool) -> None:
    store.add([quad("one"), quad(AWKWARD), Quad(S, NAME, Literal("one"), NamedNode(A))])
    query = "SELECT ?p ?v WHERE { %s ?s ?p ?v } ORDER BY ?p" % ("VALUES ?v { UNDEF }" if declared else "")
    for text, predicates in [("one", [NAME, P]), (AWKWARD, [P]), ("one } UNION { ?s ?p ?v", []), ('"', [])]:
        answer = store.query(query, {"v": Literal(text)})
        assert isinstance(answer, Solutions)
        assert [row["p"] for row in answer] == predicates


def test_a_substitution_may_be_any_of_several(store: Store) -> None:
    store.add([quad("one"), quad("two"), quad("three")])
    answer = store.query(
        "SELECT ?v WHERE { VALUES ?v { UNDEF } ?s ?p ?v } ORDER BY ?v", {"v": [Literal("one"), Literal("two")]}
    )
    assert isinstance(answer, Solutions)
    assert [row["v"].value for row in answer] == ["one", "two"]


def test_update(store: Store) -> None:
    store.add([quad("one")])
    store.update(f"PREFIX e: <https://example.org/> INSERT DATA {{ GRAPH <{B}> {{ e:s e:p 'two' }} }}")
    store.update("DELETE { GRAPH ?g { ?s ?p 'one' } } WHERE { GRAPH ?g { ?s ?p 'one' } }")
    assert values(store) == ["two"]


def test_dump_is_sorted_and_whole(store: Store) -> None:
    quads = [quad("b"), quad("a"), quad("c", B)]
    store.add(quads)
    assert list(store.dump()) == [quad("a"), quad("b"), quad("c", B)]


def test_a_malformed_query_is_one_line_with_its_place(store: Store) -> None:
    with pytest.raises(KgError, match=r"^malformed SPARQL at line 2, column \d+: .*WHEER") as caught:
        store.query("SELECT ?s\nWHEER { ?s ?p ?o }")
    assert "\n" not in str(caught.value)


def test_an_undeclared_prefix_is_named(store: Store) -> None:
    with pytest.raises(KgError, match=r"a prefix is not declared: .*foo:bar"):
        store.query("SELECT ?s WHERE { ?s foo:bar ?o }")


@pytest.mark.parametrize("update", ["DELETE WHERE { ?s ?p ?o }", "# no\nPREFIX e: <urn:e#> \n DROP ALL"])
def test_a_query_cannot_write(store: Store, update: str) -> None:
    store.add([quad("one")])
    with pytest.raises(KgError, match="only reads"):
        store.query(update)
    assert values(store) == ["one"]


def test_a_malformed_update_changes_nothing(store: Store) -> None:
    store.add([quad("one")])
    with pytest.raises(KgError):
        store.update("CLEAR ALL ; INSERT DATA { nonsense }")
    assert values(store) == ["one"]


def test_a_list_of_actors_of_ones_own_is_kept_as_it_is_written(store: Store) -> None:
    text = (Path(__file__).parents[2] / "ontology" / "actors.ttl").read_text(encoding="utf-8")[:200_000] + AWKWARD
    assert own_list(store) == ""
    store.replace_graph(OWN_LIST, own_list_quads("# another"))
    store.replace_graph(OWN_LIST, own_list_quads(text))
    assert own_list(store) == text
    store.replace_graph(OWN_LIST, own_list_quads(""))
    assert own_list(store) == ""
