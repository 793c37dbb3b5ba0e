"""The saved queries: their headers, and their answers over the sample."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad
from rdflib import RDF, Graph, URIRef

from kg.errors import KgError
from kg.query import SavedQuery, parse_query, run, saved_queries, saved_query
from kg.query.executables import executables, form
from kg.query.listing import listing
from kg.query.names import Names
from kg.query.parameters import PAGING, TYPES
from kg.query.saved import more, with_prefixes
from kg.store import Solutions, Store, open_store
from kg.store.binding import clause

from .sample import REPORTS, extractions, fill, with_actor

QUERIES = {query.name: query for query in saved_queries()}
SELECTS = {name: query for name, query in QUERIES.items() if form(query) == "SELECT"}
SAMPLES = {
    "limit": "all",
    "offset": "0",
    "date": "2020",
    "text": "x",
    "document": "doha-talks",
    "place": "Doha",
    "event": "assault",
}
SAMPLES |= {"limit": "all", "offset": "0"}
EMPTY = {"mediations", "numbers-of-people", "protests", "sanctions", "who-supported-whom", "who-threatened-whom"}
EMPTY |= {"who-asked-what-of-whom", "who-rejected-what", "withdrawals-and-releases", "visits-and-calls"}
EMPTY |= {"commitments", "parts-in-agreements", "standing-of-agreements"}
"""Queries for what the sample does not tell."""


def rows(store: Store, name: str, **values: str) -> list[dict[str, str]]:
    names = {key.rstrip("_"): value for key, value in values.items()}
    answer = run(store, QUERIES[name], names)
    assert isinstance(answer, Solutions)
    return [{v: row[v].value for v in answer.variables if row[v] is not None} for row in answer]


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_the_header_tells_all(query: SavedQuery) -> None:
    assert query.title
    assert query.description.endswith(".")
    for parameter in query.parameters:
        assert parameter.description
        assert parameter.example
        assert parameter.edge in ("first", "last")
        if parameter.type in PAGING:
            assert f"{PAGING[parameter.type]} {parameter.default}" in query.sparql
        else:
            assert parameter.type in TYPES
            assert clause(parameter.name).search(query.sparql), f"no VALUES clause for {parameter.name}"
    declared = set(re.findall(r"VALUES \?(\w+) \{ UNDEF \}", query.sparql))
    assert declared == {parameter.name for parameter in query.parameters if parameter.type not in PAGING}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_it_is_sparql_as_it_stands_and_sorts(query: SavedQuery) -> None:
    assert "ORDER BY" in query.sparql
    with open_store(None) as empty:
        assert len(empty.query(query.sparql)) == 0  # type: ignore[arg-type]


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_every_parameter_can_be_bound(query: SavedQuery, store: Store) -> None:
    values = {p.name: SAMPLES.get(p.type, "Taliban") for p in query.parameters}
    assert isinstance(run(store, query, values), Solutions | list)


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_the_query_as_it_stands_restricts_nothing(query: SavedQuery, store: Store) -> None:
    if not any(p.required or p.default for p in query.parameters if p.type not in PAGING):
        assert [list(r) for r in store.query(query.sparql)] == [list(r) for r in run(store, query)]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "query", [q for q in QUERIES.values() if "?quote" in q.sparql and q.name not in EMPTY], ids=lambda q: q.name
)
def test_every_row_shows_its_quote(query: SavedQuery, store: Store) -> None:
    needed = {p.name: "doha-talks" if p.type == "document" else "Taliban" for p in query.parameters if p.required}
    found = rows(store, query.name, **needed)
    assert found
    assert all(row.get("quote") or row.get("quote1") for row in found)


def test_who_signed_what_and_when(store: Store) -> None:
    assert rows(store, "who-signed-what-when") == [
        {
            "agreement": "Doha Agreement",
            "signatories": "Abdul Ghani Baradar (for Taliban); Taliban; United States",
            "date": "2020-02-29",
            "place": "Doha",
            "document": "https://w3id.org/conflict-diplomacy/document/doha-talks",
            "quote": "The United States and the Taliban signed the Doha Agreement in Doha on Saturday.",
        }
    ]


@pytest.mark.parametrize(
    ("values", "number"),
    [
        ({"actor": "the taliban"}, 1),
        ({"actor": "Islamic Emirate"}, 1),
        ({"actor": "Mike Pompeo"}, 0),
        ({"agreement": "the accord"}, 1),
        ({"agreement": "Taliban"}, 0),
        ({"from_": "2020-02-29", "to": "2020-02-29"}, 1),
        ({"to": "2020"}, 1),
        ({"to": "2020-02"}, 1),
        ({"from_": "2020-03"}, 0),
        ({"to": "2020-01"}, 0),
    ],
)
def test_signings_restricted(store: Store, values: dict[str, str], number: int) -> None:
    assert len(rows(store, "who-signed-what-when", **values)) == number


def test_a_signing_without_date_or_place_is_shown(store: Store) -> None:
    with open_store(None) as other:
        other.add(quad for quad in store.dump() if quad.predicate.value.split("#")[-1] not in ("time", "place"))
        (row,) = rows(other, "who-signed-what-when")
        assert row["agreement"] == "Doha Agreement"
        assert not {"date", "place"} & set(row)
        assert rows(other, "who-signed-what-when", from_="2020") == []


def test_what_happened(store: Store) -> None:
    found = rows(store, "what-happened")
    assert [(row.get("date"), row["what"], row["status"], row["sources"]) for row in found] == [
        ("2020-02-29", "signing", "asserted", "1"),
        ("2020-03", "meeting", "asserted", "1"),
        ("2020-03", "accusation", "asserted", "1"),
        ("2020-03-04", "airstrike", "asserted", "2"),
        (None, "assault", "claimed", "1"),
    ]
    assert [row["what"] for row in rows(store, "what-happened", from_="2020-03-01", to="2020-03-03")] == [
        "meeting",
        "accusation",
    ]
    assert [row["what"] for row in rows(store, "what-happened", place="helmand province")] == ["airstrike"]
    assert [row["what"] for row in rows(store, "what-happened", type="assault")] == ["airstrike", "assault"]
    assert [row["what"] for row in rows(store, "what-happened", type="ACCUSE", recipient="U.S.")] == ["accusation"]


def test_a_long_answer_comes_in_pages(store: Store) -> None:
    whole = rows(store, "what-happened")
    assert rows(store, "what-happened", limit="2") == whole[:2]
    assert rows(store, "what-happened", limit="2", offset="3") == whole[3:]
    assert rows(store, "what-happened", limit="all") == whole
    query = QUERIES["what-happened"]
    note = more(query, {"limit": "2", "offset": "2"}, run(store, query, {"limit": "2", "offset": "2"}))
    assert note == "one page of 2: limit=all gives all, offset=4 the next"
    assert more(query, {}, run(store, query)) is None
    with pytest.raises(KgError, match="limit: 'few' is not a number of rows"):
        rows(store, "what-happened", limit="few")


def test_what_an_actor_did_counts_those_who_act_for_it(store: Store) -> None:
    assert [row["what"] for row in rows(store, "what-an-actor-did", actor="Taliban")] == [
        "signing",
        "meeting",
        "accusation",
    ]
    assert [row["what"] for row in rows(store, "what-was-done-to-an-actor", actor="Taliban")] == ["airstrike"]


def test_who_attacked_whom(store: Store) -> None:
    strike, village = rows(store, "who-attacked-whom")
    assert (strike["actors"], strike["recipients"], strike["places"]) == ("United States", "Taliban", "Helmand")
    assert strike["killed"] == "12; at least 20"
    assert strike["quote"].startswith("The United States bombed")  # not the denial, nor the vaguer report
    assert "killed" not in village
    assert rows(store, "who-attacked-whom", target="Taliban") == [strike]
    assert rows(store, "who-attacked-whom", actor="Taliban") == []


def test_who_met_whom(store: Store) -> None:
    (meeting,) = rows(store, "who-met-whom", actor="Baradar", with_="Mike Pompeo")
    assert meeting["actors"] == "Abdul Ghani Baradar; Mike Pompeo"
    assert rows(store, "who-met-whom", actor="Baradar", with_="Taliban") == []


def test_claims(store: Store) -> None:
    assert [(row["claimant"], row["what"], row["modality"]) for row in rows(store, "claims")] == [
        ("Mike Pompeo", "bombing", "negated"),
        ("Taliban", "assault", "asserted"),
    ]
    assert len(rows(store, "claims", about="U.S.", claimant="Taliban")) == 1


@pytest.mark.parametrize("document", ["helmand-strike", "Strike in Helmand", "strike in helmand"])
def test_what_a_source_says(store: Store, document: str) -> None:
    assert [row["what"] for row in rows(store, "what-a-source-says", document=document)] == [
        "airstrike",
        "accusation",
        "assault",
    ]
    assert [row["what"] for row in rows(store, "what-a-source-says", document=document, type="ASSAULT")] == [
        "airstrike",
        "assault",
    ]


def test_agreements_and_terms(store: Store) -> None:
    (term,) = rows(store, "agreements-and-terms", agreement="Doha Agreement")
    assert term["parties"] == "Abdul Ghani Baradar; Taliban; United States"
    assert (term["what"], term["actors"], term["date"]) == ("withdrawal", "United States", "2020-02-29/2021-04")
    assert rows(store, "agreements-and-terms", actor="Mike Pompeo") == []


def test_where_sources_disagree(store: Store) -> None:
    found = rows(store, "where-sources-disagree")
    assert [(row["difference"], row["one"], row["two"]) for row in found] == [
        ("date", "2020-03-03", "2020-03-04"),
        ("happened", "asserted", "negated"),
        ("happened", "asserted", "negated"),
        ("number", "12 killed", "at least 20 killed"),
    ]
    assert rows(store, "where-sources-disagree", about="number") == found[3:]
    assert rows(store, "where-sources-disagree", actor="Mike Pompeo") == []


def test_prospects(store: Store) -> None:
    (prospect,) = rows(store, "prospects")
    assert (prospect["status"], prospect["what"]) == ("future", "withdrawal")
    assert rows(store, "prospects", status="negated") == []


def test_documents_and_actors(store: Store) -> None:
    assert [(row["document"], row["reports"]) for row in rows(store, "documents")] == [
        ("doha-talks", "3"),
        ("helmand-strike", "3"),
        ("helmand-again", "3"),
    ]
    assert [(row["actor"], row["did"], row["suffered"]) for row in rows(store, "actors")] == [
        ("United States", "3", "1"),
        ("Taliban", "2", "1"),
        ("Abdul Ghani Baradar", "2", "0"),
        ("Mike Pompeo", "1", "0"),
    ]


@pytest.mark.parametrize(
    "attack",
    [
        'future" } ?s ?p ?o . FILTER("',
        "future } UNION { ?s ?p ?o",
        'future" ) } #',
        "\\",
        'x\\" } #',
        "{ UNDEF }",
        "?status",
    ],
)
def test_a_value_can_never_change_the_query(store: Store, attack: str) -> None:
    before = list(store.dump())
    assert rows(store, "prospects", status=attack) == []
    assert list(store.dump()) == before


@pytest.mark.parametrize("attack", ["https://e.org/> } UNION { ?s ?p ?o }", "<https://e.org/a b>"])
def test_an_iri_can_never_change_the_query(store: Store, attack: str) -> None:
    with pytest.raises(KgError, match="is not an IRI"):
        run(store, QUERIES["who-met-whom"], {"actor": attack})


def test_escapes_that_some_servers_resolve_first_are_refused(store: Store) -> None:
    with pytest.raises(KgError, match="backslash before u"):
        run(store, QUERIES["prospects"], {"status": "\\u0022 }"})


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("who-met-whom", {"acter": "x"}, "has no parameter 'acter': it has actor, with, place, from, to"),
        ("what-an-actor-did", {}, "needs actor, for example --param 'actor=Taliban'"),
        ("who-met-whom", {"actor": "Talban"}, "nothing in the store is called 'Talban': did you mean Taliban"),
        ("who-met-whom", {"actor": "Ghani"}, "did you mean Abdul Ghani Baradar"),
        ("who-met-whom", {"from": "March"}, "from: 'March' is not a date"),
        ("what-happened", {"type": "attak"}, "nothing in the store is called 'attak'"),
    ],
)
def test_faults_of_the_user(store: Store, name: str, values: dict[str, str], message: str) -> None:
    with pytest.raises(KgError, match=re.escape(message)):
        run(store, QUERIES[name], values)


def test_an_iri_may_stand_for_a_name(store: Store) -> None:
    (iri,) = Names.of_things(store).find("Baradar")
    found = rows(store, "who-met-whom", actor="Baradar")
    assert len(found) == 1
    assert rows(store, "who-met-whom", actor=iri) == found
    assert rows(store, "who-met-whom", actor=f"<{iri}>") == found


def test_an_unknown_query_suggests() -> None:
    with pytest.raises(
        KgError, match="no saved query 'who-signed': did you mean who-signed-most or who-signed-what-when"
    ):
        saved_query("who-signed")
    with pytest.raises(KgError, match="`kg query` lists them"):
        saved_query("../ontology/zzz")


def test_a_header_of_ones_own(store: Store) -> None:
    text = "#+ title: Mine\n#+ params:\n#+   n: {type: integer, default: 2}\nSELECT ?n { VALUES ?n { UNDEF } }"
    query = parse_query(text, name="mine", source="mine.rq")
    for values, expected in [({}, "2"), ({"n": "3"}, "3")]:
        (row,) = run(store, query, values)  # type: ignore[union-attr]
        assert row["n"].value == expected  # type: ignore[index]
    with pytest.raises(KgError, match="n: 'many' is not a whole number"):
        run(store, query, {"n": "many"})


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("#+ a: [", "is not YAML"),
        ("#+ - a", "must name title"),
        ("#+ params: {x: {type: y}}", "parameter x needs a type"),
    ],
)
def test_a_faulty_header_names_its_file(header: str, message: str) -> None:
    with pytest.raises(KgError, match=rf"^mine\.rq: .*{message}"):
        parse_query(f"{header}\nASK {{}}", name="mine", source="mine.rq")


def test_known_prefixes_need_no_declaration() -> None:
    assert with_prefixes("ASK { ?x a cd:Event }").startswith("PREFIX cd: <")
    assert with_prefixes("prefix cd: <urn:x>\nASK { ?x a cd:Event }").startswith("prefix cd:")


def test_a_place_lies_in_others(store: Store) -> None:
    cd = "https://w3id.org/conflict-diplomacy/"
    with open_store(None) as other:
        other.add(store.dump())
        (doha,) = Names.of_things(store).find("Doha")
        strike = f"<{cd}event/strike> <{cd}ontology#happenedIn> <{doha}>"
        other.update(f"INSERT DATA {{ GRAPH <{cd}graph/inferred> {{ {strike} }} }}")
        assert len(rows(other, "who-attacked-whom", place="Doha")) == 1


def test_the_answer_is_the_same_from_a_store_filled_in_another_order(store: Store) -> None:
    with open_store(None) as other:
        for quad in reversed(list(store.dump())):
            other.add([quad])
        for query in SELECTS.values():
            needed = {
                p.name: "doha-talks" if p.type == "document" else "Taliban" for p in query.parameters if p.required
            }
            assert rows(store, query.name, **needed) == rows(other, query.name, **needed)


def test_queries_of_ones_own_stand_beside_the_packaged_ones(tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("#+ tags: [a, b]\nASK {}")
    (tmp_path / "claims.rq").write_text("#+ title: Other claims\nASK {}")
    found = {query.name: query for query in saved_queries(tmp_path)}
    assert found.keys() == QUERIES.keys() | {"mine"}
    assert found["mine"].tags == ("a", "b")
    assert found["claims"].title == saved_query("claims", tmp_path).title == "Other claims"
    assert saved_query("documents", tmp_path) == QUERIES["documents"]
    with pytest.raises(KgError, match="no such folder"):
        saved_queries(tmp_path / "none")


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_as_shacl_it_is_the_same_query(query: SavedQuery, store: Store) -> None:
    sh = "http://www.w3.org/ns/shacl#"
    graph = Graph().parse(data=executables([query]), format="turtle")
    (node,) = graph.subjects(RDF.type, URIRef(f"{sh}SPARQLExecutable"))
    text = graph.value(node, URIRef(f"{sh}{form(query).lower()}"))
    assert str(store.query(str(text))) == str(store.query(query.sparql))
    parameters = {str(graph.value(p, URIRef(f"{sh}name"))) for p in graph.objects(node, URIRef(f"{sh}parameter"))}
    assert parameters == {parameter.name for parameter in query.parameters if parameter.type not in PAGING}


def test_the_documentation_lists_every_query() -> None:
    page = (Path(__file__).parents[2] / "docs" / "queries.md").read_text(encoding="utf-8")
    _, _, rest = page.partition("<!-- kg query --format markdown -->\n\n")
    assert rest.partition("\n<!-- end of the saved queries -->")[0] == listing(saved_queries()), (
        "copy the output of `kg query --format markdown` to docs/queries.md"
    )


def test_a_day_of_which_many_documents_tell_multiplies_nothing(store: Store) -> None:
    """Oxigraph's union of graphs finds a statement once in each graph that holds it."""
    days = [q for q in store.dump() if q.subject.value.startswith("https://w3id.org/conflict-diplomacy/time/")]  # type: ignore[union-attr]
    with open_store(None) as other:
        other.add(store.dump())
        for number in range(300):
            graph = NamedNode(f"urn:copy:{number}")
            other.add(Quad(day.subject, day.predicate, day.object, graph) for day in days)
        for query in SELECTS.values():
            needed = {
                p.name: "doha-talks" if p.type == "document" else "Taliban" for p in query.parameters if p.required
            }
            assert rows(store, query.name, **needed) == rows(other, query.name, **needed)


@pytest.mark.parametrize(("actor", "expected"), [("taliban", {("Taliban", "United States")}), ("usa", set())])
def test_who_did_it_may_differ(actor: str, expected: set[tuple[str, str]]) -> None:
    with open_store(None) as other:
        fill(other, with_actor(extractions(), REPORTS["strike-2"], actor))
        found = rows(other, "where-sources-disagree", about="actor")
        assert {tuple(sorted((row["one"], row["two"]))) for row in found} == expected
