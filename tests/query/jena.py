"""Apache Jena, the engine of Fuseki, as a filter: python jena.py DATA.nq < QUERIES > ANSWERS

A line of input is the text of a query, in JSON; a line of output its rows, each a list of the lexical forms of its
terms, or `{"error": ...}`. Queries are read as SPARQL 1.1 without Jena's extensions, and ask the union of the graphs.
It is a program of its own, as a Java machine takes signals that a debugger of Python takes too.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

import jpype

JARS = Path("/usr/share/java")  # of Debian's libapache-jena-java
NEEDED = (
    *("jena-arq", "jena-core", "jena-base", "jena-iri", "guava"),
    *("slf4j-api", "slf4j-nop", "commons-lang3", "commons-io", "commons-codec", "commons-compress", "commons-csv"),
    *("dexx.collection", "gson", "thrift", "protobuf"),
    *("titanium-json-ld", "jsonld-java", "jackson-core", "jackson-databind", "jackson-annotations"),
)


def dataset(data: str) -> Any:
    """The quads, with the union of the graphs as default graph."""
    jena = jpype.JPackage("org.apache.jena")
    graphs = jena.query.DatasetFactory.create()
    jena.riot.RDFDataMgr.read(graphs, data)
    union = jena.rdf.model.ModelFactory.createDefaultModel().add(graphs.getUnionModel())
    return graphs.setDefaultModel(union)


def answer(graphs: Any, text: str) -> Any:
    """The rows of a SELECT, the statements of a CONSTRUCT."""
    jena = jpype.JPackage("org.apache.jena")
    try:
        query = jena.query.QueryFactory.create(text, jena.query.Syntax.syntaxSPARQL_11)
        with jena.query.QueryExecutionFactory.create(query, graphs) as execution:
            execution.setTimeout(60_000)
            if query.isConstructType():
                model = execution.execConstruct().listStatements().toList()
                return [[written(s.getSubject()), written(s.getPredicate()), written(s.getObject())] for s in model]
            found = execution.execSelect()
            names = list(found.getResultVars())
            return [[written(row.get(name)) for name in names] for row in iter_rows(found)]
    except jpype.JException as error:
        return {"error": str(error)}


def iter_rows(found: Any) -> Any:
    while found.hasNext():
        yield found.next()


def written(node: Any) -> str:
    """The IRI or the text of a term; what is unbound is an empty text."""
    if node is None:
        return ""
    return str(node.asLiteral().getLexicalForm() if node.isLiteral() else node.toString())


def messages(folder: str) -> str:
    """A folder with Jena's messages where its code looks for them: Debian's package has them elsewhere."""
    place = "org/apache/jena/ext/"
    with ZipFile(JARS / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(place) and name.endswith(".properties"):
                path = Path(folder) / name.removeprefix(place)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(jar.read(name))
    return folder


def main() -> None:
    """Read and answer."""
    with TemporaryDirectory() as folder:
        places = [messages(folder), *(str(JARS / f"{name}.jar") for name in NEEDED)]
        jpype.startJVM("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", classpath=places)
        graphs = dataset(sys.argv[1])
        for line in sys.stdin:
            print(json.dumps(answer(graphs, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
