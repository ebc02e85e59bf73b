"""What became of the leads on a path: by version, by step, by grade; each figure opens down."""

from collections.abc import Mapping, Sequence
from typing import Any

from closeloop.edge import messages, statements
from closeloop.engine import nurture
from closeloop.engine.nurture import Path as Parsed
from closeloop.identity.actor import Actor
from closeloop.nurture import models, sentences
from closeloop.nurture.plugs import plugs
from closeloop.nurture.queries import reach
from closeloop.nurture.queries import templates as template_queries

_STATES = """
    SELECT e.state, e.reason, count(*)
    FROM nurture_enrolment e JOIN records_record r ON r.id = e.record_id
    JOIN nurture_pathversion v ON v.id = e.version_id
    WHERE e.path_id = %s AND (%s::int IS NULL OR v.number = %s) AND {where} GROUP BY 1, 2
"""
_REACHED = """
    SELECT g.grade, array_agg(DISTINCT g.enrolment_id)
    FROM nurture_reached g JOIN nurture_enrolment e ON e.id = g.enrolment_id
    JOIN records_record r ON r.id = e.record_id
    JOIN nurture_pathversion v ON v.id = e.version_id
    WHERE e.path_id = %s AND (%s::int IS NULL OR v.number = %s) AND {where} GROUP BY 1
"""
_REACHED_BY_PATH = """
    SELECT e.path_id, g.grade, array_agg(DISTINCT g.enrolment_id)
    FROM nurture_reached g JOIN nurture_enrolment e ON e.id = g.enrolment_id
    JOIN records_record r ON r.id = e.record_id
    WHERE {where} GROUP BY 1, 2
"""
_TAKEN = """
    SELECT t.step, count(DISTINCT t.enrolment_id)
    FROM nurture_taken t JOIN nurture_enrolment e ON e.id = t.enrolment_id
    JOIN records_record r ON r.id = e.record_id
    JOIN nurture_pathversion v ON v.id = e.version_id
    WHERE e.path_id = %s AND (%s::int IS NULL OR v.number = %s) AND {where} GROUP BY 1
"""
_SENT = """
    SELECT m.step, m.state, CASE WHEN m.state IN ('skipped', 'dead') THEN m.error_code ELSE '' END,
           count(*), count(m.opened_at), count(m.clicked_at)
    FROM nurture_message m JOIN records_record r ON r.id = m.record_id
    JOIN nurture_pathversion v ON v.id = m.version_id
    WHERE m.path_id = %s AND (%s::int IS NULL OR v.number = %s) AND {where} GROUP BY 1, 2, 3
"""
_WAITING = ("waiting", "sending", "failed")


def report(
    found: models.Path, number: int | None, *, actor: Actor, language: str
) -> dict[str, Any]:
    """A path's figures, of one version or of all together, of leads within reach.

    `reached` of a step are the leads that came to it; `opened` and `clicked` are leads, not times.
    """
    where, params = reach.of_leads(actor)
    asked = [found.pk, number, number, *params]
    states = statements.rows(_STATES.format(where=where), asked)
    by_state = dict.fromkeys(("running", "done", "left"), 0)
    reasons: dict[str, int] = {}
    for state, reason, count in states:
        by_state[state] += count
        if state == "left":
            reasons[reason] = reasons.get(reason, 0) + count
    started = sum(by_state.values())
    return {
        "version": number,
        "versions": sorted((each.number for each in found.versions.all()), reverse=True),
        "started": started,
        **by_state,
        "reasons": [
            {**each, "share": share(each["count"], started)}
            for each in _reasons(found, reasons, language)
        ],
        "grades": grades(
            found, statements.rows(_REACHED.format(where=where), asked), started, language
        ),
        "steps": _steps(
            found,
            number,
            dict(statements.rows(_TAKEN.format(where=where), asked)),
            statements.rows(_SENT.format(where=where), asked),
            language,
        ),
    }


def reached(actor: Actor) -> dict[int, list[tuple[str, list[int]]]]:
    """The enrolments that reached each grade, by path, of leads within reach."""
    where, params = reach.of_leads(actor)
    found: dict[int, list[tuple[str, list[int]]]] = {}
    rows = statements.rows(_REACHED_BY_PATH.format(where=where), params)
    for path_id, grade, enrolments in rows:
        found.setdefault(path_id, []).append((grade, enrolments))
    return found


def share(part: int, whole: int) -> float | None:
    """A part of a whole; nothing is said of nothing."""
    return round(part / whole, 4) if whole else None


def reason_name(definitions: Sequence[Mapping[str, Any]], reason: str, language: str) -> str:
    """Why leads left, in words: a rule of the path in any version, or one that always holds."""
    for definition in definitions:
        for leave in definition.get("leaves") or ():
            if leave.get("key") == reason:
                return sentences.in_language(leave.get("name"), language)
    code = f"nurture.left.{reason}"
    return messages.say(code, language) if code in messages.catalogue() else reason


def _reasons(found: models.Path, reasons: Mapping[str, int], language: str) -> list[dict[str, Any]]:
    definitions = [each.definition for each in found.versions.all()]
    return [
        {"key": key, "name": reason_name(definitions, key, language), "count": count}
        for key, count in sorted(reasons.items(), key=lambda each: -each[1])
    ]


def grades(
    found: models.Path, rows: Sequence[Sequence[Any]], started: int, language: str
) -> list[dict[str, Any]]:
    """Leads that reached each grade or a higher one after they had begun."""
    by_grade = {grade: set(ids) for grade, ids in rows}
    told: list[dict[str, Any]] = []
    above: set[int] = set()
    for key, name in plugs.grades(found.record_type):
        above = above | by_grade.get(key, set())
        told.append(
            {
                "key": key,
                "name": sentences.in_language(name, language),
                "count": len(above),
                "share": share(len(above), started),
            }
        )
    return list(reversed(told))


def _steps(
    found: models.Path,
    number: int | None,
    taken: Mapping[str, int],
    sent: Sequence[Sequence[Any]],
    language: str,
) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for step, state, reason, count, opened, clicked in sent:
        row = rows.setdefault(step, _no_messages())
        if state == "skipped":
            row["skipped"] += count
            name = template_queries.reason_text(reason, language)
            row["skips"].append({"reason": reason, "name": name, "count": count})
        else:
            row["waiting" if state in _WAITING else state] += count
        row["opened"] += opened
        row["clicked"] += clicked
    listed: list[dict[str, Any]] = []
    for parsed in _parsed(found, number):
        for step in parsed.all_steps:
            if all(each["step"] != step.key for each in listed):
                row = rows.get(step.key) or _no_messages()
                row["skips"].sort(key=lambda each: -each["count"])
                listed.append(
                    {
                        "step": step.key,
                        "kind": step.kind.value,
                        "name": sentences.of_step(step, parsed.record_type, language),
                        "reached": taken.get(step.key, 0),
                        **row,
                        "open_share": share(row["opened"], row["sent"]),
                        "click_share": share(row["clicked"], row["sent"]),
                    }
                )
    return listed


def _parsed(found: models.Path, number: int | None) -> list[Parsed]:
    """The version asked for, or all of them, the current one first."""
    versions = sorted(found.versions.all(), key=lambda each: (not each.is_current, -each.number))
    chosen = [each for each in versions if number is None or each.number == number]
    return [nurture.parse_path(each.definition) for each in chosen]


def _no_messages() -> dict[str, Any]:
    figures = ("sent", "waiting", "opened", "clicked", "unknown", "dead", "skipped")
    return {**dict.fromkeys(figures, 0), "skips": []}
