"""Judging contacts' phones by both sources, and recording what is new about it."""

from collections.abc import Collection, Sequence
from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.customers.catalogue import CONTACT
from closeloop.edge import messages
from closeloop.engine import phonecheck as rule
from closeloop.engine.phonecheck import Judgement, Verdict
from closeloop.identity.actor import Actor
from closeloop.phonecheck import about as facts
from closeloop.phonecheck import set_up
from closeloop.phonecheck.about import About
from closeloop.phonecheck.actions import linking
from closeloop.phonecheck.actions.asking import look_up_later
from closeloop.phonecheck.models import Check
from closeloop.phonecheck.set_up import Ways

WECOM, REGISTRY = "wecom", "registry"
SOURCES = (WECOM, REGISTRY)
CATCH_UP = "phonecheck.catch_up"
AT_ONCE = 500


def check(contact_ids: Collection[int], *, actor: Actor) -> int:
    """Judge these contacts' phones now; gives how many disagree with a source.

    Nothing is asked over the network here: what the registry does not hold yet is asked for later.
    """
    ways = set_up.ways()
    if not ways.is_on or not contact_ids:
        return 0
    contacts = facts.contacts_among(contact_ids)
    with_phone = [each for each in contacts if each.phone]
    without = [each.pk for each in contacts if not each.phone]
    Check.objects.filter(contact_id__in=without).delete()
    linking.link_known(with_phone)
    found = facts.about(with_phone)
    judged = [(each, _judged(each, ways)) for each in found]
    _write(judged, actor=actor)
    look_up_later(with_phone, ways)
    return sum(_disagrees(said) for _each, said in judged)


def check_changed(contact_ids: Sequence[int], *, actor: Actor) -> None:
    """Judge as many as one request may wait for; a worker judges the rest."""
    check(contact_ids[:AT_ONCE], actor=actor)
    if len(contact_ids) > AT_ONCE:
        check_the_rest_later()


def check_the_rest_later() -> None:
    """Have a worker judge every phone that was not judged as it now is."""
    app.configure_task(CATCH_UP).defer()


def _judged(each: About, ways: Ways) -> dict[str, Judgement]:
    phone = each.contact.phone or ""
    return {
        WECOM: rule.by_wecom(phone, each.noted) if ways.uses_wecom else rule.OFF,
        REGISTRY: rule.by_registry(
            phone,
            each.contact.name,
            each.company,
            has_customer=each.contact.customer_id is not None,
            others=each.others,
            is_strict=ways.is_strict,
        )
        if ways.uses_registry
        else rule.OFF,
    }


def _disagrees(said: dict[str, Judgement]) -> bool:
    return any(each.verdict == Verdict.MISMATCH for each in said.values())


def _write(judged: Sequence[tuple[About, dict[str, Judgement]]], *, actor: Actor) -> None:
    now = timezone.now()
    rows, happenings = [], []
    for each, said in judged:
        row = _row(each, said)
        row.checked_at = now
        rows.append(row)
        verb = _verb(each.before, row)
        if verb:
            happenings.append(_happening(verb, each, said))
    Check.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["contact"],
        update_fields=[
            "phone", "said", "is_mismatch", "is_match", "checked_at", "kept_at", "kept_by",
            "kept_why",
        ],
    )  # fmt: skip
    activity.record_all(happenings, actor=actor)


def _row(each: About, said: dict[str, Judgement]) -> Check:
    """The check as it now is; a decision holds as long as phone and what is said stay."""
    told = {source: _as_data(judgement) for source, judgement in said.items()}
    verdicts = {judgement.verdict for judgement in said.values()}
    is_mismatch = Verdict.MISMATCH in verdicts
    row = Check(
        contact_id=each.contact.pk,
        phone=each.contact.phone or "",
        said=told,
        is_mismatch=is_mismatch,
        is_match=Verdict.MATCH in verdicts and not is_mismatch,
    )
    before = each.before
    if before is not None and is_mismatch and _is_same(before, row):
        row.kept_at, row.kept_by_id = before.kept_at, before.kept_by_id
        row.kept_why = before.kept_why
    return row


def _is_same(before: Check, row: Check) -> bool:
    return before.phone == row.phone and before.said == row.said


def _verb(before: Check | None, row: Check) -> str:
    if row.is_mismatch:
        return "" if before is not None and _is_same(before, row) else "contact.phone_doubted"
    return "contact.phone_settled" if before is not None and before.is_mismatch else ""


def _happening(verb: str, each: About, said: dict[str, Judgement]) -> Happening:
    """Which sources disagree; the numbers themselves are not written into the record."""
    named = [source for source, one in said.items() if one.verdict == Verdict.MISMATCH]
    return Happening(
        verb,
        record_id=each.contact.pk,
        record_type=CONTACT.key,
        unit_id=each.contact.unit_id,
        data={"sources": named, "who": _names(named)} if named else {},
    )


def _names(sources: Sequence[str]) -> dict[str, str]:
    return {
        language: messages.say("phonecheck.and", language).join(
            messages.say(f"phonecheck.source.{source}", language) for source in sources
        )
        for language in (messages.DEFAULT, messages.ENGLISH)
    }


def _as_data(judgement: Judgement) -> dict[str, Any]:
    return {
        "verdict": judgement.verdict.value,
        "reason": judgement.reason.value,
        "numbers": list(judgement.theirs),
    }
