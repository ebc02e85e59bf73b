"""Bringing numpy and the model into a process only once somebody looks something up."""

import importlib
from collections.abc import Sequence
from typing import Any

from closeloop.playbooks.retrieval.texts import Text

_INDEX = "closeloop.playbooks.retrieval.index"
_MEANING = "closeloop.playbooks.retrieval.meaning"


def index_of(texts: Sequence[Text]) -> Any:
    """An Index over texts."""
    return importlib.import_module(_INDEX).Index(texts)


def encoder() -> Any:
    """The module that encodes texts (`encode`, `MODEL`)."""
    return importlib.import_module(_MEANING)
