"""Records to RDF and back: the graph of each document, the world graph, and the ontology that both are written in."""

from __future__ import annotations

from kg.graph.corrections import CORRECTIONS, correction_quads, corrections_of, read_corrections
from kg.graph.description import described
from kg.graph.extractions import at_least, canonical, document_quads, read_extractions
from kg.graph.lists import OWN_LIST, list_of, own_list, own_list_quads
from kg.graph.ontology import ontology, ontology_quads
from kg.graph.pending import PENDING, is_pending, pending_quads
from kg.graph.provenance import Provenance
from kg.graph.support import Support, present, recounted
from kg.graph.turtle import to_trig, to_turtle
from kg.graph.world import changed_quads, thing_node, world_quads

__all__ = [
    "CORRECTIONS",
    "OWN_LIST",
    "PENDING",
    "Provenance",
    "Support",
    "at_least",
    "canonical",
    "changed_quads",
    "correction_quads",
    "corrections_of",
    "described",
    "document_quads",
    "is_pending",
    "list_of",
    "ontology",
    "ontology_quads",
    "own_list",
    "own_list_quads",
    "pending_quads",
    "present",
    "read_corrections",
    "read_extractions",
    "recounted",
    "thing_node",
    "to_trig",
    "to_turtle",
    "world_quads",
]
