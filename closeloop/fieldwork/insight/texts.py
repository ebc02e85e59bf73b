"""How much of what people write says what was done (D08), with the records behind.

Vague is a text that is too short, says nothing but stock phrases, or copies one of its author's
last ten; the latter two were found when it was recorded, and are not counted once a superior found
them harmless. Everything else is concrete.
"""

from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    OuterRef,
    Value,
    When,
)
from django.db.models.functions import Length

from closeloop.engine.evidence.doubts import DoubtKind
from closeloop.fieldwork.insight import scope
from closeloop.fieldwork.insight.scope import Asked
from closeloop.fieldwork.insight.settings import Settings
from closeloop.fieldwork.models import FollowUp, FollowUpDoubt, Verdict
from closeloop.identity.actor import Actor

SHORT, STOCK, COPIED, CONCRETE = "short", "stock", "copied", "concrete"
SAMPLE = 5
"""So many records are shown beside the figure (D08); all of them behind a person's."""
MOST_SHOWN = 100


def people(asked: Asked, settings: Settings, *, actor: Actor) -> list[dict[str, Any]]:
    """Each person's texts by why they are vague, the vaguest first."""
    judged = _judged(asked, settings, actor=actor).order_by()
    rows = judged.values_list("author_id", "author__name", "why").annotate(Count("pk"))
    held: dict[int, dict[str, Any]] = {}
    for author_id, name, why, count in rows:
        blank = dict.fromkeys((SHORT, STOCK, COPIED, CONCRETE), 0)
        told = held.setdefault(author_id, {"author_id": author_id, "name": name, **blank})
        told[why] += count
    for told in held.values():
        told["vague"] = told[SHORT] + told[STOCK] + told[COPIED]
        told["total"] = told["vague"] + told[CONCRETE]
    return sorted(
        held.values(), key=lambda each: (-each["vague"] / each["total"], each["author_id"])
    )


def records(
    asked: Asked, settings: Settings, *, actor: Actor, person_id: int | None = None
) -> list[tuple[FollowUp, str]]:
    """The newest vague texts and why each is: five of everybody's, or one person's.

    Raises PersonNotYours.
    """
    if person_id is not None:
        scope.require_person(person_id, actor=actor)
    judged = _judged(asked, settings, actor=actor, person_id=person_id)
    shown = (
        judged.filter(why__in=(SHORT, STOCK, COPIED))
        .select_related("author", "record")
        .order_by("-at", "-pk")
    )
    most = SAMPLE if person_id is None else MOST_SHOWN
    return [(each, each.why) for each in shown[:most]]


def _judged(asked: Asked, settings: Settings, *, actor: Actor, person_id: int | None = None) -> Any:
    def doubted(kind: DoubtKind) -> Exists:
        doubts = FollowUpDoubt.objects.filter(followup=OuterRef("pk"), kind=kind)
        return Exists(doubts.exclude(verdict=Verdict.ACCEPTED))

    found = scope.counted(asked, actor=actor, person_id=person_id)
    why = Case(
        When(doubted(DoubtKind.STOCK_PHRASE), then=Value(STOCK)),
        When(doubted(DoubtKind.COPIED_TEXT), then=Value(COPIED)),
        When(length__lt=settings.vague_length, then=Value(SHORT)),
        default=Value(CONCRETE),
        output_field=CharField(),
    )
    return found.annotate(length=Length("text")).annotate(why=why)
