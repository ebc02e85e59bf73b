"""Templates: made, drafted, published as frozen versions, put away."""

from collections.abc import Mapping
from typing import Any

from closeloop.edge import messages, revisions
from closeloop.engine import nurture
from closeloop.identity.actor import Actor
from closeloop.nurture import errors, models, templates
from closeloop.nurture.actions import drafting
from closeloop.nurture.models import Item, Template, TemplateVersion


def create_template(key: str, *, name: Mapping[str, str], channel: str, actor: Actor) -> Template:
    """A template with an empty draft. Raises KeyTaken, and TemplateInvalid for a wrong key."""
    draft = {
        "key": key, "name": dict(name), "channel": channel, "topic": "",
        "texts": {"zh-CN": {"subject": "", "body": ""}}, "items": [],
    }  # fmt: skip
    found = templates.find_problems(draft, ()).found
    wrong = [each for each in found if each.path in ("/key", "/name", "/channel")]
    if wrong:
        raise errors.TemplateInvalid({"problems": [each.as_data() for each in wrong]})
    if Template.objects.filter(key=key).exists():
        raise errors.KeyTaken({"key": key})
    made = Template.objects.create(key=key, name=dict(name), channel=channel)
    drafting.write(made, draft, revision=None, actor=actor)
    drafting.record("nurture.template_created", made, actor)
    return made


def write_template_draft(
    key: str, definition: Mapping[str, Any], *, revision: int | None = None, actor: Actor
) -> Template:
    """Keep what is being written; it may still have problems. Raises DraftMoved."""
    found = _locked(key)
    content = {**definition, "channel": found.channel}
    return drafting.write(found, content, revision=revision, actor=actor)


def drop_template_draft(key: str, *, actor: Actor) -> Template:
    """Throw the draft away; what is published stays."""
    found = _locked(key)
    if found.draft is not None:
        drafting.clear(found)
        drafting.record("nurture.template_draft_dropped", found, actor)
    return found


def publish_template_draft(key: str, *, actor: Actor) -> TemplateVersion:
    """Publish the draft as the next version. Raises NoDraft, TemplateInvalid."""
    found = _locked(key)
    if found.draft is None:
        raise errors.NoDraft({"key": key})
    version = publish_template(found.draft, actor=actor)
    found.refresh_from_db()
    drafting.clear(found)
    return version


def publish_template(definition: Mapping[str, Any], *, actor: Actor) -> TemplateVersion:
    """Publish a definition as the next version; paths send it from their next step on.

    Raises TemplateInvalid with every problem.
    """
    require_valid(definition)
    found, _ = Template.objects.select_for_update(of=("self",)).get_or_create(
        key=definition["key"],
        defaults={"name": definition["name"], "channel": definition["channel"]},
    )
    version: TemplateVersion
    version, is_new = drafting.publish(found, definition, actor=actor)
    if is_new:
        revisions.bump(templates.REVISION)
        drafting.record("nurture.template_published", found, actor, version=version.number)
    return version


def archive_template(key: str, *, is_archived: bool, actor: Actor) -> Template:
    """Put a template away, or bring it back. Raises TemplateInUse where paths send it."""
    found = _locked(key)
    if is_archived:
        used = sending(key)
        if used:
            raise errors.TemplateInUse({"paths": used})
    if found.is_archived != is_archived:
        found.is_archived = is_archived
        found.save(update_fields=["is_archived"])
        revisions.bump(templates.REVISION)
        verb = "nurture.template_archived" if is_archived else "nurture.template_restored"
        drafting.record(verb, found, actor)
    return found


def require_valid(definition: Mapping[str, Any]) -> None:
    """Raise TemplateInvalid with every problem of a definition."""
    items = list(Item.objects.filter(is_archived=False).values_list("pk", flat=True))
    found = templates.find_problems(definition, items).found
    if found:
        problems = [
            {**each.as_data(), "message": messages.say(f"problem.{each.code}", "zh-CN", each.data)}
            for each in found
        ]
        raise errors.TemplateInvalid({"problems": problems})


def sending(key: str) -> list[str]:
    """The keys of the paths whose current version, or one that leads are on, sends a template."""
    versions = models.PathVersion.objects.select_related("path").filter(
        pk__in=models.Enrolment.objects.filter(state=models.State.RUNNING).values("version_id")
    ) | models.PathVersion.objects.select_related("path").filter(is_current=True)
    return sorted(
        {each.path.key for each in versions if key in nurture.parse_path(each.definition).templates}
    )


def _locked(key: str) -> Template:
    found = (
        Template.objects.select_for_update(of=("self",))
        .select_related("drafted_by")
        .filter(key=key)
        .first()
    )
    if found is None:
        raise errors.TemplateNotFound({"key": key})
    return found
