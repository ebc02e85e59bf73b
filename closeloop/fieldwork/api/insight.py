"""What managers read out of follow-ups: progress, concreteness, doubts, stalled customers."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query

from closeloop.edge import problems
from closeloop.edge.router import SIGNED_IN
from closeloop.fieldwork import actions, standards
from closeloop.fieldwork.api.routing import router
from closeloop.fieldwork.insight import busy, hints, presenting, settings, stalled, texts, times
from closeloop.fieldwork.insight.hints import Figures
from closeloop.fieldwork.insight.scope import Asked
from closeloop.fieldwork.insight.settings import Settings
from closeloop.fieldwork.schemas.insight import (
    BusyBehind,
    BusyOut,
    CustomerInsight,
    DoubtsOut,
    DoubtsQuery,
    InsightQuery,
    InsightSettings,
    InsightSettingsIn,
    StalledOut,
    TextsOut,
    VagueTexts,
)
from closeloop.fieldwork.schemas.shared import Id
from closeloop.identity.actor import Actor
from closeloop.identity.queries import actor_of, names_of
from closeloop.org import queries as org
from closeloop.org.access import Capability
from closeloop.records import queries as records

MANAGE = f"admin:{Capability.MANAGE_FOLLOWUPS}"
PERIOD = timedelta(days=30)
PersonId = Annotated[Id, Path()]


@router.get("/fieldwork/insight/busy", permission=SIGNED_IN, response=BusyOut)
def read_busy(request: HttpRequest, asked: Query[InsightQuery]) -> dict[str, Any]:
    """Who is busy without progress: contacts against steps forward of the same customers."""
    wanted = _asked(asked)
    people = busy.people(wanted, settings.current(), actor=actor_of(request))
    active = [each for each in people if each.is_active]
    return {
        **_period(wanted),
        "people": [presenting.busy(each) for each in people],
        "active": len(active),
        "stuck": sum(each.is_stuck for each in active),
    }


@router.get("/fieldwork/insight/busy/{person_id}", permission=SIGNED_IN, response=BusyBehind)
def read_busy_behind(
    request: HttpRequest, person_id: PersonId, asked: Query[InsightQuery]
) -> dict[str, Any]:
    """The customers behind a person's figures, and hints for a talk with reasons."""
    wanted, actor, held = _asked(asked), actor_of(request), settings.current()
    subjects = busy.behind(wanted, person_id, actor=actor)
    people = busy.people(wanted, held, actor=actor)
    own = next((each for each in people if each.person_id == person_id), None)
    found = hints.hints_of(_figures(person_id, people, wanted, held, actor), held)
    return {
        **_period(wanted),
        "person": {"id": person_id, "name": names_of({person_id}).get(person_id, "—")},
        "figures": None if own is None else presenting.busy(own),
        "hints": presenting.hints(found, problems.language_of(request)),
        "subjects": subjects,
    }


@router.get("/fieldwork/insight/texts", permission=SIGNED_IN, response=TextsOut)
def read_texts(request: HttpRequest, asked: Query[InsightQuery]) -> dict[str, Any]:
    """How much of what was written is concrete, by person, with a sample of what is not."""
    wanted, actor, held = _asked(asked), actor_of(request), settings.current()
    people = texts.people(wanted, held, actor=actor)
    total, concrete = (sum(each[key] for each in people) for key in ("total", "concrete"))
    sample = texts.records(wanted, held, actor=actor)
    return {
        **_period(wanted),
        "total": total,
        "concrete": concrete,
        "share": round(concrete / total, 4) if total else None,
        "people": [presenting.texts(each) for each in people],
        "sample": [presenting.vague(*each) for each in sample],
    }


@router.get("/fieldwork/insight/texts/{person_id}", permission=SIGNED_IN, response=VagueTexts)
def read_vague_texts(
    request: HttpRequest, person_id: PersonId, asked: Query[InsightQuery]
) -> dict[str, Any]:
    """A person's vague texts, the newest first."""
    found = texts.records(
        _asked(asked), settings.current(), actor=actor_of(request), person_id=person_id
    )
    return {"items": [presenting.vague(*each) for each in found]}


@router.get("/fieldwork/insight/doubts", permission=SIGNED_IN, response=DoubtsOut)
def read_doubts(request: HttpRequest, asked: Query[DoubtsQuery]) -> dict[str, Any]:
    """What is doubtful, by person and verdict; false times and bursts."""
    wanted, actor = _asked(asked), actor_of(request)
    language = problems.language_of(request)
    items = times.doubtful(wanted, actor=actor, only_times=asked.times)
    return {
        **_period(wanted),
        "people": [presenting.counts(each) for each in times.doubts(wanted, actor=actor)],
        "items": [presenting.doubt(each, language) for each in items],
        "bursts": times.bursts(wanted, settings.current(), actor=actor),
    }


@router.get("/fieldwork/insight/stalled", permission=SIGNED_IN, response=StalledOut)
def list_stalled(request: HttpRequest) -> dict[str, Any]:
    """Records with high intent that stand still, the longest first."""
    rows = stalled.waiting(settings.current(), actor=actor_of(request))
    customers = stalled.customers_of(rows)
    return {"items": [presenting.stalled(row, customers[row.pk]) for row in rows]}


@router.get(
    "/fieldwork/insight/customers/{customer_id}", permission=SIGNED_IN, response=CustomerInsight
)
def read_customer_insight(
    request: HttpRequest, customer_id: Annotated[Id, Path()]
) -> dict[str, Any]:
    """A customer's last three contacts and how they ended; the technical contacts' part."""
    actor, now, held = actor_of(request), timezone.now(), settings.current()
    record = records.visible_record(customer_id, actor=actor)
    made = stalled.last_contacts(customer_id, held, now=now, actor=actor)
    return {
        "customer": presenting.record(record),
        "contacts": [presenting.contact_made(each) for each in made],
        "technical": stalled.technical_trend(customer_id, held, now=now, actor=actor),
    }


@router.get("/fieldwork/insight/settings", permission=SIGNED_IN, response=InsightSettings)
def read_insight_settings(request: HttpRequest) -> dict[str, Any]:
    """The thresholds, and the stock phrases that are known."""
    return _settings(settings.current(), actor_of(request))


@router.put("/fieldwork/insight/settings", permission=MANAGE, response=InsightSettings)
def change_insight_settings(request: HttpRequest, payload: InsightSettingsIn) -> dict[str, Any]:
    """Set the thresholds; every figure follows at once."""
    actor = actor_of(request)
    return _settings(actions.tune_insight(payload.dict(), actor=actor), actor)


def _settings(held: Settings, actor: Actor) -> dict[str, Any]:
    return {
        **{key: getattr(held, key) for key in settings.NUMBERS},
        "names": settings.names(),
        "phrases": standards.stock_phrases(),
        "can_change": org.access_of(actor).can(Capability.MANAGE_FOLLOWUPS),
    }


def _asked(asked: InsightQuery) -> Asked:
    until: datetime = asked.until or timezone.now()
    return Asked(asked.since or until - PERIOD, until, asked.unit)


def _period(asked: Asked) -> dict[str, Any]:
    return {"since": asked.since, "until": asked.until}


def _figures(
    person_id: int, people: list[busy.Busy], asked: Asked, held: Settings, actor: Actor
) -> Figures:
    own = next((each for each in people if each.person_id == person_id), None)
    wrote = texts.people(asked, held, actor=actor)
    text = next((each for each in wrote if each["author_id"] == person_id), None)
    doubts = times.doubts(asked, actor=actor)
    bursts = times.bursts(asked, held, actor=actor)
    return Figures(
        busy=own,
        usual_contacts=sum(each.contacts for each in people) / len(people) if people else 0,
        texts=text["total"] if text else 0,
        vague=text["vague"] if text else 0,
        open_doubts=sum(each["open"] for each in doubts if each["author_id"] == person_id),
        bursts=sum(each["person"]["id"] == person_id for each in bursts),
    )
