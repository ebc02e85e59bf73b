"""Finding entries by words, meaning, phrases and tags; what is heavy is loaded when first asked."""

from closeloop.playbooks.retrieval.finding import Found, Question, Why, find
from closeloop.playbooks.retrieval.loading import encoder, index_of
from closeloop.playbooks.retrieval.texts import Text

__all__ = ["Found", "Question", "Text", "Why", "encoder", "find", "index_of"]
