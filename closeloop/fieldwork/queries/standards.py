"""Standards for whoever manages them, and what a draft would have made of last month."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from closeloop.engine import evidence
from closeloop.engine.evidence import Applies, Occasion
from closeloop.fieldwork import standards as book
from closeloop.fieldwork.errors import StandardNotFound, StandardUnfit
from closeloop.fieldwork.models import FollowUp, Standard, StandardVersion
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.models import Position
from closeloop.records import queries as records

AT_MOST = 5000
"""So many of the latest follow-ups are judged anew; more say nothing else."""


def standards() -> QuerySet[Standard]:
    """Every standard with its versions, those that hold first."""
    versions = StandardVersion.objects.select_related("published_by").order_by("-number")
    return (
        Standard.objects.select_related("drafted_by")
        .prefetch_related(Prefetch("versions", versions))
        .order_by("-is_active", "key")
    )


def standard(key: str) -> Standard:
    """One standard with its versions; raises StandardNotFound."""
    found = standards().filter(key=key).first()
    if found is None:
        raise StandardNotFound({"key": key})
    return found


def used(key: str) -> dict[int, dict[str, int]]:
    """By version number: how many follow-ups were judged by it, and how many of them count."""
    rows = (
        FollowUp.objects.filter(standard__standard__key=key)
        .values("standard__number")
        .annotate(judged=Count("pk"), counted=Count("pk", filter=Q(state="counted")))
    )
    return {
        row["standard__number"]: {"judged": row["judged"], "counted": row["counted"]}
        for row in rows
    }


def rehearse(
    key: str,
    definition: Mapping[str, Any],
    *,
    since: datetime,
    until: datetime,
    actor: Actor,
) -> dict[str, Any]:
    """What follow-ups of a period would have been, had the draft held: how many would count.

    Only those that it would have been chosen for; each is judged by what was reported then.
    Raises StandardUnfit.
    """
    draft = _draft(key, definition)
    candidates = [
        book.applies_of(key, definition),
        *(held.applies for name, held in book.current().items() if name != key),
    ]
    found = FollowUp.objects.filter(records.within_reach(actor=actor, prefix="record__"))
    found = found.filter(at__gte=since, at__lt=until).prefetch_related("uploads")
    rows = list(found.order_by("-at", "-pk")[:AT_MOST])
    concerned = _concerned(rows, candidates)
    told = Counter[str]()
    missed = Counter[str]()
    for row in concerned:
        judgement = evidence.judge(draft, _proofs(row, draft), now=row.at)
        was, would = row.state == "counted", isinstance(judgement, evidence.Complete)
        told.update(
            counted_before=was,
            counted_after=would,
            gained=would and not was,
            lost=was and not would,
        )
        if isinstance(judgement, evidence.Incomplete):
            missed.update(each.item_key for each in judgement.missing)
    return {
        "looked_at": len(rows),
        "concerned": len(concerned),
        **{name: told[name] for name in ("counted_before", "counted_after", "gained", "lost")},
        "missed": [{"item": key, "count": count} for key, count in sorted(missed.items())],
    }


def _draft(key: str, definition: Mapping[str, Any]) -> evidence.Standard:
    problems = book.find_problems(key, definition)
    if problems:
        raise StandardUnfit({"problems": [each.as_data() for each in problems]})
    return book.parse(key, 0, definition)


def _concerned(rows: Sequence[FollowUp], candidates: Sequence[Applies]) -> list[FollowUp]:
    """Those for which the first of some standards would have been chosen."""
    authors = {row.author_id for row in rows}
    positions = Position.objects.filter(user_id__in=authors, is_primary=True)
    homes = dict(positions.values_list("user_id", "unit_id"))
    found = []
    for row in rows:
        contact = Occasion(
            kind=row.kind,
            record_type=row.record_type,
            stage=row.stage,
            units=book.units_above(homes.get(row.author_id)),
        )
        chosen = evidence.choose(candidates, contact)
        if chosen is not None and chosen.key == candidates[0].key:
            found.append(row)
    return found


def units() -> list[dict[str, Any]]:
    """The units by which a standard may be narrowed."""
    return [{"id": key, "name": name} for key, name in org.unit_names().items()]


def _proofs(row: FollowUp, standard: evidence.Standard) -> dict[str, object]:
    sent = [each.kind for each in row.uploads.all()]
    found: dict[str, object] = {}
    main = book.main_text(standard)
    for item in standard.items:
        match item.kind:
            case evidence.EvidenceKind.FILES:
                found[item.key] = sent.count(item.key)
            case evidence.EvidenceKind.TEXT:
                is_main = item.key == main
                found[item.key] = row.text if is_main else row.store.get(item.key)
            case evidence.EvidenceKind.NEXT_DATE:
                found[item.key] = row.next_at
            case evidence.EvidenceKind.PLACE:
                found[item.key] = row.place
            case evidence.EvidenceKind.TICK:
                found[item.key] = item.key in row.ticks
    return found
