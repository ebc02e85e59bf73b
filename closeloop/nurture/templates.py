"""What a template says, and its faults; the published ones as they are now."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from closeloop.edge.revisions import CachedByRevision
from closeloop.engine.nurture import Channel
from closeloop.engine.problems import ProblemList
from closeloop.fields import queries as fields
from closeloop.nurture import letters, models

REVISION = "nurture"
LANGUAGES = ("zh-CN", "en-US")
LEAD = "lead"
OWN = ("name", "company", "owner", "owner_phone", "owner_email", "our_company")
"""Placeholders beside the fields of the lead (`field.<key>`)."""
MOST_ITEMS = 9
"""WeCom takes so many attachments with a message (document/path/92135)."""
LONGEST_SUBJECT, LONGEST_BODY, LONGEST_WECOM_BYTES = 200, 20_000, 4000
_KEYS = frozenset({"key", "name", "channel", "topic", "texts", "items", "sms"})
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
_PROVIDERS = ("tencent", "aliyun")
_CODE = re.compile(r"[A-Za-z0-9_]{1,40}")


@dataclass(frozen=True)
class Text:
    """A template's words in one language."""

    subject: str
    body: str


@dataclass(frozen=True)
class Template:
    """A message as it is written. `codes` are the approved SMS templates by provider."""

    key: str
    name: Mapping[str, str]
    channel: Channel
    topic: str
    texts: Mapping[str, Text]
    items: tuple[int, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    params: tuple[str, ...] = ()

    def text_in(self, language: str) -> tuple[str, Text]:
        """The words in a language, else in the one that there is, with that language."""
        if language in self.texts:
            return language, self.texts[language]
        return next(iter(self.texts.items()))

    @property
    def named_items(self) -> frozenset[int]:
        """Every library item that it names, in its words or behind them."""
        bodies = [text.body for text in self.texts.values()]
        named = {
            int(each.removeprefix(letters.ITEM))
            for body in bodies
            for each in letters.placeholders_in(body)
            if each.startswith(letters.ITEM)
        }
        return frozenset(named.union(self.items))


@dataclass(frozen=True)
class Live:
    """The current version of a template that may be sent."""

    version_id: int
    number: int
    template: Template


def current() -> Mapping[str, Live]:
    """Every published template that is not archived, by key."""
    return _current.get()


def read(definition: Mapping[str, Any]) -> Template:
    """A template from a definition without faults."""
    sms = definition.get("sms") or {}
    return Template(
        key=str(definition["key"]),
        name=definition["name"],
        channel=Channel(definition["channel"]),
        topic=str(definition.get("topic") or ""),
        texts={
            language: Text(str(given.get("subject") or ""), str(given.get("body") or ""))
            for language, given in definition["texts"].items()
        },
        items=tuple(definition.get("items") or ()),
        codes={each: str(sms[each]) for each in _PROVIDERS if sms.get(each)},
        params=tuple(sms.get("params") or ()),
    )


def placeholders() -> Iterator[tuple[str, Mapping[str, str] | None]]:
    """Every placeholder; fields of leads with their name."""
    for key in OWN:
        yield key, None
    for key, spec in fields.specs_of(LEAD).items():
        yield f"{fields.PREFIX}{key}", spec.name


def find_problems(definition: object, items: Sequence[int]) -> ProblemList:
    """Every fault of a definition; `items` are the library items that there are."""
    problems = ProblemList()
    if not isinstance(definition, Mapping):
        problems.add("nurture.not_an_object", "")
        return problems
    for key in definition:
        if key not in _KEYS:
            problems.add("nurture.key_unknown", f"/{key}", given=str(key))
    if not isinstance(definition.get("key"), str) or not _KEY.fullmatch(definition["key"]):
        problems.add("nurture.key_invalid", "/key", given=str(definition.get("key")))
    if not _is_name(definition.get("name")):
        problems.add("nurture.name_needed", "/name")
    if definition.get("channel") not in list(Channel):
        problems.add("nurture.choice_unknown", "/channel", given=str(definition.get("channel")))
        return problems
    if not isinstance(definition.get("topic", ""), str):
        problems.add("nurture.text_needed", "/topic")
    channel = Channel(definition["channel"])
    known = {key for key, _ in placeholders()}
    _texts(definition.get("texts"), channel, known, set(items), problems)
    _items(definition.get("items"), set(items), problems)
    if channel is Channel.SMS:
        _sms(definition.get("sms"), known, problems)
    return problems


def forget() -> None:
    """Drop what was cached (tests whose transactions are rolled back)."""
    _current.clear()


def _texts(
    given: object, channel: Channel, known: set[str], items: set[int], problems: ProblemList
) -> None:
    if not isinstance(given, Mapping) or not given:
        problems.add("nurture.text_needed", "/texts")
        return
    for language, each in given.items():
        path = f"/texts/{language}"
        if language not in LANGUAGES:
            problems.add("nurture.language_unknown", path, given=str(language))
        elif not isinstance(each, Mapping):
            problems.add("nurture.not_an_object", path)
        else:
            if channel is Channel.MAIL:
                place = f"{path}/subject"
                _words(
                    each.get("subject"), place, problems,
                    longest=LONGEST_SUBJECT, known=known, items=set(),
                )  # fmt: skip
            _words(
                each.get("body"), f"{path}/body", problems,
                longest=LONGEST_BODY, known=known, items=items,
            )  # fmt: skip
            size = len(str(each.get("body") or "").encode())
            if channel is Channel.WECOM and size > LONGEST_WECOM_BYTES:
                place = f"{path}/body"
                problems.add("nurture.text_too_long", place, limit=LONGEST_WECOM_BYTES // 3)


def _words(
    given: object,
    path: str,
    problems: ProblemList,
    *,
    longest: int,
    known: set[str],
    items: set[int],
) -> None:
    if not isinstance(given, str) or not given.strip():
        problems.add("nurture.text_needed", path)
        return
    if len(given) > longest:
        problems.add("nurture.text_too_long", path, limit=longest)
    if letters.loose_braces(given):
        problems.add("nurture.braces_loose", path)
    for name in letters.placeholders_in(given):
        if name.startswith(letters.ITEM):
            if int(name.removeprefix(letters.ITEM)) not in items:
                problems.add("nurture.item_unknown", path, given=name)
        elif name not in known:
            problems.add("nurture.placeholder_unknown", path, given=name)


def _items(given: object, items: set[int], problems: ProblemList) -> None:
    if given is None:
        return
    if not isinstance(given, list | tuple):
        problems.add("nurture.list_needed", "/items")
        return
    if len(given) > MOST_ITEMS:
        problems.add("nurture.too_many_items", "/items", limit=MOST_ITEMS)
    for index, each in enumerate(given):
        if isinstance(each, bool) or not isinstance(each, int) or each not in items:
            problems.add("nurture.item_unknown", f"/items/{index}", given=str(each))


def _sms(given: object, known: set[str], problems: ProblemList) -> None:
    """A carrier sends approved templates alone: their codes, and what fills their variables.

    A text without a code may be published; steps that send it are skipped with that reason.
    """
    if given is None:
        return
    if not isinstance(given, Mapping):
        problems.add("nurture.not_an_object", "/sms")
        return
    for key in given:
        if key not in (*_PROVIDERS, "params"):
            problems.add("nurture.key_unknown", f"/sms/{key}", given=str(key))
    for each in _PROVIDERS:
        code = given.get(each)
        if code and (not isinstance(code, str) or not _CODE.fullmatch(code)):
            problems.add("nurture.sms_code_invalid", f"/sms/{each}", given=str(code))
    params = given.get("params") or ()
    if not isinstance(params, list | tuple):
        problems.add("nurture.list_needed", "/sms/params")
        return
    for index, name in enumerate(params):
        if not isinstance(name, str) or name not in known:
            place = f"/sms/params/{index}"
            problems.add("nurture.placeholder_unknown", place, given=str(name))


def _is_name(given: object) -> bool:
    return isinstance(given, Mapping) and all(
        isinstance(given.get(each), str) and given[each].strip() for each in LANGUAGES
    )


def _load() -> dict[str, Live]:
    versions = models.TemplateVersion.objects.filter(
        is_current=True, template__is_archived=False
    ).select_related("template")
    return {
        each.template.key: Live(each.pk, each.number, read(each.definition)) for each in versions
    }


_current = CachedByRevision(REVISION, _load)
