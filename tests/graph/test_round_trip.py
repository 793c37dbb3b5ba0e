"""What is written to a document's graph comes back from it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad

from kg.errors import KgError
from kg.graph import Provenance, canonical, document_quads, ontology, read_extractions
from kg.graph.terms import ONTOLOGY, PREFIXES, PROV
from kg.model import (
    Argument,
    Commitment,
    Document,
    Entity,
    Evidence,
    Extraction,
    Involvement,
    Mention,
    Modality,
    Quantity,
    Report,
    SigningRecord,
    Standing,
    Time,
)
from kg.store import open_store

from .doha import EXTRACTION, PROVENANCE, WORLD, at, report

NAMES = ("2020-02-29-doha", "a b/c#d%20", "Île-de-France «x»", "signing-1", "..x", "日本")
KEYS = ("us", "signing-1", "extraction", ":extraction", "us:m1", "us-m1", "a b", "a/b", "a#b", "é", "100%", "m1", "us.")
TIMES = ("2020", "2020-02", "2020-02-29", "2020-02-28/2020-03", "2019/2020", "1998-04-10/1998-04-10")
TEXT = "The “envoy” said:\n\n\t\"Ünïcode\\ \U0001f54a & <b>\" — two\u2028lines, then $ ^^ @en and 'quotes'."


def random_extraction(seed: int) -> Extraction:
    """Anything that the records allow, hostile names and keys included."""
    r = random.Random(seed)
    name = r.choice(NAMES)

    def mention(low: int = 0, high: int = len(TEXT)) -> Mention:
        start = r.randrange(low, high)
        end = r.randrange(start + 1, high + 1)
        return Mention(start, end, TEXT[start:end])

    def time() -> Time | None:
        return Time(r.choice(TIMES)) if r.random() < 0.7 else None

    keys = r.sample(KEYS, r.randrange(1, len(KEYS)))
    types = ("Person", "State", "ArmedGroup", "Place", "Agreement", "Other")
    entities = tuple(
        Entity(
            key,
            r.choice(types),
            tuple(r.sample(("Ann", "ann", "the “envoy”", "A\\n\n", "É", " x "), r.randrange(1, 6))),
            tuple(mention() for _ in range(r.randrange(4))),
            r.choice((None, "https://w3id.org/conflict-diplomacy/actor/taliban")),
        )
        for key in keys
    )
    roles = ("actor", "recipient", "object", "place")
    reports: dict[str, Report] = {}
    for _ in range(r.randrange(5)):
        sentence = mention()
        type_, mode = r.choice(sorted(ontology().event_classes, key=str))
        made = Report(
            document=name,
            type=type_,
            mode=mode,
            arguments=tuple(
                Argument(r.choice(roles), r.choice(keys), mention()) for _ in range(r.choice((0, 1, 3, 12)))
            ),
            time=time(),
            modality=r.choice(list(Modality)),
            attribution=Argument("attribution", r.choice(keys), mention()) if r.random() < 0.3 else None,
            evidence=Evidence(sentence, mention(sentence.start, sentence.end)),
            quantities=tuple(
                Quantity(
                    r.choice(("killed", "troops")), "at least 5", r.choice((None, 0, 5)), r.choice((None, 5, 10**12))
                )
                for _ in range(r.choice((0, 0, 1, 11)))
            ),
            term_of=r.choice((None, *keys)),
        )
        reports[made.id] = made
    signings = tuple(
        SigningRecord(
            document=name,
            agreement=r.choice(keys),
            signatories=tuple(r.sample(keys, r.randrange(len(keys) + 1))),
            acts_for=tuple((r.choice(keys), r.choice(keys)) for _ in range(r.randrange(3))),
            time=time(),
            places=tuple(r.sample(keys, r.randrange(2))),
            reports=tuple(reports),
        )
        for _ in range(r.choice((0, 1, 2, 11)))
    )
    document = Document(
        name=name,
        text=TEXT,
        published=date(2020, 1, 1),
        title=r.choice((None, 'A "title"\nof two lines')),
        publisher=r.choice((None, "Wire")),
        url=r.choice((None, "https://example.org/ä b?c=<d>")),
    )

    def evidence() -> Evidence:
        sentence = mention()
        return Evidence(sentence, mention(sentence.start, sentence.end))

    commitments = tuple(
        Commitment(
            document=name,
            agreement=r.choice(keys),
            owed_by=tuple(r.sample(keys, r.randrange(len(keys) + 1))),
            owed_to=tuple(r.sample(keys, r.randrange(2))),
            deed=mention(),
            deadline=time(),
            amounts=tuple(
                Quantity("from", "13,000", 13_000, r.choice((None, 13_000))) for _ in range(r.choice((0, 11)))
            ),
            evidence=evidence(),
            report=r.choice((None, *reports)),
        )
        for _ in range(r.choice((0, 1, 11)))
    )
    standings = tuple(
        Standing(
            document=name,
            agreement=r.choice(keys),
            validity=r.choice(("in-force", "broken", "suspended", "expired", "ended")),
            by=tuple(r.sample(keys, r.randrange(len(keys) + 1))),
            time=time(),
            said_by=r.choice((None, *keys)),
            evidence=evidence(),
        )
        for _ in range(r.choice((0, 1, 11)))
    )
    involvements = tuple(
        Involvement(name, r.choice(keys), r.choice(("mediator", "witness", "refuser")), r.choice(keys), evidence())
        for _ in range(r.choice((0, 1, 11)))
    )
    return Extraction(document, entities, tuple(reports.values()), signings, commitments, standings, involvements)


@pytest.mark.parametrize("seed", range(60))
def test_what_is_written_is_read_back(seed: int) -> None:
    extraction = random_extraction(seed)
    with open_store(None) as store:
        store.add(document_quads(extraction, provenance=PROVENANCE))
        assert read_extractions(store) == [canonical(extraction)]


def test_canonical_keeps_everything_but_text_and_order() -> None:
    back = canonical(EXTRACTION)
    assert back.document == replace(EXTRACTION.document, text="")
    assert set(back.entities) == {replace(e, names=(e.name, *sorted(e.names[1:]))) for e in EXTRACTION.entities}
    assert back.entities[0].key == "us"
    assert [r.id for r in back.reports] == [r.id for r in EXTRACTION.reports]
    assert back.signings == EXTRACTION.signings
    assert canonical(back) == back


def test_reads_the_documents_asked_for_in_order_of_name_with_one_query_each() -> None:
    with open_store(None) as store:
        renamed = [
            replace(
                EXTRACTION,
                document=replace(EXTRACTION.document, name=name),
                reports=tuple(replace(r, document=name) for r in EXTRACTION.reports),
                signings=(),
            )
            for name in ("c", "a", "b")
        ]
        for extraction in renamed:
            store.add(document_quads(extraction, provenance=PROVENANCE))
        queries: list[str] = []

        class Counting:
            def query(self, sparql: str, substitutions: object = None) -> object:
                queries.append(sparql)
                return store.query(sparql, substitutions)  # type: ignore[arg-type]

        assert [x.document.name for x in read_extractions(Counting())] == ["a", "b", "c"]
        assert len(queries) == 4
        assert [x.document.name for x in read_extractions(store, ["c", "a", "c"])] == ["a", "c"]
        with pytest.raises(KgError, match="no document is called 'd'"):
            read_extractions(store, ["d"])


def test_the_order_of_entities_and_reports_does_not_show() -> None:
    turned = replace(EXTRACTION, entities=EXTRACTION.entities[::-1], reports=EXTRACTION.reports[::-1])
    quads = document_quads(EXTRACTION, provenance=PROVENANCE)
    assert document_quads(turned, provenance=PROVENANCE) == quads
    assert len(set(quads)) == len(quads)


def test_the_graph_is_the_document_and_has_no_blank_nodes() -> None:
    for quad in document_quads(EXTRACTION, provenance=PROVENANCE):
        assert quad.graph_name == NamedNode("https://w3id.org/conflict-diplomacy/document/2020-02-29-doha")
        assert not any(isinstance(term, BlankNode) for term in quad.triple)


def test_parts_of_a_document_never_share_an_iri_with_an_entity() -> None:
    for seed in range(60):
        quads = document_quads(random_extraction(seed), provenance=PROVENANCE)
        kinds = {
            NamedNode(PREFIXES["cd"] + name)
            for name in ("Entity", "Report", "SigningRecord", "Signature", "Document", "Quantity", "Argument")
        } | {PROV.Activity}
        typed = [q.subject for q in quads if q.predicate.value.endswith("#type") and q.object in kinds]
        assert len(set(typed)) == len(typed)


@pytest.mark.parametrize(
    "change",
    [
        {"evidence": Evidence(at("deal for Washington"), Mention(0, 2, "US"))},  # the trigger is outside its sentence
        {"arguments": (Argument("actor", "us", Mention(0, 2, "UK")),)},  # other words stand there
        {"attribution": Argument("attribution", "us", Mention(5, 5, ""))},  # no words at all
    ],
)
def test_refuses_words_that_do_not_stand_in_the_text(change: dict[str, object]) -> None:
    broken = replace(EXTRACTION.reports[0], **change)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="2020-02-29-doha: "):
        document_quads(replace(EXTRACTION, reports=(broken,)), provenance=PROVENANCE)


def test_refuses_a_mention_that_does_not_stand_in_the_text() -> None:
    entity = Entity("x", "Person", ("X",), (Mention(0, 3, "XYZ"),))
    with pytest.raises(ValueError, match="characters 0-3 read 'US ', not 'XYZ'"):
        document_quads(replace(EXTRACTION, entities=(entity,)), provenance=PROVENANCE)


def test_names_the_remedy_for_what_the_ontology_lacks() -> None:
    unknown = report("DANCE", None, "signed", "The United States and the Taliban signed")
    with pytest.raises(KgError, match="no event class for type 'DANCE'"):
        document_quads(replace(EXTRACTION, reports=(unknown,)), provenance=PROVENANCE)
    with pytest.raises(KgError, match="no class of things is called 'Event'"):
        document_quads(replace(EXTRACTION, entities=(Entity("x", "Event", ("X",), ()),)), provenance=PROVENANCE)


def test_the_time_of_the_run_stands_only_where_asked_for() -> None:
    ended = datetime(2025, 11, 24, 12, 0, tzinfo=UTC)
    timed = Provenance(software="1.0.0", model="en_kg 1.0.0", lexicon="1.0.0", ended=ended)
    plain = set(document_quads(EXTRACTION, provenance=PROVENANCE))
    (extra,) = set(document_quads(EXTRACTION, provenance=timed)) - plain
    assert extra.predicate == PROV.endedAtTime
    assert not any(q.predicate == PROV.endedAtTime for q in plain)
    assert PROVENANCE.ontology == ontology().version


def test_uses_only_terms_that_the_ontology_declares() -> None:
    from kg.graph import ontology_quads, world_quads

    declared = {q.subject for q in ontology_quads() if q.predicate.value.endswith("#type")}
    used: set[NamedNode] = set()
    full = replace(PROVENANCE, ended=datetime(2025, 11, 24, tzinfo=UTC))
    for quad in [*document_quads(EXTRACTION, provenance=full), *world_quads(WORLD, [EXTRACTION])]:
        used.add(quad.predicate)
        if quad.predicate.value.endswith("#type"):
            assert isinstance(quad.object, NamedNode)
            used.add(quad.object)
    for seed in range(30):
        quads: list[Quad] = document_quads(random_extraction(seed), provenance=PROVENANCE)
        used |= {q.predicate for q in quads}
    built_in = (PREFIXES["rdf"], PREFIXES["rdfs"])
    assert {t for t in used if not t.value.startswith(built_in)} <= declared
    assert ONTOLOGY in declared
