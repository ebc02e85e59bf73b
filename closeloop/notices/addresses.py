"""Where people are reached; apps above bring what they know (accounts at WeCom and the like)."""

from collections.abc import Callable, Collection, Mapping

from closeloop.identity.models import User

Resolve = Callable[[Collection[int]], Mapping[int, str]]


class Addresses:
    """Addresses by channel: mail and phone stand with the person, the rest is plugged in."""

    def __init__(self) -> None:
        self._resolvers: dict[str, Resolve] = {}

    def register(self, channel: str, resolve: Resolve) -> None:
        """Bring the addresses of a channel (from wiring): person ids -> address by person."""
        self._resolvers[channel] = resolve

    def of(self, people: Collection[User], channels: Collection[str]) -> dict[int, dict[str, str]]:
        """Every person's addresses on these channels, by person and channel."""
        found: dict[int, dict[str, str]] = {
            person.pk: {"in_app": str(person.pk), "mail": person.email, "sms": person.phone}
            for person in people
        }
        for channel in sorted(set(channels) & set(self._resolvers)):
            for person_id, address in self._resolvers[channel](list(found)).items():
                found[person_id][channel] = address
        return found


addresses = Addresses()
