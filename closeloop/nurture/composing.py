"""A template with a lead's words in it, as it leaves: subject, HTML, plain text, variables."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from closeloop.behaviour import links as tracked
from closeloop.edge.revisions import CachedByRevision
from closeloop.engine.nurture import Channel
from closeloop.fields import queries as fields
from closeloop.identity.models import User
from closeloop.leads.models import Lead
from closeloop.notices.vendors import texts
from closeloop.nurture import letters, models, tokens
from closeloop.nurture.letters import Filling
from closeloop.nurture.templates import LEAD, Template
from closeloop.org.models import Unit
from closeloop.org.queries import REVISION as ORG

LONGEST_VALUE = 35
"""Characters of a variable of a text message, the limit of both providers."""
Said = dict[str, Any]


@dataclass(frozen=True)
class Tracked:
    """Of which message the links are: without one (previews) they lead straight on."""

    record_id: int
    message_id: int
    topic: str
    template: str

    @property
    def data(self) -> dict[str, Any]:
        """What is noted with an opening and a click."""
        told: dict[str, Any] = {"mail": self.template, "message": self.message_id}
        return {**told, "topic": self.topic} if self.topic else told


@dataclass(frozen=True)
class Words:
    """What placeholders stand for, in one language."""

    values: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[int, models.Item] = field(default_factory=dict)


def compose(
    template: Template, words: Words, language: str, *, tracked_by: Tracked | None = None
) -> Said:
    """What a message says. `language` is the wish; the template may have another one alone."""
    spoken, text = template.text_in(language)
    titles = {key: title_of(item, spoken) for key, item in words.items.items()}
    link = _links(words, tracked_by)
    filling = Filling(words.values, titles, link)
    if template.channel is Channel.SMS:
        params = {
            name: texts.cut(words.values.get(name, ""), LONGEST_VALUE) for name in template.params
        }
        told = letters.written(text.body, filling)
        return {"language": spoken, "text": told.text, "codes": dict(template.codes),
                "params": params}  # fmt: skip
    more = template.items
    if template.channel is Channel.WECOM:
        told = letters.written(text.body, filling)
        attached = [[titles[key], link("", key)] for key in more if key in titles]
        return {"language": spoken, "text": told.text, "links": attached}
    told = letters.written(text.body, filling, more=more)
    return {
        "language": spoken,
        "subject": letters.line(text.subject, words.values),
        "html": told.html,
        "text": told.text,
    }


def words_for(record_id: int, template: Template, language: str) -> Words:
    """What the placeholders of a template stand for, for one lead."""
    lead = Lead.objects.select_related("owner").filter(pk=record_id).first()
    spoken, _ = template.text_in(language)
    values = values_of(lead, spoken) if lead else sample_values(None, spoken)
    return Words(values, items_of(template))


def sample_words(reader: User, template: Template, language: str) -> Words:
    """The same for nobody in particular, the reader being the owner."""
    spoken, _ = template.text_in(language)
    return Words(sample_values(reader, spoken), items_of(template))


def items_of(template: Template) -> dict[int, models.Item]:
    """The library items that a template names, by id."""
    return {each.pk: each for each in models.Item.objects.filter(pk__in=template.named_items)}


def values_of(lead: Lead, language: str) -> dict[str, str]:
    """What placeholders stand for, for a lead."""
    own = {
        "name": lead.name,
        "company": lead.company or "",
        **_of_owner(lead.owner),
        "our_company": our_company(),
    }
    return {**own, **dict(_of_fields(lead, language))}


def sample_values(reader: User | None, language: str) -> dict[str, str]:
    """What stands in a preview for nobody in particular."""
    is_english = language == "en-US"
    own = {
        "name": "Dr Chen" if is_english else "陈主任",
        "company": "Riverside Clinic" if is_english else "滨江门诊部",
        **_of_owner(reader),
        "our_company": our_company(),
    }
    named = {
        f"{fields.PREFIX}{key}": in_language(spec.name, language)
        for key, spec in fields.specs_of(LEAD).items()
    }
    return {**named, **own, f"{fields.PREFIX}name": own["name"]}


def our_company() -> str:
    """What we are called: the unit at the top."""
    return _company.get()


def item_address(item: models.Item) -> str:
    """Where an item is read from outside."""
    return item.url or tokens.file_url(item.pk)


def title_of(item: models.Item, language: str) -> str:
    """An item's title in a language, or in any."""
    return in_language(item.title, language)


def in_language(name: Mapping[str, str], language: str) -> str:
    """A name in a language, or in any."""
    return str(name.get(language) or next(iter(name.values()), ""))


def forget() -> None:
    """Drop what was cached (tests whose transactions are rolled back)."""
    _company.clear()


def _links(words: Words, by: Tracked | None) -> Callable[[str, int | None], str]:
    def link(url: str, item_id: int | None) -> str:
        address = item_address(words.items[item_id]) if item_id is not None else url
        if by is None:
            return address
        data = {**by.data, "url": address[:300]}
        if item_id is not None:
            item = words.items[item_id]
            data |= {"item": item_id, **({"topic": item.topic} if item.topic else {})}
        return tracked.click_url(by.record_id, address, data)

    return link


def _of_owner(owner: User | None) -> dict[str, str]:
    return {
        "owner": owner.name if owner else "",
        "owner_phone": (owner.phone or "") if owner else "",
        "owner_email": (owner.email or "") if owner else "",
    }


def _of_fields(lead: Lead, language: str) -> Iterable[tuple[str, str]]:
    """Every field of the lead in words: choices by their name."""
    for key, spec in fields.specs_of(LEAD).items():
        column = getattr(lead, spec.column, None) if spec.column else lead.extra.get(key)
        if column is None or isinstance(column, bool | dict):
            continue
        names = {each.key: in_language(each.name, language) for each in spec.choices}
        given = column if isinstance(column, list) else [column]
        yield f"{fields.PREFIX}{key}", "、".join(names.get(str(one), str(one)) for one in given)


def _load_company() -> str:
    top = Unit.objects.filter(parent=None, is_active=True).order_by("pk").first()
    return top.name if top else ""


_company = CachedByRevision(ORG, _load_company)
