"""Setting up how speech is read."""

from collections.abc import Mapping

from django.db.models.functions import Now

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import revisions, sealing
from closeloop.identity.actor import Actor
from closeloop.recognition import set_up
from closeloop.recognition.errors import SpeechSetUpInvalid
from closeloop.recognition.models import SpeechSetUp


def set_up_speech(
    *, backend: str, settings: Mapping[str, str], key: str | None, actor: Actor
) -> None:
    """Choose the engine. `key` None leaves the one that is kept, an empty one forgets it.

    Raises SpeechSetUpInvalid with every setting that is missing or wrong.
    """
    revisions.bump(set_up.REVISION)
    row = SpeechSetUp.objects.order_by("pk").first() or SpeechSetUp()
    given = {name: settings.get(name, "").strip() for name in set_up.FIELDS}
    _check(backend, given)
    row.backend = backend
    row.settings = {name: value for name, value in given.items() if value}
    if key is not None:
        row.sealed_key = sealing.seal(key, purpose=set_up.PURPOSE) if key else ""
    row.changed_at = Now()
    row.save()
    activity.record(Happening("recognition.speech_set_up", data={"backend": backend}), actor=actor)


def _check(backend: str, settings: Mapping[str, str]) -> None:
    errors = [
        {"field": name, "code": "missing"} for name in set_up.NEEDED[backend] if not settings[name]
    ]
    if settings["base_url"] and not settings["base_url"].startswith(("http://", "https://")):
        errors.append({"field": "base_url", "code": "wrong_form"})
    if settings["model_path"] and not settings["model_path"].startswith("/"):
        errors.append({"field": "model_path", "code": "wrong_form"})
    if errors:
        raise SpeechSetUpInvalid({"errors": errors})
