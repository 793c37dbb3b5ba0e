"""The graph served over HTTP: SPARQL 1.1 Protocol, read-only Graph Store Protocol, descriptions, and the web page."""
