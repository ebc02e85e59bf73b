"""What any provider of the registry tells."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Company:
    """A company: its numbers in canonical form, and people with theirs where they are told."""

    name: str
    credit_code: str = ""
    numbers: tuple[str, ...] = ()
    people: tuple[tuple[str, str], ...] = ()


class Registry(Protocol):
    """One provider."""

    def company(self, keyword: str) -> Company | None:
        """The company of a name or unified social credit code; None where there is none.

        Raises TryLater and GiveUp.
        """
