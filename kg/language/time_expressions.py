"""The component that finds time expressions and resolves them against the publication date.

`doc._.published` (a `datetime.date`, None by default) must be set before the component runs, or it finds nothing.
The spans stand in `doc.spans["timex"]`, in the order of the text and free of overlap. `span.label_` is DATE, TIME,
DURATION or SET, and the extensions are

- `span._.value`: the TIMEX3 value (`2020-02-29`, `2020-W10`, `2020-03-04TMO`, `P9M`, `PRESENT_REF`, `XXXX-WXX-1`);
- `span._.time`: the `kg.model.Time` covered, or None; in "since May" and "from May to July" it is the whole interval;
- `span._.anchored`: whether it counts from an event named in words ("four days after the signing");
- `span._.offset_days`, `span._.offset_months`: the signed distance from that event, None where it is vague.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.language import times

if not Doc.has_extension("published"):
    Doc.set_extension("published", default=None)
for _name, _default in (
    ("value", ""),
    ("time", None),
    ("anchored", False),
    ("offset_days", None),
    ("offset_months", None),
):
    if not Span.has_extension(_name):
        Span.set_extension(_name, default=_default)


@Language.factory("time_expressions")
class TimeExpressions:
    """The pipeline component; after the tagger and the parser, where there are any, it knows more tenses."""

    def __init__(self, nlp: Language, name: str = "time_expressions") -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        spans: list[Span] = []
        for found in times.find(doc, doc._.published) if doc._.published else []:
            reading = found.reading
            span = doc.char_span(found.start, found.end, label=reading.label, alignment_mode="expand")
            if span is None or (spans and span.start < spans[-1].end):
                continue
            span._.value = reading.value
            span._.time = reading.time
            span._.anchored = reading.anchored
            span._.offset_days = reading.offset_days
            span._.offset_months = reading.offset_months
            spans.append(span)
        doc.spans["timex"] = spans
        return doc
