"""The one door to the language model: `ask` gives an answer or None."""

from closeloop.language.actions import Answer, ask

__all__ = ["Answer", "ask"]
