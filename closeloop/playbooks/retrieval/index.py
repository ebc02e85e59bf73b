"""The library in memory: n-grams with BM25 weights, vectors in one matrix."""

import logging
from collections.abc import Sequence

import bm25s
import numpy as np
from numpy.typing import NDArray

from closeloop.engine.playbooks import grams
from closeloop.playbooks.retrieval.texts import Text

Scores = NDArray[np.float32]
TITLE_COUNTS = 2
"""A title's words weigh as if they stood there so often."""
logging.getLogger("bm25s").setLevel(logging.WARNING)


class Index:
    """Scores of every entry for a question, by its place among the texts."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self._count = len(texts)
        self._words = _bm25(texts)
        rows = [(place, each) for place, text in enumerate(texts) for each in text.vectors]
        self._owners = np.array([place for place, _ in rows], dtype=np.int64)
        packed = b"".join(each for _, each in rows)
        shape = (len(rows), len(packed) // 2 // max(len(rows), 1))
        self._vectors = np.frombuffer(packed, dtype=np.float16).reshape(shape).astype(np.float32)

    @property
    def has_vectors(self) -> bool:
        """Whether anything can be found by meaning; else nobody needs the model."""
        return len(self._owners) > 0

    def by_words(self, question: str) -> Scores:
        """BM25 over characters, pairs and words."""
        if self._words is None:
            return np.zeros(self._count, dtype=np.float32)
        known = self._words.vocab_dict
        asked = [gram for gram in grams(question) if gram in known]
        if not asked:
            return np.zeros(self._count, dtype=np.float32)
        scores: Scores = self._words.get_scores(asked)
        return scores

    def by_meaning(self, packed: bytes) -> Scores:
        """The cosine with the nearest passage of each entry; -1 where it has no vectors."""
        scores: Scores = np.full(self._count, -1, dtype=np.float32)
        if len(self._owners):
            asked = np.frombuffer(packed, dtype=np.float16).astype(np.float32)
            np.maximum.at(scores, self._owners, self._vectors @ asked)
        return scores

    @staticmethod
    def best(scores: Scores, *, at_most: int, above: float) -> list[int]:
        """The places with the highest scores, best first."""
        some = min(at_most, len(scores))
        if not some:
            return []
        chosen = np.argpartition(-scores, some - 1)[:some]
        ordered = chosen[np.lexsort((chosen, -scores[chosen]))]
        return [int(place) for place in ordered if scores[place] > above]


def _bm25(texts: Sequence[Text]) -> bm25s.BM25 | None:
    corpus = [
        grams(f"{text.title}\n" * TITLE_COUNTS + f"{text.body}\n{text.labels}\n{text.english}")
        for text in texts
    ]
    if not any(corpus):
        return None
    made = bm25s.BM25()
    made.index(corpus, show_progress=False)
    return made
