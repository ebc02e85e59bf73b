"""The things behind an exported figure, as rows: no title of a record that may not be exported."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from closeloop.engine.metrics import Format
from closeloop.metrics import definitions, presenting, queries
from closeloop.metrics.exporting import words
from closeloop.metrics.exporting.reading import Reader
from closeloop.metrics.queries import Asked, Behind
from closeloop.metrics.queries.behind import Part
from closeloop.org import queries as org
from closeloop.org.access import Access, Verb
from closeloop.records import queries as records
from closeloop.records.models import Record

MOST = 10_000


@dataclass(frozen=True)
class Things:
    """What was counted, the newest first, and a plain sentence where there is more."""

    head: Sequence[str]
    rows: Sequence[Sequence[Any]]
    cut: str = ""


def things_behind(asked: Asked, *, reader: Reader, most: int = MOST) -> Things:
    """All the things behind a figure, up to so many. Raises MetricNotFound."""
    metric = definitions.held(asked.metric).metric
    part: Part = "hit" if metric.format is Format.SUM else "all"
    wanted = Behind(
        metric=asked.metric, period=asked.period, part=part, unit=asked.unit,
        person=asked.person, kind=asked.kind,
    )  # fmt: skip
    found, more = queries.things(wanted, cursor=None, limit=most, actor=reader.actor)
    told = presenting.things(found, metric, actor=reader.actor)
    seen = exportable({each["record"]["id"] for each in told if each["record"]}, reader)
    is_judged = metric.format in (Format.MET, Format.MISSED)
    language = reader.language
    keys = ["at", "measure", "kind", "record", "record_id", "person", "unit"]
    head = [words.say(f"thing.{key}", language) for key in (*keys, *(["met"] if is_judged else []))]
    cut = words.say("cut_things", language, {"shown": f"{most:,}"}) if more else ""
    return Things(head, [_row(each, seen, is_judged, language) for each in told], cut)


def _row(
    told: Mapping[str, Any], seen: Mapping[int, Record], is_judged: bool, language: str
) -> list[Any]:
    record = seen.get(told["record"]["id"]) if told["record"] else None
    row = [
        told["at"],
        told["measure"].get(language, ""),
        (told["kind"] or {}).get(language, ""),
        words.say("closed", language) if record is None else record.title,
        None if record is None else record.pk,
        (told["person"] or {}).get("name"),
        told["unit"],
    ]
    if is_judged:
        row.append(words.say("yes" if told["is_met"] else "no", language))
    return row


def exportable(ids: Collection[int], reader: Reader) -> dict[int, Record]:
    """Those of some records that may leave with the reader, by id."""
    access = org.access_of(reader.actor)
    found = records.visible_among(ids, actor=reader.actor)
    return {key: each for key, each in found.items() if _may_leave(access, each)}


def _may_leave(access: Access, record: Record) -> bool:
    reach = access.reach(record.type, Verb.EXPORT)
    return reach.covers(owner_id=record.owner_id, unit_id=record.unit_id)
