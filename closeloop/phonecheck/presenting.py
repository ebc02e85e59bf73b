"""Checks and settings as the addresses tell them, in the reader's language."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from closeloop.customers.catalogue import CUSTOMER
from closeloop.customers.models import Contact
from closeloop.edge import messages
from closeloop.engine.phonecheck import Reason, Verdict
from closeloop.fields import queries as fields
from closeloop.fields import values
from closeloop.identity import queries as identity
from closeloop.identity.actor import Actor
from closeloop.phonecheck import queries, set_up
from closeloop.phonecheck.actions.checking import SOURCES, WECOM
from closeloop.phonecheck.models import ContactLink, ExternalUser
from closeloop.phonecheck.queries import Told
from closeloop.phonecheck.registries import PROVIDERS
from closeloop.records import queries as records


def check(told: Told, *, actor: Actor, language: str) -> dict[str, Any]:
    """One contact's check."""
    return rows([told], actor=actor, language=language)[0]


def rows(told: Sequence[Told], *, actor: Actor, language: str) -> list[dict[str, Any]]:
    """Several, with the customers that the actor may read."""
    contacts = {
        each.pk: each for each in Contact.objects.filter(pk__in=[one.contact.pk for one in told])
    }
    named = {each.customer_id for each in contacts.values() if each.customer_id}
    customers = records.visible_among(named, actor=actor)
    people = _people(told)
    return [
        _row(each, contacts[each.contact.pk], customers, people, actor=actor, language=language)
        for each in told
    ]


def candidate(external: ExternalUser, *, seen: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Somebody in WeCom, with the numbers in the notes that one may read."""
    return {
        "external_id": external.external_id,
        "name": _first(external.names),
        "company": _first(external.companies),
        "numbers": sorted({number for each in seen for number in each["mobiles"]}),
    }


def settings() -> dict[str, Any]:
    """The sources as they are set up, and what is kept of them."""
    ways, readings = set_up.ways(), queries.readings()
    return {
        "uses_wecom": ways.uses_wecom,
        "uses_registry": ways.uses_registry,
        "is_strict": ways.is_strict,
        "provider": ways.provider,
        "base_url": ways.base_url,
        "has_key": bool(ways.key),
        "providers": list(PROVIDERS),
        "kept": queries.kept(),
        "readings": {
            source: {"at": readings[source].at, "problem": readings[source].problem}
            for source in SOURCES
            if source in readings
        },
    }


def _row(
    told: Told,
    contact: Contact,
    customers: Mapping[int, Any],
    people: Mapping[int, str],
    *,
    actor: Actor,
    language: str,
) -> dict[str, Any]:
    ways = set_up.ways()
    judged, owner = told.check, told.contact.owner_id
    customer = customers.get(contact.customer_id or 0)
    kept = None
    if judged is not None and judged.kept_at is not None:
        by = judged.kept_by_id or 0
        kept = {"at": judged.kept_at, "by": people.get(by, "—"), "why": judged.kept_why}
    return {
        "contact": {"id": told.contact.pk, "title": told.contact.title},
        "customer": {"id": customer.pk, "title": customer.title, "type": CUSTOMER.key}
        if customer
        else None,
        "owner": {"id": owner, "name": people.get(owner, "—")} if owner else None,
        "is_on": ways.is_on,
        "phone": _phone(contact, told),
        "version": contact.version,
        "state": _state(told),
        "sources": _sources(told, language) if judged else [],
        "checked_at": judged.checked_at if judged else None,
        "kept": kept,
        "wecom": _link(told, people, actor) if ways.uses_wecom else None,
        "may_decide": told.may_decide,
    }


def _state(told: Told) -> str:
    check = told.check
    if check is None:
        return "none"
    if check.is_mismatch:
        return queries.KEPT if check.kept_at else queries.OPEN
    return queries.MATCH if check.is_match else queries.UNKNOWN


def _sources(told: Told, language: str) -> list[dict[str, Any]]:
    said = told.check.said if told.check else {}
    found = []
    for source in SOURCES:
        one = said.get(source)
        if one is None or one["reason"] == Reason.SOURCE_OFF:
            continue
        numbers = list(told.numbers.get(source, ()))
        code = f"phonecheck.{source}.{one['reason']}"
        text = messages.say(code, language)
        if source == WECOM and one["verdict"] == Verdict.MISMATCH and told.has_more:
            text += messages.say("phonecheck.more", language)
        found.append(
            {
                "source": source,
                "name": messages.say(f"phonecheck.source.{source}", language),
                "verdict": one["verdict"],
                "reason": one["reason"],
                "text": text,
                "numbers": numbers if source == WECOM or one["numbers"] else [],
            }
        )
    return found


def _phone(contact: Contact, told: Told) -> str | None:
    spec = fields.specs_of("contact").get("phone")
    if told.knows_phone or spec is None:
        return contact.phone
    return values.masked(spec, contact.phone)


def _link(told: Told, people: Mapping[int, str], actor: Actor) -> dict[str, Any] | None:
    link = told.link
    if link is None:
        return None
    seen = queries.followers_seen(link.external, actor=actor, contact=told.contact)
    return {
        "name": _first(link.external.names) if seen else "",
        "company": _first(link.external.companies) if seen else "",
        "how": link.how,
        "is_gone": link.external.gone_at is not None,
        "followers": [people.get(each["person_id"] or 0) or str(each["user_id"]) for each in seen],
        "others": len(link.external.followers) - len(seen),
    }


def _people(told: Sequence[Told]) -> dict[int, str]:
    ids: set[int] = {each.contact.owner_id for each in told if each.contact.owner_id}
    ids |= {each.check.kept_by_id for each in told if each.check and each.check.kept_by_id}
    ids |= {one for each in told if each.link for one in _followers(each.link)}
    return identity.names_of(ids)


def _followers(link: ContactLink) -> Collection[int]:
    return {each["person_id"] for each in link.external.followers if each["person_id"]}


def _first(texts: Sequence[str]) -> str:
    return texts[0] if texts else ""
