"""Asking for a reading, noting what came of it, setting up speech."""

from closeloop.recognition.actions.asking import ask_again, read_picture, transcribe
from closeloop.recognition.actions.noting import begin, give_up, note
from closeloop.recognition.actions.setting_up import set_up_speech

__all__ = [
    "ask_again",
    "begin",
    "give_up",
    "note",
    "read_picture",
    "set_up_speech",
    "transcribe",
]
