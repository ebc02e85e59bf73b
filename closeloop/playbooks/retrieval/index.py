"""The library in memory: n-grams with BM25 weights, vectors in one matrix, who says the same."""

import logging
import math
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import bm25s
import numpy as np
from numpy.typing import NDArray

from closeloop.engine.playbooks import grams
from closeloop.playbooks.retrieval.texts import Text

Scores = NDArray[np.float32]
TITLE_COUNTS = 2
"""A title's words weigh as if they stood there so often."""
COMMON_DIRECTIONS, ENOUGH_VECTORS = 5, 200
"""What all passages of a library share (its trade, its products) tells none from another, so the
mean and so many main directions are taken out of every vector (Mu and Viswanath, ICLR 2018)."""
UNKNOWN = -100.0
logging.getLogger("bm25s").setLevel(logging.WARNING)


class Index:
    """Scores of every entry for a question, by its place among the texts."""

    UNKNOWN = UNKNOWN

    def __init__(self, texts: Sequence[Text]) -> None:
        self._count = len(texts)
        self._grams = [_grams_of(text) for text in texts]
        self._words = _bm25(self._grams)
        rows = [(place, each) for place, text in enumerate(texts) for each in text.vectors]
        self._owners = np.array([place for place, _ in rows], dtype=np.int64)
        self._wholes = np.flatnonzero(np.diff(self._owners, prepend=-1))
        packed = b"".join(each for _, each in rows)
        shape = (len(rows), len(packed) // 2 // max(len(rows), 1))
        vectors = np.frombuffer(packed, dtype=np.float16).reshape(shape).astype(np.float32)
        self._mean, self._common = _common(vectors)
        self._vectors = self._told_apart(vectors)

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
        """Nearness to an entry as a whole (its first vector) and to its nearest passage, each in
        standard deviations over the library; far below all others where it has no vectors."""
        scores: Scores = np.full(self._count, UNKNOWN, dtype=np.float32)
        if len(self._owners):
            asked = np.frombuffer(packed, dtype=np.float16).astype(np.float32)
            near = self._vectors @ self._told_apart(asked[None, :])[0]
            np.maximum.at(scores, self._owners, near)
            known = self._owners[self._wholes]
            scores[known] = _standing(scores[known]) + _standing(near[self._wholes])
        return scores

    def likeness(self, place: int, others: Sequence[int]) -> list[float]:
        """How alike the wording of one entry and others is, from 0 to 1 (cosine of tf-idf)."""
        numbers, weights = self._weighed[place]
        spread = np.zeros(len(self._vocabulary), dtype=np.float32)
        spread[numbers] = weights
        return [float(spread[self._weighed[each][0]] @ self._weighed[each][1]) for each in others]

    @staticmethod
    def best(scores: Scores, *, at_most: int, above: float) -> list[int]:
        """The places with the highest scores, best first."""
        some = min(at_most, len(scores))
        if not some:
            return []
        chosen = np.argpartition(-scores, some - 1)[:some]
        ordered = chosen[np.lexsort((chosen, -scores[chosen]))]
        return [int(place) for place in ordered if scores[place] > above]

    @cached_property
    def _vocabulary(self) -> dict[str, int]:
        seen = dict.fromkeys(gram for some in self._grams for gram in some)
        return {gram: number for number, gram in enumerate(seen)}

    @cached_property
    def _weighed(self) -> list[tuple[NDArray[np.int64], Scores]]:
        spread = Counter(gram for some in self._grams for gram in set(some))
        return [self._weigh(some, spread) for some in self._grams]

    def _weigh(self, some: Sequence[str], spread: Counter[str]) -> tuple[NDArray[np.int64], Scores]:
        counted = Counter(some)
        numbers = np.array([self._vocabulary[gram] for gram in counted], dtype=np.int64)
        weights = np.array(
            [
                (1 + math.log(count)) * math.log(self._count / spread[gram])
                for gram, count in counted.items()
            ],
            dtype=np.float32,
        )
        length = float(np.linalg.norm(weights))
        return numbers, weights / length if length else weights

    def _told_apart(self, vectors: Scores) -> Scores:
        if self._common is None or not len(vectors):
            return vectors
        rest = vectors - self._mean
        rest = rest - (rest @ self._common.T) @ self._common
        told: Scores = rest / np.maximum(np.linalg.norm(rest, axis=1, keepdims=True), 1e-6)
        return told


def _standing(scores: Scores) -> Scores:
    spread = float(scores.std()) or 1.0
    standing: Scores = (scores - scores.mean()) / spread
    return standing


def _grams_of(text: Text) -> list[str]:
    return grams(f"{text.title}\n" * TITLE_COUNTS + f"{text.body}\n{text.labels}\n{text.english}")


def _bm25(corpus: Sequence[list[str]]) -> bm25s.BM25 | None:
    if not any(corpus):
        return None
    made = bm25s.BM25()
    made.index(corpus, show_progress=False)
    return made


def _common(vectors: Scores) -> tuple[Scores, Scores | None]:
    """The mean and the main directions of all vectors; too few of them have none."""
    if len(vectors) < ENOUGH_VECTORS:
        return np.zeros(0, dtype=np.float32), None
    mean: Scores = vectors.mean(axis=0)
    centred = vectors - mean
    _, directions = np.linalg.eigh(centred.T @ centred)
    main: Scores = np.ascontiguousarray(directions[:, -COMMON_DIRECTIONS:].T)
    return mean, main
