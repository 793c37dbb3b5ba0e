"""How a question in English becomes one SPARQL query: a question is an event with a hole.

`wording` undoes the question's grammar into a statement with holes, `reading` reads that statement as a sentence of a
document is read, `sparql` writes the query, `answering` tells what its solutions say. Questions about the sources
themselves are saved queries (`rules`).
"""
