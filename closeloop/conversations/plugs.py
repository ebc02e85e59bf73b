"""What conversations are told of the apps beside them (`config.talk_plugs`)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass


@dataclass
class Plugs:
    """`people_at`: who has an id at a provider (wecom, dingtalk), by that id."""

    people_at: Callable[[str, Collection[str]], Mapping[str, int]] = lambda _key, _ids: {}


plugs = Plugs()
