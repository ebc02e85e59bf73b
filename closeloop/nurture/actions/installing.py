"""What a pack brings: templates, and paths as drafts; what is there already stays as it is."""

from collections.abc import Mapping
from typing import Any

from closeloop.engine import nurture
from closeloop.engine.nurture import PathInvalid
from closeloop.fields import actions as fields
from closeloop.identity.actor import Actor
from closeloop.nurture import languages, paths
from closeloop.nurture.actions.publishing import create_path
from closeloop.nurture.actions.templating import publish_template
from closeloop.nurture.models import Path, Template


def install(given: Mapping[str, Any], *, actor: Actor) -> None:
    """Bring templates, published, and paths as drafts that nobody is on yet.

    Raises PathInvalid for a path that could not be published, TemplateInvalid for such a template.
    """
    fields.define_choices(languages.SETTINGS, [given["settings"]], actor=actor)
    for template in given["templates"]:
        if not Template.objects.filter(key=template["key"]).exists():
            publish_template(template, actor=actor)
    for path in given["paths"]:
        wrong = nurture.find_problems(path, paths.known())
        if wrong:
            raise PathInvalid(wrong)
        if not Path.objects.filter(key=path["key"]).exists():
            create_path(path["key"], name=path["name"], like=path, actor=actor)
