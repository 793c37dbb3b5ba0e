"""Time expressions: found in the text, and given a TIMEX3 value and the calendar time that they cover.

`read` takes a text and the day it was published; the spaCy component `time_expressions` does the same in the pipeline.
"""

from .finder import Expression, find, read

__all__ = ["Expression", "find", "read"]
