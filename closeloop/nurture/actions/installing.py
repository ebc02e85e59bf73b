"""What a pack brings: templates, and paths as drafts; what is there already stays as it is."""

from collections.abc import Mapping
from typing import Any

from closeloop.engine import nurture
from closeloop.engine.nurture import PathInvalid
from closeloop.fields import actions as fields
from closeloop.identity.actor import Actor
from closeloop.nurture import languages, paths, templates
from closeloop.nurture.actions.publishing import create_path
from closeloop.nurture.actions.templating import (
    create_template,
    publish_template,
    write_template_draft,
)
from closeloop.nurture.models import Path, Template

UNFINISHED = frozenset({"nurture.sms_code_needed"})
"""What only the company itself can fill in: the codes that its carrier has given it."""
UNPUBLISHED = "nurture.template_unknown"


def install(given: Mapping[str, Any], *, actor: Actor) -> None:
    """Bring templates, published where nothing is missing, and paths as drafts that nobody is on.

    Raises PathInvalid for a path that could never be published.
    """
    fields.define_choices(languages.SETTINGS, [given["settings"]], actor=actor)
    for template in given["templates"]:
        if not Template.objects.filter(key=template["key"]).exists():
            _install_template(template, actor)
    for path in given["paths"]:
        found = nurture.find_problems(path, paths.known())
        wrong = [each for each in found if each.code != UNPUBLISHED]
        if wrong:
            raise PathInvalid(wrong)
        if not Path.objects.filter(key=path["key"]).exists():
            create_path(path["key"], name=path["name"], like=path, actor=actor)


def _install_template(template: Mapping[str, Any], actor: Actor) -> None:
    missing = {each.code for each in templates.find_problems(template, ()).found}
    if not missing <= UNFINISHED:
        missing = set()
    if not missing:
        publish_template(template, actor=actor)
        return
    key, channel = template["key"], template["channel"]
    create_template(key, name=template["name"], channel=channel, actor=actor)
    write_template_draft(key, template, actor=actor)
