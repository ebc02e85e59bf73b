"""What counts as touched, MQL, SQL: the funnel that the pack defines, beside the lead's process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from closeloop.edge import revisions
from closeloop.engine.blueprint import StageKind
from closeloop.fields import queries as fields
from closeloop.leads.channels import norms
from closeloop.leads.channels.norms import Norm
from closeloop.process import blueprints
from closeloop.process.models import Version

Name = Mapping[str, str]
LEAD, DEAL = "lead", "deal"
SETTING = "funnel"
CAME: Name = {"zh-CN": "线索", "en-US": "Leads"}
WON: Name = {"zh-CN": "成交", "en-US": "Won"}
DORMANT_AFTER_DAYS = 14


@dataclass(frozen=True)
class Link:
    """A step of the funnel. `furthest` is the place in the process from which it is reached."""

    key: str
    name: Name
    furthest: int
    grades: tuple[str, ...]
    norm: Norm


@dataclass(frozen=True)
class StagePlace:
    """A stage of the lead's process and how far along it lies."""

    key: str
    kind: StageKind
    place: int


@dataclass(frozen=True)
class Standard:
    """Everything that the figures are computed by."""

    policy: str
    dormant_after_days: int
    links: tuple[Link, ...]
    stages: tuple[StagePlace, ...]
    initial: str
    won_deals: tuple[str, ...]
    open_deals: tuple[str, ...]

    def stages_of(self, *kinds: StageKind) -> list[str]:
        """The lead's stages of these kinds."""
        return [stage.key for stage in self.stages if stage.kind in kinds]


def current() -> Standard:
    """The funnel of the installed pack over the current lead process (and keys of older ones)."""
    items = shipped()
    touched = items.pop("touched", {})
    kept = norms.current(items)
    stages = _stages(LEAD)
    places = {stage.key: stage.place for stage in stages}
    version = blueprints.current_of(LEAD)
    deals = _stages(DEAL)
    return Standard(
        policy=touched.get("policy", ""),
        dormant_after_days=touched.get("dormant_after_days", DORMANT_AFTER_DAYS),
        links=tuple(
            Link(
                key=key,
                name=item["name"],
                furthest=places.get(item.get("stage", ""), len(stages)),
                grades=tuple(item.get("grades", ())),
                norm=kept[key],
            )
            for key, item in items.items()
        ),
        stages=stages,
        initial=version.blueprint.initial if version else "",
        won_deals=_of_kind(deals, StageKind.WON),
        open_deals=_of_kind(deals, StageKind.OPEN),
    )


def shipped() -> dict[str, Mapping[str, Any]]:
    """The links as the installed pack has them, by key."""
    return {item["key"]: item for item in fields.settings().get(SETTING, [])}


def norm_of(link: str) -> Norm:
    """What is normal at a link now."""
    return norms.current(shipped())[link]


def _stages(record_type: str) -> tuple[StagePlace, ...]:
    """The stages of the current version first, then those that only older versions had."""
    published, compiled = revisions.number(blueprints.REVISION), revisions.number(fields.REVISION)
    return _stages_as_of(record_type, published, compiled)


@lru_cache(maxsize=8)
def _stages_as_of(record_type: str, _published: int, _compiled: int) -> tuple[StagePlace, ...]:
    found: dict[str, StagePlace] = {}
    versions = Version.objects.filter(blueprint__record_type=record_type)
    newest_first = versions.order_by("-is_current", "-number").values_list("pk", flat=True)
    for version_id in newest_first:
        for place, stage in enumerate(blueprints.loaded(version_id).stages):
            found.setdefault(stage.key, StagePlace(stage.key, stage.kind, place))
    return tuple(found.values())


def _of_kind(stages: Sequence[StagePlace], kind: StageKind) -> tuple[str, ...]:
    return tuple(stage.key for stage in stages if stage.kind is kind)
