"""Policies for those who keep them: what each says, and what the editor may choose from."""

import json
from collections.abc import Mapping
from typing import Any

from closeloop.documents import kinds as documents
from closeloop.edge import messages
from closeloop.engine import sla
from closeloop.engine.facts import Catalogue
from closeloop.engine.sla import ABOUT_OTHERS, CHANNELS, EVENTS, Policy
from closeloop.org import queries as org
from closeloop.records.types import registry
from closeloop.sla import errors, facts, models, sentences
from closeloop.sla.models import PolicyVersion
from closeloop.sla.subjects import subjects

LANGUAGES = ("zh-CN", "en-US")
_OF_RECORDS = (
    "created", "changed", "assigned", "stage_entered", "opening_entered", "removed", "restored",
)  # fmt: skip
_OF_ANY = (
    "process.waiting_started", "process.waiting_ended", "process.move_blocked",
    "process.item_ticked", "record.commented", "file.attached", "followup.recorded",
    "mail.answered", "task.created", "task.done", "task.cancelled",
)  # fmt: skip
_OF_OTHERS = {
    "approval_ask": ("approval.asked", "approval.ask_ended", "approval.seen"),
    "approval_case": (
        "approval.opened", "approval.returned", "approval.resubmitted", "approval.withdrawn",
        "approval.granted", "approval.rejected", "approval.ended",
    ),
    "exception": (
        "process.exception_requested", "process.exception_granted", "process.exception_refused",
        "process.exception_withdrawn",
    ),
    "support_case": (
        "support.requested", "support.assigned", "support.noted", "support.given",
        "support.confirmed", "support.reopened", "support.withdrawn",
    ),
    "task": ("task.created", "task.done", "task.cancelled"),
}  # fmt: skip
_RELATIONS = ("owner", "superior", "superior:2", "unit_head", "requester")


def all_policies() -> list[models.Policy]:
    """Every policy with its versions."""
    return list(models.Policy.objects.prefetch_related("versions").order_by("about", "key"))


def published(about: str) -> dict[str, dict[str, str]]:
    """The names of the policies about something that were published, by key; off or on."""
    found = models.Policy.objects.filter(about=about, versions__is_current=True).order_by("key")
    return dict(found.values_list("key", "name"))


def policy(key: str) -> models.Policy:
    """One policy; raises PolicyNotFound."""
    found = models.Policy.objects.prefetch_related("versions__published_by").filter(key=key).first()
    if found is None:
        raise errors.PolicyNotFound({"key": key})
    return found


def current_version(found: models.Policy) -> PolicyVersion | None:
    """The version that opens clocks, of a policy with its versions."""
    return next((each for each in found.versions.all() if each.is_current), None)


def checked(definition: Mapping[str, Any], language: str) -> tuple[list[dict[str, Any]], list[str]]:
    """The problems of a definition, each with its message, or else its sentences."""
    about = str(definition.get("about"))
    catalogue = _checking(about)
    found = sla.find_problems(definition, catalogue)
    if found:
        return [_problem(each.as_data(), language) for each in found], []
    return [], sentences.of_policy(sla.parse_policy(definition), language)


def said(definition: Mapping[str, Any] | None, language: str) -> list[str]:
    """The sentences of a definition; none while it has problems."""
    return checked(definition, language)[1] if definition else []


def said_then(definition: Mapping[str, Any], language: str) -> list[str]:
    """The sentences of a version that was valid when it was published, whatever has gone since."""
    return sentences.of_policy(sla.parse_policy(definition), language)


def catalogue(about: str, language: str) -> dict[str, Any]:
    """What an editor of policies about something offers."""
    is_record = facts.is_record_type(about)
    verbs = [f"{about}.{ending}" for ending in _OF_RECORDS] if is_record else []
    verbs += [*subjects.verbs(about), *_OF_ANY] if is_record else []
    verbs += list(_OF_OTHERS.get(about, ()))
    known = facts.catalogue_of(about)
    return {
        "about": [_about(key) for key in (*registry.keys(), *ABOUT_OTHERS)],
        "verbs": [
            {"key": verb, "sentence": sentences.event(sla.Event(verb), about, language)}
            for verb in verbs
        ],
        "facts": [
            {
                "key": fact.key,
                "name": dict(fact.label),
                "type": fact.type.value,
                "choices": [
                    {"key": key, "name": dict(name)} for key, name in facts.choices(about, fact)
                ],
            }
            for fact in known.values()
            if facts.is_provided(about, fact)
        ],
        "stages": [
            {"key": key, "name": dict(name)} for key, name in subjects.stages(about).items()
        ],
        "details": _details(about, language),
        "relations": [
            {"key": key, "sentence": sentences.relation(key, language)} for key in _RELATIONS
        ],
        "channels": [
            {"key": key, "sentence": sentences.say(f"clock.channel.{key}", language)}
            for key in CHANNELS
        ],
        "documents": [{"key": kind.key, "name": dict(kind.name)} for kind in documents.kinds],
        "roles": [{"key": role.key, "name": role.name} for role in org.roles()],
        "units_of_time": ["minutes", "hours", "days"],
    }


def _details(about: str, language: str) -> list[dict[str, Any]]:
    """What events of the policies about something must be, each once, in words.

    Empty words: the event's own say it already.
    """
    found: dict[str, dict[str, Any]] = {}
    for each in models.Policy.objects.filter(about=about).prefetch_related("versions"):
        current = current_version(each)
        for key, value in _tests(current.definition if current else {}) | _tests_of_draft(each):
            words = sentences.detail(key, json.loads(value), about, language)
            found[f"{key} {value}"] = {
                "key": key, "value": json.loads(value), "sentence": words,
            }  # fmt: skip
    return list(found.values())


def _tests_of_draft(policy: models.Policy) -> set[tuple[str, str]]:
    """Those of a draft that could be published; another may be anything."""
    draft = policy.draft
    if not draft or sla.find_problems(draft, _checking(policy.about)):
        return set()
    return _tests(draft)


def _tests(definition: Mapping[str, Any]) -> set[tuple[str, str]]:
    """The tests of all events as (key, value in JSON)."""
    return {
        (key, json.dumps(value, sort_keys=True))
        for kind in EVENTS
        for event in definition.get(kind) or ()
        for key, value in (event.get("where") or {}).items()
    }


def parsed(definition: Mapping[str, Any]) -> Policy:
    """A definition as the engine takes it; raises PolicyInvalid."""
    about = str(definition.get("about"))
    return sla.parse_policy(definition, _checking(about))


def _checking(about: str) -> Catalogue | None:
    """What conditions of a policy that is about to be published may name."""
    return facts.catalogue_of(about, is_checked=True) if facts.is_record_type(about) else None


def _about(key: str) -> dict[str, Any]:
    if facts.is_record_type(key):
        return {"key": key, "name": dict(registry.get(key).name)}
    name = {language: messages.say(f"clock.about.{key}", language) for language in LANGUAGES}
    return {"key": key, "name": name}


def _problem(data: dict[str, Any], language: str) -> dict[str, Any]:
    code = f"problem.{data['code']}"
    return {**data, "message": messages.say(code, language, data["data"])}
