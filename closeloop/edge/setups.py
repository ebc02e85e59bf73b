"""Configuration of which a company has one, published whole in frozen versions.

`support` and `saleslog` keep theirs so. What has versions by key, or drafts on the server
(standards, policies, pools), is kept by its own app beside what the versions belong to.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from closeloop.edge import revisions
from closeloop.edge.etags import EditConflict
from closeloop.engine.problems import ProblemList

LANGUAGES = ("zh-CN", "en-US")
MOST_SHOWN = 20


class SetupVersion(models.Model):
    """One published version; one is current, and a trigger of the app keeps all of them frozen.

    `is_shipped`: a pack brought it, nobody of the company published it.
    """

    number = models.IntegerField(unique=True)
    definition = models.JSONField()
    is_shipped = models.BooleanField(default=False)
    is_current = models.BooleanField(default=True)
    published_at = models.DateTimeField(db_default=Now())
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=models.Q(is_current=True),
                name="%(app_label)s_setup_current",
            )
        ]


Version = TypeVar("Version", bound=SetupVersion)


def current_of(versions: type[Version]) -> Version | None:
    """The version that holds; None before the first."""
    found: Version | None = versions._default_manager.filter(is_current=True).first()
    return found


def shown_of(versions: type[Version]) -> list[Version]:
    """The newest versions, the one that holds first, with who published them."""
    newest = versions._default_manager.select_related("published_by").order_by("-number")
    return list(newest[:MOST_SHOWN])


def publish_next(
    versions: type[Version],
    definition: Mapping[str, Any],
    *,
    revision: str,
    expected_number: int | None,
    is_shipped: bool = False,
    published_by_id: int | None,
) -> Version | None:
    """Publish a definition that was found without problems; None where it says what holds.

    Everybody's cache of `revision` is told. Raises EditConflict where the version that holds is
    not `expected_number` (0: none; None: whichever).
    """
    revisions.bump(revision)
    newest = current_of(versions)
    number = newest.number if newest else 0
    if expected_number is not None and expected_number != number:
        raise EditConflict({"version": number, "conflict": []})
    content = json.loads(json.dumps(dict(definition)))
    if newest is not None and newest.definition == content:
        return None
    versions._default_manager.filter(is_current=True).update(is_current=False)
    return versions._default_manager.create(
        number=number + 1,
        definition=content,
        is_shipped=is_shipped,
        published_by_id=published_by_id,
    )


def is_own(versions: type[Version]) -> bool:
    """Whether the company has published its own, which a pack then leaves alone."""
    newest = current_of(versions)
    return newest is not None and not newest.is_shipped


def names_ever(versions: type[Version], path: Sequence[str]) -> dict[str, Mapping[str, str]]:
    """What things with keys were last called, also those that hold no more: key -> name.

    `path` leads to the list: ("types",), or ("types", "reasons") for "<type>.<reason>".
    """
    found: dict[str, Mapping[str, str]] = {}
    kept = versions._default_manager.order_by("number").values_list("definition", flat=True)
    for definition in kept:
        found |= dict(_named(definition, path))
    return found


def _named(holder: Mapping[str, Any], path: Sequence[str]) -> Iterator[tuple[str, Any]]:
    for each in holder.get(path[0]) or ():
        if len(path) == 1:
            yield each["key"], each["name"]
        else:
            yield from ((f"{each['key']}.{key}", name) for key, name in _named(each, path[1:]))


def difference(before: object | None, after: object | None) -> str:
    """How one thing of a draft stands to what holds: added, removed, same or changed."""
    if before is None or after is None:
        return "added" if before is None else "removed"
    return "same" if before == after else "changed"


def check_name(raw: object, path: str, problems: ProblemList, *, code: str) -> None:
    """Note under `code` what is not a text in every language."""
    told = raw if isinstance(raw, Mapping) else {}
    is_whole = all(isinstance(told.get(key), str) and told[key].strip() for key in LANGUAGES)
    if not is_whole or set(told) - set(LANGUAGES):
        problems.add(code, path)
