"""Templates and the library, with what they were used for and what became of it."""

from collections.abc import Mapping
from typing import Any

from closeloop.edge import messages, statements
from closeloop.engine import nurture
from closeloop.engine.nurture import Channel
from closeloop.identity.actor import Actor
from closeloop.nurture import channels, errors, models, templates
from closeloop.nurture.models import Item, Template, TemplateVersion
from closeloop.nurture.queries import reach

_FIGURES = """
    SELECT t.key, count(*) FILTER (WHERE m.state = 'sent'), count(m.opened_at),
           count(m.clicked_at), count(*) FILTER (WHERE m.state = 'skipped'),
           count(*) FILTER (WHERE m.state = 'unknown'), count(*) FILTER (WHERE m.state = 'dead')
    FROM nurture_message m
    JOIN records_record r ON r.id = m.record_id
    JOIN nurture_templateversion tv ON tv.id = m.template_id
    JOIN nurture_template t ON t.id = tv.template_id
    WHERE {where} GROUP BY 1
"""
_SKIPS = """
    SELECT m.error_code, count(*) FROM nurture_message m
    JOIN records_record r ON r.id = m.record_id
    JOIN nurture_templateversion tv ON tv.id = m.template_id
    JOIN nurture_template t ON t.id = tv.template_id
    WHERE {where} AND t.key = %s AND m.state = 'skipped' GROUP BY 1 ORDER BY 2 DESC
"""
_NONE = (0, 0, 0, 0, 0, 0)
FIGURES = ("sent", "opened", "clicked", "skipped", "unknown", "dead")


def all_templates() -> list[Template]:
    """Every template with its versions, those put away last."""
    found = Template.objects.prefetch_related("versions").select_related("drafted_by")
    return list(found.order_by("is_archived", "channel", "key"))


def template(key: str) -> Template:
    """One template; raises TemplateNotFound."""
    found = (
        Template.objects.prefetch_related("versions__published_by")
        .select_related("drafted_by")
        .filter(key=key)
        .first()
    )
    if found is None:
        raise errors.TemplateNotFound({"key": key})
    return found


def current_of(found: Template) -> TemplateVersion | None:
    """The current version of a template with its versions."""
    return next((each for each in found.versions.all() if each.is_current), None)


def figures(actor: Actor) -> Mapping[str, dict[str, int]]:
    """What became of the messages of each template, of leads within reach."""
    where, params = reach.of_leads(actor)
    rows = statements.rows(_FIGURES.format(where=where), params)
    return {row[0]: dict(zip(FIGURES, row[1:], strict=True)) for row in rows}


def no_figures() -> dict[str, int]:
    """The figures of a template that was never sent."""
    return dict(zip(FIGURES, _NONE, strict=True))


def skips(key: str, *, actor: Actor, language: str) -> list[dict[str, Any]]:
    """Why messages of a template were not sent, the most frequent first."""
    where, params = reach.of_leads(actor)
    rows = statements.rows(_SKIPS.format(where=where), [*params, key])
    return [
        {"reason": code, "name": reason_text(code, language), "count": count}
        for code, count in rows
    ]


def used_by() -> Mapping[str, list[dict[str, Any]]]:
    """The paths whose current version sends a template, by its key."""
    found: dict[str, list[dict[str, Any]]] = {}
    versions = models.PathVersion.objects.filter(is_current=True).select_related("path")
    for version in versions.order_by("path__key"):
        for key in sorted(nurture.parse_path(version.definition).templates):
            found.setdefault(key, []).append({"key": version.path.key, "name": version.path.name})
    return found


def checked(definition: Mapping[str, Any], language: str) -> list[dict[str, Any]]:
    """The problems of a definition, each with its message."""
    items = list(Item.objects.filter(is_archived=False).values_list("pk", flat=True))
    found = templates.find_problems(definition, items).found
    return [
        {
            **each.as_data(),
            "step": None,
            "message": messages.say(f"problem.{each.code}", language, each.data),
        }
        for each in found
    ]


def todos(definition: Mapping[str, Any], language: str) -> list[dict[str, Any]]:
    """What the company has yet to do before a sound template can be sent; it may be published."""
    if definition.get("channel") != Channel.SMS:
        return []
    given = definition.get("sms")
    codes = given if isinstance(given, Mapping) else {}
    code = "nurture.sms_code_missing"
    if not channels.lacks_code({key: str(each) for key, each in codes.items() if each}):
        return []
    message = messages.say(f"todo.{code}", language)
    return [{"code": code, "path": "/sms", "data": {}, "step": None, "message": message}]


def reason_text(code: str, language: str) -> str:
    """Why a message was not sent, in words; a provider's own code as it is."""
    if not code:
        return ""
    for prefix in ("nurture.reason", "delivery.reason"):
        if f"{prefix}.{code}" in messages.catalogue():
            return messages.say(f"{prefix}.{code}", language)
    return code
