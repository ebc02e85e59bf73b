"""Every write of the language model: its setup, and each question with what it cost."""

from closeloop.language.actions.asking import Answer, ask
from closeloop.language.actions.settling import change_setup

__all__ = ["Answer", "ask", "change_setup"]
