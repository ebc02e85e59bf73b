"""The sites by key, held per revision: every event that a page tells asks for its site."""

from collections.abc import Mapping

from closeloop.behaviour import errors
from closeloop.behaviour.models import Site
from closeloop.edge.revisions import CachedByRevision

REVISION = "behaviour"


def all_sites() -> Mapping[str, Site]:
    """Every site by key."""
    return _sites.get()


def site(key: str) -> Site:
    """An active site; raises SiteNotFound."""
    found = _sites.get().get(key)
    if found is None or not found.is_active:
        raise errors.SiteNotFound({"key": key})
    return found


def require_origin(site: Site, origin: str) -> None:
    """Raise OriginUnknown unless the site's pages come from there."""
    if origin.lower() not in site.origins:
        raise errors.OriginUnknown({"origin": origin})


def forget() -> None:
    """Drop what was cached (tests whose transactions are rolled back)."""
    _sites.clear()


def _load() -> dict[str, Site]:
    return {site.key: site for site in Site.objects.order_by("name", "pk")}


_sites = CachedByRevision(REVISION, _load)
