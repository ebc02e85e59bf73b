"""Paths and what an editor may choose from, for those who keep them and those who use them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Prefetch

from closeloop.edge import messages, statements
from closeloop.engine import nurture
from closeloop.engine.conditions import OPERATORS_BY_TYPE
from closeloop.engine.nurture import OWN_FACTS, Channel, PathInvalid, StepKind
from closeloop.fields import queries as fields
from closeloop.identity.actor import Actor
from closeloop.nurture import channels, deciding, errors, models, paths, sentences, templates
from closeloop.nurture.models import Path, PathVersion
from closeloop.nurture.plugs import plugs
from closeloop.nurture.queries import reach
from closeloop.sla import facts as record_facts

LEAD = "lead"
_COUNTS = """
    SELECT e.path_id, e.version_id, count(*), count(*) FILTER (WHERE e.state = 'running'),
           count(*) FILTER (WHERE e.state = 'done'), count(*) FILTER (WHERE e.state = 'left')
    FROM nurture_enrolment e JOIN records_record r ON r.id = e.record_id
    WHERE {where} GROUP BY 1, 2
"""
_MESSAGES = """
    SELECT m.path_id, count(*) FILTER (WHERE m.state = 'sent'), count(m.opened_at),
           count(m.clicked_at)
    FROM nurture_message m JOIN records_record r ON r.id = m.record_id
    WHERE {where} GROUP BY 1
"""


def all_paths() -> list[Path]:
    """Every path with its versions."""
    versions = PathVersion.objects.defer("definition").filter(is_current=False)
    current = PathVersion.objects.filter(is_current=True)
    return list(
        Path.objects.prefetch_related(
            Prefetch("versions", queryset=current | versions),
        )
        .select_related("drafted_by")
        .order_by("-is_active", "key")
    )


def path(key: str) -> Path:
    """One path; raises PathNotFound."""
    found = (
        Path.objects.prefetch_related("versions__published_by")
        .select_related("drafted_by")
        .filter(key=key)
        .first()
    )
    if found is None:
        raise errors.PathNotFound({"key": key})
    return found


def version(key: str, number: int) -> PathVersion:
    """One published version; raises PathNotFound."""
    found = PathVersion.objects.select_related("path", "published_by").filter(
        path__key=key, number=number
    )
    row = found.first()
    if row is None:
        raise errors.PathNotFound({"key": key, "number": number})
    return row


def current_of(found: Path) -> PathVersion | None:
    """The current version of a path with its versions."""
    return next((each for each in found.versions.all() if each.is_current), None)


def live_of(key: str) -> paths.Live:
    """What leads begin by now on a path; raises PathNotFound, PathOff."""
    for each in paths.taking_in():
        if each.key == key:
            return each
    raise errors.PathOff({"key": path(key).key})


def counts(actor: Actor) -> dict[int, dict[int, tuple[int, int, int, int]]]:
    """Started, running, done and left by path and version, of leads within reach."""
    where, params = reach.of_leads(actor)
    found: dict[int, dict[int, tuple[int, int, int, int]]] = {}
    for path_id, version_id, *figures in statements.rows(_COUNTS.format(where=where), params):
        started, running, done, left = figures
        found.setdefault(path_id, {})[version_id] = (started, running, done, left)
    return found


def message_counts(actor: Actor) -> dict[int, tuple[int, int, int]]:
    """Sent, opened and clicked by path, of leads within reach."""
    where, params = reach.of_leads(actor)
    rows = statements.rows(_MESSAGES.format(where=where), params)
    return {path_id: (sent, opened, clicked) for path_id, sent, opened, clicked in rows}


def checked(
    definition: Mapping[str, Any], language: str
) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """The problems of a definition, each with its message; and, without any, its sentences."""
    found = nurture.find_problems(definition, paths.known())
    if found:
        return [problem(each.as_data(), definition, language) for each in found], []
    return [], said(definition, language)


def todos(definition: Mapping[str, Any], language: str) -> list[dict[str, Any]]:
    """What the company has yet to do before each step of a path can send; until then it is skipped.

    Nothing of it keeps the path from being published.
    """
    try:
        parsed = nurture.parse_path(definition)
    except PathInvalid:
        return []
    sending = [each for each in parsed.all_steps if isinstance(each, nurture.Send)]
    return [
        {
            "code": code,
            "path": "",
            "data": {},
            "step": step.key,
            "message": messages.say(f"todo.{code}", language),
        }
        for step in sending
        for code in _lacking(step)
    ]


def _lacking(step: nurture.Send) -> list[str]:
    found = [] if channels.is_ready(step.channel) else [f"nurture.{step.channel.value}_off"]
    return [*found, *(f"nurture.{each}" for each in [deciding.unready(step)] if each)]


def said(definition: Mapping[str, Any] | None, language: str) -> list[dict[str, str]]:
    """The sentences of a definition; none where it cannot be read."""
    if not definition:
        return []
    try:
        parsed = nurture.parse_path(definition)
    except PathInvalid:
        return []
    return sentences.of_path(parsed, language)


def problem(
    data: Mapping[str, Any], definition: Mapping[str, Any], language: str
) -> dict[str, Any]:
    """A problem with its message and the step that it is about."""
    code = f"problem.{data['code']}"
    step = _step_at(definition, str(data["path"]))
    return {**data, "step": step, "message": messages.say(code, language, data["data"])}


def catalogue(language: str) -> dict[str, Any]:
    """What an editor of paths and templates offers."""
    known = record_facts.catalogue_of(LEAD)
    facts = [*known.values(), *OWN_FACTS.values()]
    return {
        "facts": [
            {
                "key": fact.key,
                "name": dict(fact.label),
                "type": fact.type.value,
                "operators": sorted(operator.value for operator in OPERATORS_BY_TYPE[fact.type]),
                "choices": _choices(fact.key),
            }
            for fact in facts
        ],
        "verbs": [
            {"key": verb, "name": dict(paths.verb_name(verb))} for verb in sorted(paths.recorded())
        ],
        "channels": [
            {
                "key": each.value,
                "name": _both(f"nurture.channel.{each}"),
                "is_on": channels.is_ready(each),
                "guarantee": channels.guarantee_of(each).value,
                "needs_confirmation": each is Channel.WECOM,
            }
            for each in Channel
        ],
        "templates": [
            {
                "key": key,
                "name": dict(each.template.name),
                "channel": each.template.channel.value,
                "version": each.number,
            }
            for key, each in sorted(templates.current().items())
        ],
        "roles": [{"key": key, "name": dict(name)} for key, name in paths.roles().items()],
        "grades": [{"key": key, "name": dict(name)} for key, name in plugs.grades(LEAD)],
        "placeholders": [
            {"key": key, "name": dict(name or _both(f"nurture.placeholder.{key}"))}
            for key, name in templates.placeholders()
        ],
        "kinds": [{"key": each.value, "name": _both(f"nurture.kind.{each}")} for each in StepKind],
        "topics": _topics(),
    }


def _choices(key: str) -> list[dict[str, Any]]:
    if key == record_facts.STAGE:
        return [{"key": each, "name": dict(name)} for each, name in plugs.stages(LEAD).items()]
    spec = fields.specs_of(LEAD).get(key.removeprefix(fields.PREFIX))
    return [{"key": each.key, "name": dict(each.name)} for each in (spec.choices if spec else ())]


def _topics() -> list[str]:
    found = models.Item.objects.exclude(topic="").values_list("topic", flat=True).distinct()
    own = {each.template.topic for each in templates.current().values() if each.template.topic}
    return sorted(own.union(found))


def _both(code: str) -> dict[str, str]:
    return dict(paths.in_both(code))


def _step_at(definition: Any, pointer: str) -> str | None:
    """The key of the innermost step on the way of a JSON Pointer."""
    found: str | None = None
    node = definition
    parts: Sequence[str] = pointer.split("/")[1:]
    for part in parts:
        if isinstance(node, Mapping):
            node = node.get(part)
        elif isinstance(node, list) and part.isdigit() and int(part) < len(node):
            node = node[int(part)]
        else:
            break
        if isinstance(node, Mapping) and isinstance(node.get("kind"), str):
            found = str(node.get("key") or "") or None
    return found
