"""The sites whose pages may tell us what visitors do."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.behaviour import errors
from closeloop.behaviour.models import Site
from closeloop.behaviour.sites import REVISION
from closeloop.edge import revisions
from closeloop.identity.actor import Actor

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?", re.IGNORECASE)


def create_site(key: str, values: Mapping[str, Any], *, actor: Actor) -> Site:
    """A new site. Raises SiteExists, OriginInvalid."""
    if Site.objects.filter(key=key).exists():
        raise errors.SiteExists({"key": key})
    site = Site.objects.create(key=key, **_checked(values))
    _changed("site.created", site, actor)
    return site


def change_site(key: str, values: Mapping[str, Any], *, actor: Actor) -> Site:
    """Change what is given. Raises SiteNotFound, OriginInvalid."""
    site = Site.objects.select_for_update().filter(key=key).first()
    if site is None:
        raise errors.SiteNotFound({"key": key})
    for name, value in _checked(values).items():
        setattr(site, name, value)
    site.save()
    _changed("site.changed", site, actor)
    return site


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(values)
    if "origins" in found:
        found["origins"] = _origins(found["origins"])
    return found


def _origins(given: Sequence[str]) -> list[str]:
    origins = [origin.strip().rstrip("/").lower() for origin in given]
    wrong = [origin for origin in origins if not _ORIGIN.fullmatch(origin)]
    if wrong:
        raise errors.OriginInvalid({"origins": wrong})
    return list(dict.fromkeys(origins))


def _changed(verb: str, site: Site, actor: Actor) -> None:
    revisions.bump(REVISION)
    activity.record(Happening(verb=verb, data={"site": site.key, "name": site.name}), actor=actor)
