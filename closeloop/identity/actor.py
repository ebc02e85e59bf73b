"""Who acts: the one argument that every action takes."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """How the actor reaches the system."""

    PERSON = "person"
    API_KEY = "api_key"
    IMPORT = "import"
    COMMAND = "command"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """A person, or a program on a person's behalf; `user_id` is None for the system itself."""

    user_id: int | None
    name: str
    kind: ActorKind = ActorKind.PERSON
    locale: str = "zh-CN"

    @property
    def person_id(self) -> int:
        """The id of the person who acts; the system itself has none and cannot do such things."""
        if self.user_id is None:
            raise ValueError("the system is not a person")
        return self.user_id

    def acting_as(self, kind: ActorKind) -> "Actor":
        """The same person by another way in."""
        return Actor(user_id=self.user_id, name=self.name, kind=kind, locale=self.locale)


SYSTEM = Actor(user_id=None, name="system", kind=ActorKind.SYSTEM)
