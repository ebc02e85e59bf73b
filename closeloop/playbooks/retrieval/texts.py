"""An entry as finding sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Text:
    """What an entry says, as far as it is looked up by that; vectors as packed 16-bit numbers."""

    entry_id: int
    title: str
    body: str
    english: str = ""
    tags: Mapping[str, Sequence[str]] = field(default_factory=dict)
    labels: str = ""
    phrases: Sequence[str] = ()
    vectors: Sequence[bytes] = ()
