"""A page of the product and how to come there, with what a hand does on it."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.stories.words import word

Step = Callable[[Page, str], None]


@dataclass(frozen=True)
class Scene:
    """A page, and what is opened on it."""

    path: str
    steps: tuple[Step, ...] = ()
    awaited: str = "main"
    """The role of what is looked at."""


def press(key: str, *, role: str = "button") -> Step:
    """Press what carries this text of the screens."""
    return lambda page, language: page.get_by_role(role, name=word(language, key)).first.click()  # type: ignore[arg-type]


def keys(combination: str) -> Step:
    """Press keys."""
    return lambda page, _language: page.keyboard.press(combination)
