"""The paths that run now, compiled once per change; published versions are frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import structlog

from closeloop.edge import messages, revisions
from closeloop.edge.revisions import CachedByRevision
from closeloop.engine import nurture
from closeloop.engine.nurture import Compiled, Known
from closeloop.engine.refusals import ConditionInvalid
from closeloop.fields import queries as fields
from closeloop.nurture import models, templates
from closeloop.nurture.plugs import plugs
from closeloop.org.models import Role
from closeloop.org.queries import REVISION as ORG
from closeloop.sla import facts as record_facts

REVISION = "nurture"
LEAD = "lead"
_VERB, _ANY = "verb.", "*"
log = structlog.get_logger("closeloop.nurture")


@dataclass(frozen=True)
class Live:
    """A published version. Only the current one of an active path takes leads in."""

    path_id: int
    version_id: int
    key: str
    number: int
    is_current: bool
    is_active: bool
    definition: Mapping[str, Any]
    record_type: str
    name: Mapping[str, str]

    @property
    def takes_in(self) -> bool:
        """Whether leads begin it."""
        return self.is_current and self.is_active


def all_live() -> Mapping[int, Live]:
    """Every published version that takes leads in or still has some on it, by id."""
    return _live.get()


def taking_in() -> list[Live]:
    """The versions that leads begin by now."""
    return [each for each in _live.get().values() if each.takes_in]


def live(version_id: int) -> Live:
    """A version by id."""
    found = _live.get().get(version_id)
    if found is None:
        found = _one(models.PathVersion.objects.select_related("path").get(pk=version_id))
    return found


def compiled(found: Live) -> Compiled | None:
    """A version ready to be walked; None where it names what has gone since.

    Then its leads stand still until somebody mends the path, rather than every move refused.
    """
    try:
        return _compiled(
            found.version_id,
            _Frozen(found.definition),
            found.record_type,
            revisions.number(fields.REVISION),
            tuple(plugs.stages(found.record_type)),
        )
    except ConditionInvalid as invalid:
        log.warning("nurture_path_unreadable", path=found.key, problem=str(invalid))
        return None


def compiled_draft(definition: Mapping[str, Any]) -> Compiled:
    """A definition ready to be tried; raises PathInvalid."""
    path = nurture.parse_path(definition, known())
    return nurture.compile_path(path, record_facts.catalogue_of(path.record_type))


def known() -> Known:
    """What a path may name."""
    return Known(
        catalogue=record_facts.catalogue_of(LEAD),
        verbs=recorded(),
        templates={key: each.template.channel for key, each in templates.current().items()},
        roles=frozenset(_roles.get()),
    )


def roles() -> Mapping[str, Mapping[str, str]]:
    """Every role by key, with its name."""
    return _roles.get()


def recorded() -> frozenset[str]:
    """Every verb that is recorded of leads."""
    return _recorded()


def verbs() -> frozenset[str]:
    """The verbs after which leads are looked at: all of them while some path is in use."""
    return recorded() if _live.get() else frozenset()


def verb_name(verb: str) -> Mapping[str, str]:
    """What a verb is called in an editor."""
    ending = verb.partition(".")[2]
    code = f"nurture.verb.{ending}"
    return {
        language: messages.say(code, language) if code in messages.catalogue() else ending
        for language in ("zh-CN", "en-US")
    }


def reason_name(live: Live, reason: str) -> Mapping[str, str]:
    """Why leads left, in both languages: by a rule of the path, or one that always holds."""
    for leave in live.definition.get("leaves") or ():
        if leave.get("key") == reason:
            name: Mapping[str, str] = leave["name"]
            return name
    return in_both(f"nurture.left.{reason}")


def in_both(code: str) -> Mapping[str, str]:
    """A sentence in both languages, to be kept with what was done."""
    return {language: messages.say(code, language) for language in ("zh-CN", "en-US")}


def forget() -> None:
    """Drop what was cached (tests whose transactions are rolled back)."""
    _live.clear()
    _roles.clear()
    _compiled.cache_clear()


@lru_cache(maxsize=1)
def _recorded() -> frozenset[str]:
    found = set()
    for code in messages.catalogue():
        if code.startswith(_VERB):
            about, _, ending = code.removeprefix(_VERB).partition(".")
            if about in (LEAD, _ANY) and ending:
                found.add(f"{LEAD}.{ending}")
    return frozenset(found)


class _Frozen:
    """A definition that counts as equal to any other of its version, for it never changes."""

    def __init__(self, definition: Mapping[str, Any]) -> None:
        self.definition = definition

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Frozen) and self.definition == other.definition

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=256)
def _compiled(
    _version_id: int, frozen: _Frozen, record_type: str, _fields: int, _stages: tuple[str, ...]
) -> Compiled:
    path = nurture.parse_path(frozen.definition)
    return nurture.compile_path(path, record_facts.catalogue_of(record_type))


def _load() -> dict[int, Live]:
    running = set(
        models.Enrolment.objects.filter(state=models.State.RUNNING)
        .values_list("version_id", flat=True)
        .distinct()
    )
    versions = models.PathVersion.objects.select_related("path").order_by("path__key", "pk")
    return {
        each.pk: _one(each)
        for each in versions
        if each.pk in running or (each.is_current and each.path.is_active)
    }


def _one(version: models.PathVersion) -> Live:
    path = version.path
    return Live(
        path_id=path.pk,
        version_id=version.pk,
        key=path.key,
        number=version.number,
        is_current=version.is_current,
        is_active=path.is_active,
        definition=version.definition,
        record_type=path.record_type,
        name=path.name,
    )


_live = CachedByRevision(REVISION, _load)
_roles: CachedByRevision[dict[str, Mapping[str, str]]] = CachedByRevision(
    ORG, lambda: dict(Role.objects.exclude(key="").values_list("key", "name"))
)
