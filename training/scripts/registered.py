"""The code that spaCy's training imports (spacy train --code). The finished model needs none of it."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy
from thinc.backends.numpy_ops import NumpyOps

sys.path.insert(0, str(Path(__file__).parent))  # spaCy imports this file alone
from tokenizer import create_adapt_tokenizer  # noqa: F401 (registers the callback)


def gemm(self, x, y, out=None, trans1=False, trans2=False):
    """Matrix product by numpy: its OpenBLAS is three times as fast here as thinc's own BLIS without AVX-512."""
    return numpy.dot(x.T if trans1 else x, y.T if trans2 else y, out=out)


NumpyOps.gemm = gemm
