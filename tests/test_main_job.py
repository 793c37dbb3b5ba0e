"""The main job on the seeds: everything is read, every word has its place, and the same input gives the same bytes."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import graph
from kg.export import event_records, signing_records
from kg.graph import described, document_quads, to_turtle
from kg.graph.terms import document as node_of
from kg.model import Mention
from kg.pipeline import Summary, analyse, build, remove
from kg.query import SavedQuery, run, saved_queries, saved_query
from kg.store import Solutions, Store, open_store
from kg.store.formats import read_quads
from kg.validation import validate

from .conftest import SEEDS, Built, built, shell


def dumped(store: Store) -> list[str]:
    return [str(quad) for quad in store.dump()]


def turtle(store: Store) -> str:
    return to_turtle(described(store.dump()))


# --- what was read -------------------------------------------------------------------------------------------------


def test_all_seeds_are_read(seeds: Built) -> None:
    assert len(seeds.paths) >= 12
    assert seeds.summary.documents == len(seeds.paths)
    assert seeds.summary.problems == []


def test_the_summary_counts_what_is_there(seeds: Built) -> None:
    summary, texts = seeds.summary, [path.read_text(encoding="utf-8") for path in seeds.paths]
    assert summary.words == sum(len(text.split()) for text in texts)
    assert summary.reports == len(list(event_records(seeds.store)))
    assert summary.events > len(seeds.paths)
    assert summary.agreements >= 10
    assert summary.entities > summary.agreements
    assert summary.inferred > 0


def test_a_build_tells_how_far_it_is(few: Built) -> None:
    heard: list[tuple[str, int, int]] = []
    build(few.paths[:1], open_store(None), workers=1, on_progress=lambda *step: heard.append(step))
    assert heard == [("documents", 0, 1), ("documents", 1, 1), *(("world", done, 3) for done in range(4))]


@pytest.mark.parametrize(
    ("document", "date", "parties", "place"),
    [
        ("2020-03-05-drone-strike-doha-accord", "2020-02-29", {"Taliban", "United States"}, "Doha"),
        ("2020-03-04-us-strikes-taliban-helmand", "2020-02-29", {"Taliban", "United States"}, "Doha"),
        (
            "2022-11-02-ethiopia-tplf-pretoria",
            "2022-11-02",
            {"Ethiopia", "Tigray People's Liberation Front"},
            "Pretoria",
        ),
        ("2010-04-08-prague-new-start", "2010-04-08", {"United States", "Russia"}, "Prague"),
    ],
)
def test_who_signed_what_when(seeds: Built, document: str, date: str, parties: set[str], place: str) -> None:
    answer = run(seeds.store, saved_query("who-signed-what-when"))
    assert isinstance(answer, Solutions)
    rows = [
        {name: row[name].value if row[name] is not None else "" for name in answer.variables}
        for row in answer
        if row["document"].value.endswith(document)
    ]
    assert any(
        row["date"] == date
        and row["place"] == place
        and all(party in row["signatories"].replace(" (for ", "; ").replace(")", "").split("; ") for party in parties)
        for row in rows
    ), rows


@pytest.mark.parametrize("query", saved_queries(), ids=lambda query: query.name)
def test_every_saved_query_has_an_answer(seeds: Built, query: SavedQuery) -> None:
    given = {p.name: seeds.paths[0].stem for p in query.parameters if p.required and p.type == "document"}
    given |= {p.name: "Taliban" for p in query.parameters if p.required and p.type == "actor"}
    answer = run(seeds.store, query, given)
    assert isinstance(answer, Solutions | list)  # a CONSTRUCT gives triples
    assert len(answer) > 0


# --- evidence ------------------------------------------------------------------------------------------------------


def mentions(store: Store) -> Iterator[tuple[str, Mention]]:
    for extraction in graph.read_extractions(store):
        for entity in extraction.entities:
            yield from ((extraction.document.name, mention) for mention in entity.mentions)
        for report in extraction.reports:
            told = [argument.mention for argument in report.arguments]
            told += [report.attribution.mention] if report.attribution else []
            for mention in (report.evidence.sentence, report.evidence.trigger, *told):
                yield extraction.document.name, mention


def test_every_quote_stands_in_its_text(seeds: Built) -> None:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in seeds.paths}
    quoted = list(mentions(seeds.store))
    assert len(quoted) > 2000
    assert [(n, m) for n, m in quoted if not m.text or texts[n][m.start : m.end] != m.text] == []


def test_every_trigger_and_quantity_stands_in_its_sentence(seeds: Built) -> None:
    for extraction in graph.read_extractions(seeds.store):
        for report in extraction.reports:
            sentence, trigger = report.evidence.sentence, report.evidence.trigger
            assert sentence.start <= trigger.start < trigger.end <= sentence.end
            for quantity in report.quantities:
                assert quantity.text in sentence.text


def test_every_quote_in_the_graph_stands_in_its_text(seeds: Built) -> None:
    """As a program reads it from the graph: text quote and text position selectors."""
    answer = seeds.store.query(
        """PREFIX oa: <http://www.w3.org/ns/oa#>
           SELECT ?document ?exact ?start ?end WHERE {
             GRAPH ?document { ?selector oa:exact ?exact ; oa:start ?start ; oa:end ?end } }"""
    )
    assert isinstance(answer, Solutions)
    assert len(answer) > 1000
    texts = {path.stem: path.read_text(encoding="utf-8") for path in seeds.paths}
    for row in answer:
        text = texts[row["document"].value.rsplit("/", 1)[1]]
        assert text[int(row["start"].value) : int(row["end"].value)] == row["exact"].value


def test_every_event_has_a_report(seeds: Built) -> None:
    assert not seeds.store.query(
        """PREFIX cd: <https://w3id.org/conflict-diplomacy/ontology#>
           ASK { ?event cd:status ?status FILTER NOT EXISTS { ?event cd:toldBy/cd:evidence ?evidence } }"""
    )


def test_the_shapes_find_nothing(seeds: Built) -> None:
    assert validate(seeds.store) == []


# --- the same bytes ------------------------------------------------------------------------------------------------


def test_two_builds_give_the_same_turtle(few: Built) -> None:
    assert turtle(built(few.paths).store) == turtle(few.store)


def test_the_order_of_the_input_does_not_matter(few: Built) -> None:
    shuffled = list(few.paths)
    random.Random(3).shuffle(shuffled)
    assert shuffled != few.paths
    assert turtle(built(shuffled).store) == turtle(few.store)


def test_nor_does_the_number_of_processes(few: Built) -> None:
    assert turtle(built(few.paths, workers=2).store) == turtle(few.store)


def test_nor_do_the_process_and_its_hashes(few: Built, tmp_path: Path) -> None:
    """The file that the command line writes, in a process with another order of its sets."""
    for path in few.paths:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    done = shell(tmp_path, "build", tmp_path, "--turtle", "all.ttl", PYTHONHASHSEED="7")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "all.ttl").read_text(encoding="utf-8") == turtle(few.store)


def test_nor_does_it_matter_in_how_many_runs_documents_come(few: Built) -> None:
    store = open_store(None)
    build(few.paths[3:], store, workers=1)
    build(few.paths[:3], store, workers=1)
    assert turtle(store) == turtle(few.store)


def test_what_a_document_tells_does_not_depend_on_the_others(seeds: Built, few: Built) -> None:
    for path in few.paths:
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {node_of(path.stem)} {{ ?s ?p ?o }} }}"
        one, other = (seeds.store.query(query), few.store.query(query))
        assert isinstance(one, list)
        assert isinstance(other, list)
        assert sorted(map(str, one)) == sorted(map(str, other))


def test_a_clock_in_the_provenance_is_asked_for(few: Built) -> None:
    assert 'prov:endedAtTime "' not in turtle(few.store)
    assert 'prov:endedAtTime "' in turtle(built(few.paths[:1], clock=True).store)


# --- taking back ---------------------------------------------------------------------------------------------------


def test_building_again_changes_nothing(few: Built, tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        store.add(list(few.store.dump()))
        summary = build(few.paths, store, workers=1)
        assert dumped(store) == dumped(few.store)
    assert _counts(summary) == _counts(few.summary)


def _counts(summary: Summary) -> tuple[int, ...]:
    return summary.documents, summary.reports, summary.events, summary.entities, summary.agreements, summary.inferred


@pytest.mark.parametrize("which", [0, 3])
def test_a_document_removed_takes_back_what_it_gave(few: Built, which: int) -> None:
    rest = [path for path in few.paths if path != few.paths[which]]
    store = open_store(None)
    store.add(list(few.store.dump()))
    remove(store, [few.paths[which].stem])
    assert dumped(store) == dumped(built(rest).store)


def test_a_document_that_comes_again_changed_is_replaced(few: Built, tmp_path: Path) -> None:
    changed = tmp_path / few.paths[0].name
    changed.write_text("March 4, 2020\n\nFrance and Germany signed a treaty in Paris on Tuesday.\n", encoding="utf-8")
    store = open_store(None)
    store.add(list(few.store.dump()))
    build([changed], store, workers=1)
    assert dumped(store) == dumped(built([changed, *few.paths[1:]]).store)


# --- what is exported ----------------------------------------------------------------------------------------------

FIELDS = {"document", "sentence", "trigger", "type", "mode", "actor", "recipient", "object", "place", "date"}
FIELDS |= {"modality", "attribution"}


def _is_entity(value: object) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value["name"], str)
        and isinstance(value["text"], str)
        and value["name"] in value["names"]
    )


def test_event_records_are_as_the_scorer_reads_them(seeds: Built) -> None:
    records = [json.loads(json.dumps(record)) for record in event_records(seeds.store)]
    stems = {path.stem for path in seeds.paths}
    for record in records:
        assert record.keys() >= FIELDS
        assert record["document"] in stems
        assert record["trigger"] in record["sentence"]
        assert record["modality"] in ("asserted", "negated", "future", "hypothetical")
        assert record["attribution"] is None or _is_entity(record["attribution"])
        for role in ("actor", "recipient", "object", "place"):
            assert all(map(_is_entity, record[role]))
        assert record["date"] is None or all(len(day) in (4, 7, 10) for day in record["date"].split("/"))
    assert {record["document"] for record in records} == stems


def test_signing_records_are_as_the_scorer_reads_them(seeds: Built) -> None:
    records = [json.loads(json.dumps(record)) for record in signing_records(seeds.store)]
    assert len(records) >= 12
    for record in records:
        assert record.keys() >= {"document", "agreement", "signatories", "date", "place"}
        assert _is_entity(record["agreement"])
        assert record["signatories"]
        assert all(map(_is_entity, [*record["signatories"], *record["place"]]))
    assert len({(r["document"], *r["agreement"]["names"]) for r in records}) == len(records)


def test_what_is_exported_as_trig_loads_again(few: Built, tmp_path: Path) -> None:
    file = tmp_path / "all.trig"
    file.write_text(graph.to_trig(few.store.dump()), encoding="utf-8")
    with open_store(tmp_path / "store") as copy:
        copy.add(read_quads(file, graph="urn:none"))
        assert dumped(copy) == dumped(few.store)
        assert list(event_records(copy)) == list(event_records(few.store))


def test_the_turtle_is_readable(few: Built) -> None:
    text = turtle(few.store)
    prefixes, _, body = text.partition("\n\n")
    assert all(line.startswith("@prefix ") for line in prefixes.splitlines())
    assert "cd:Signing" in body
    assert "\n\nevent:2020-02-29-sign" in text
    subjects = [block.split(maxsplit=1)[0] for block in body.split("\n\n") if block.strip()]
    assert len(subjects) == len(set(subjects))


def test_a_graph_is_what_its_extraction_gives(few: Built) -> None:
    """The document graph says all that was extracted, and nothing else."""
    from kg.documents import read

    (document,) = read(few.paths[0])
    extraction = analyse(document)
    (again,) = graph.read_extractions(few.store, [document.name])
    assert again == graph.canonical(extraction)
    provenance = graph.Provenance("x", "y", "z")
    assert {quad.graph_name for quad in document_quads(extraction, provenance=provenance)} == {node_of(document.name)}


def test_the_seeds_name_their_origins() -> None:
    sources = (SEEDS / "SOURCES.md").read_text(encoding="utf-8")
    assert [path.name for path in SEEDS.glob("*.txt") if f"`{path.name}`" not in sources] == []
