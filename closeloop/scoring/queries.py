"""Scorecards for those who keep them; what a record's score is made of; who would move."""

from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils import timezone

from closeloop.behaviour.kinds import KINDS
from closeloop.edge import messages, statements
from closeloop.engine import scoring
from closeloop.engine.scoring import COUNT, Counter, Scorecard
from closeloop.engine.scoring import SCORE as SCORE_FACT
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Verb
from closeloop.records.types import registry
from closeloop.scoring import counting, errors, facts, models, scorecards, sentences
from closeloop.scoring.models import LearnedModel, LearnedScore, ScorecardVersion
from closeloop.scoring.models import Score as Kept
from closeloop.sla.subjects import subjects

MOST_PREVIEWED = 20_000
EXAMPLES = 5
_AT_ONCE = 5000
_BAND = 10


def all_scorecards() -> list[models.Scorecard]:
    """Every scorecard with its versions."""
    return list(models.Scorecard.objects.prefetch_related("versions").order_by("key"))


def scorecard(key: str) -> models.Scorecard:
    """One scorecard; raises ScorecardNotFound."""
    found = (
        models.Scorecard.objects.prefetch_related("versions__published_by").filter(key=key).first()
    )
    if found is None:
        raise errors.ScorecardNotFound({"key": key})
    return found


def current_version(found: models.Scorecard) -> ScorecardVersion | None:
    """The version by which records are scored, of a scorecard with its versions."""
    return next((each for each in found.versions.all() if each.is_current), None)


def checked(
    definition: Mapping[str, Any], language: str
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The problems of a definition, each with its message, or else its sentences."""
    catalogue = facts.catalogue_of(str(definition.get("about")))
    found = scoring.find_problems(definition, catalogue, kinds=KINDS)
    if found:
        return [_problem(each.as_data(), language) for each in found], {}
    return [], sentences.of_card(scorecards.parsed(definition), language)


def said(definition: Mapping[str, Any] | None, language: str) -> dict[str, str]:
    """The sentences of a definition; none while it has problems."""
    return checked(definition, language)[1] if definition else {}


def catalogue(about: str) -> dict[str, Any]:
    """What the editor offers: facts, kinds of behaviour and what they carry, stages."""
    known = facts.catalogue_of(about)
    return {
        "facts": [
            {
                "key": fact.key,
                "name": dict(fact.label),
                "type": fact.type.value,
                "choices": list(fact.choices or ()),
            }
            for fact in known.values()
        ],
        "kinds": [
            {"key": kind.key, "name": dict(kind.name), "data": list(kind.data)}
            for kind in KINDS.values()
        ],
        "stages": [
            {"key": key, "name": dict(name)} for key, name in subjects.stages(about).items()
        ],
        "score": {"key": SCORE_FACT, "prefix": COUNT},
    }


def kept_score(record_id: int) -> Kept | None:
    """A record's score with the version that it was counted by, in one query."""
    return Kept.objects.select_related("version__scorecard").filter(record_id=record_id).first()


def current_model(about: str) -> LearnedModel | None:
    """The model that speaks of records of a type, or None."""
    return LearnedModel.objects.filter(about=about, is_current=True).first()


def models_of(about: str) -> list[LearnedModel]:
    """The models of a type without their content, the newest first."""
    return list(LearnedModel.objects.filter(about=about).defer("content").order_by("-number")[:20])


def learned_score(record_id: int) -> LearnedScore | None:
    """What the current model says of a record, or None."""
    return (
        LearnedScore.objects.select_related("model")
        .defer("model__content")
        .filter(record_id=record_id, model__is_current=True)
        .first()
    )


@dataclass
class Move:
    """Records that would change from one grade to another."""

    count: int = 0
    examples: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Preview:
    """Who would move by other rules, among the newest records within reach."""

    records: int = 0
    is_partial: bool = False
    changed: int = 0
    moves: dict[tuple[str | None, str | None], Move] = field(default_factory=dict)
    before: Tally[int] = field(default_factory=Tally)
    after: Tally[int] = field(default_factory=Tally)


def preview(card: Scorecard, *, actor: Actor) -> Preview:
    """What publishing would change: counts by grade from and to, with examples; nothing is written.

    At most 20,000 records, the newest. Raises ConditionInvalid.
    """
    counter = Counter(card, facts.catalogue_of(card.about))
    found, today = Preview(), timezone.localdate()
    rows = _standing(card.about, actor)
    found.is_partial = len(rows) > MOST_PREVIEWED
    standing = {row[0]: row[1:] for row in rows[:MOST_PREVIEWED]}
    ids = list(standing)
    for start in range(0, len(ids), _AT_ONCE):
        for record_id, scored in counting.scored(
            counter, ids[start : start + _AT_ONCE], today=today
        ):
            title, score, grade = standing[record_id]
            found.records += 1
            found.before[_band(score or 0)] += 1
            found.after[_band(scored.score)] += 1
            found.changed += score != scored.score
            if grade != scored.grade:
                move = found.moves.setdefault((grade, scored.grade), Move())
                move.count += 1
                if len(move.examples) < EXAMPLES:
                    record = {"id": record_id, "type": card.about, "title": title}
                    move.examples.append(
                        {"record": record, "from_score": score, "to_score": scored.score}
                    )
    return found


def _standing(about: str, actor: Actor) -> Sequence[tuple[Any, ...]]:
    kind = registry.get(about)
    scope, params = org.access_of(actor).reach(about, Verb.READ).where("r")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT r.id, x.title, r.score, r.grade FROM {kind.table} r"
            " JOIN records_record x ON x.id = r.id"
            f" WHERE r.deleted_at IS NULL AND {scope}"
            f" ORDER BY r.id DESC LIMIT {MOST_PREVIEWED + 1}",
            params,
        )
        return list(cursor.fetchall())


def distribution(about: str) -> list[tuple[str | None, int, float]]:
    """How many records have which grade, and their mean score."""
    kind = registry.get(about)
    rows = statements.rows(
        f"SELECT r.grade, count(*), coalesce(avg(r.score), 0)::float8 FROM {kind.table} r"
        " WHERE r.deleted_at IS NULL GROUP BY 1 ORDER BY 2 DESC",
        [],
    )
    return [(row[0], row[1], row[2]) for row in rows]


def _band(score: int) -> int:
    return score // _BAND * _BAND


def _problem(data: dict[str, Any], language: str) -> dict[str, Any]:
    prefix = "flow_problem" if str(data["code"]).startswith("condition.") else "problem"
    return {**data, "message": messages.say(f"{prefix}.{data['code']}", language, data["data"])}
