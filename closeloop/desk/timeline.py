"""What happened to a record, as sentences in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from closeloop.activity.models import Entry
from closeloop.desk import details
from closeloop.desk.reader import Reader
from closeloop.edge import cursors, messages
from closeloop.fields import queries as fields
from closeloop.identity import queries as identity
from closeloop.pool import rights as pool
from closeloop.process import blueprints
from closeloop.process.models import Blueprint
from closeloop.records.kin import kin
from closeloop.records.models import Comment, Record
from closeloop.records.types import registry

KINDS: Mapping[str, tuple[str, ...]] = {
    "moves": (".stage_entered", ".opening_entered", "process.record_migrated"),
    "blocked": ("process.move_blocked",),
    "changes": (".changed", ".assigned", ".created", ".removed", ".restored"),
    "comments": ("record.commented", "record.comment_removed"),
    "files": ("file.attached", "file.removed"),
}


@dataclass(frozen=True)
class Told:
    """One thing that happened, told."""

    id: int
    at: datetime
    verb: str
    actor: dict[str, Any] | None
    text: str
    data: Mapping[str, Any]
    corrects: int | None


def timeline_of(
    record_id: int,
    *,
    record_type: str,
    cursor: str | None,
    kinds: Sequence[str],
    limit: int,
    reader: Reader,
) -> tuple[list[Told], str | None]:
    """A page of a record's history, newest first, with that of the records that went into it."""
    told_of = [record_id, *kin.of(record_type, record_id)]
    entries = Entry.objects.filter(record_id__in=told_of).order_by("-id")
    if cursor:
        entries = entries.filter(id__lt=cursors.decode(cursor, "bigint")[0])
    wanted = [ending for kind in kinds for ending in KINDS.get(kind, ())]
    if wanted:
        entries = entries.filter(_any_ending(wanted))
    found = list(entries[: limit + 1])
    shown = found[:limit]
    more = cursors.encode(shown[-1].id) if len(found) > limit else None
    return tell(shown, reader, covered=_covered(record_id, reader)), more


def tell(
    entries: Sequence[Entry], reader: Reader, *, covered: frozenset[str] = frozenset()
) -> list[Told]:
    """Entries as sentences, without the values of fields that the reader must not learn.

    `covered` are fields that are masked on the record itself, beside those of its type.
    """
    people = {entry.actor_id for entry in entries} | {
        entry.data.get(key) for entry in entries for key in ("from_owner", "to_owner")
    }
    names = identity.names_of({person for person in people if person is not None})
    said = {entry.data.get("comment_id") for entry in entries} - {None}
    comments = dict(Comment.objects.filter(pk__in=said).values_list("pk", "text")) if said else {}
    _name_types(entries)
    return [_tell(entry, reader, names, comments, covered) for entry in entries]


def _covered(record_id: int, reader: Reader) -> frozenset[str]:
    """The fields of a record that are masked because it lies in a pool."""
    place = Record.objects.filter(pk=record_id, owner=None).values("type", "unit_id").first()
    if place is None:
        return frozenset()
    return pool.masked_fields(place["type"], reader.access, owner_id=None, unit_id=place["unit_id"])


def _name_types(entries: Sequence[Entry]) -> None:
    """Give the record's type to entries that only name the record."""
    bare = {entry.record_id for entry in entries if entry.record_id and not entry.record_type}
    types = dict(Record.objects.filter(pk__in=bare).values_list("pk", "type")) if bare else {}
    for entry in entries:
        entry.record_type = entry.record_type or types.get(entry.record_id or 0, "")


def _tell(
    entry: Entry,
    reader: Reader,
    names: Mapping[int, str],
    comments: Mapping[int, str],
    covered: frozenset[str],
) -> Told:
    language = reader.language
    data = _told_data(entry, reader, covered)
    words = {
        **{key: _spoken(value, language) for key, value in data.items()},
        **_stage_names(entry, data, language),
        **_grade_names(entry, data, language),
        "from_owner": names.get(data.get("from_owner") or 0, "—"),
        "to_owner": names.get(data.get("to_owner") or 0, "—"),
        "fields": _field_names(entry, data, language),
        "missing": len(data.get("missing") or ())
        if isinstance(data.get("missing"), list)
        else data.get("missing", 0),
        "type": _type_name(entry.record_type, language),
        "comment": comments.get(data.get("comment_id") or 0, ""),
        "item": _item_name(entry, data.get("item"), language),
        "name": _in_language(data.get("name"), language),
        "record_type": _type_name(str(data.get("record_type", "")), language),
        "blueprint": _process_name(data.get("blueprint"), language),
    }
    ending = entry.verb.split(".", 1)[1]
    code = f"verb.{entry.verb}"
    if code not in messages.catalogue():
        code = f"verb.*.{ending}"
    actor = (
        None
        if entry.actor_id is None
        else {
            "id": entry.actor_id,
            "name": names.get(entry.actor_id, "—"),
        }
    )
    if data.get("comment_id"):
        data["comment"] = comments.get(data["comment_id"], "")
    return Told(
        id=entry.id,
        at=entry.at,
        verb=entry.verb,
        actor=actor,
        text=messages.say(code, language, words) + _beside(entry, data, language),
        data=data,
        corrects=entry.corrects_id,
    )


def _told_data(entry: Entry, reader: Reader, covered: frozenset[str]) -> dict[str, Any]:
    """An entry's data as the reader may know it; missing items in the form that screens take."""
    hidden = reader.hidden_in(entry.record_type) | covered
    data = dict(entry.data)
    for part in ("changes", "values", "derived"):
        if hidden and isinstance(data.get(part), dict):
            data[part] = {key: value for key, value in data[part].items() if key not in hidden}
    if isinstance(data.get("missing"), list):
        data["missing"] = [
            details.missing_row(entry.record_type, item, reader, untold=hidden)
            for item in data["missing"]
        ]
    return data


def _any_ending(endings: Sequence[str]) -> Q:
    found = Q()
    for ending in endings:
        found |= Q(verb__endswith=ending)
    return found


def _stage_names(entry: Entry, data: Mapping[str, Any], language: str) -> dict[str, str]:
    keys = ("from", "to", "stage")
    return {key: _stage_name(entry, data[key], language) for key in keys if key in data}


def _stage_name(entry: Entry, key: Any, language: str) -> str:
    version = blueprints.current_of(entry.record_type) if entry.record_type else None
    for stage in version.stages if version else ():
        if stage.key == key:
            return stage.name.get(language, stage.key)
    return str(key or "—")


def _beside(entry: Entry, data: Mapping[str, Any], language: str) -> str:
    """What any entry may say beside its verb: why somebody did it, which values nobody gave."""
    specs = fields.specs_of(entry.record_type)
    because = messages.say("desk.because", language, data) if data.get("because") else ""
    return because + "".join(
        messages.say(
            "desk.derived",
            language,
            {
                "field": specs[key].name.get(language, key) if key in specs else key,
                "value": each["value"],
                "how": messages.say(f"derived.{each['by']}", language),
            },
        )
        for key, each in (data.get("derived") or {}).items()
    )


def _grade_names(entry: Entry, data: Mapping[str, Any], language: str) -> dict[str, str]:
    if not entry.verb.endswith(".graded"):
        return {}
    spec = fields.specs_of(entry.record_type).get("grade")
    names = {choice.key: choice.name for choice in (spec.choices if spec else ())}
    none = messages.say("scoring.grade.none", language)
    return {
        f"{side}_grade": str(
            names.get(str(data.get(side)), {}).get(language) or data.get(side) or none
        )
        for side in ("from", "to")
    }


def _spoken(value: Any, language: str) -> Any:
    """A name in both languages in the reader's, and nothing for what is not told."""
    if isinstance(value, dict) and language in value and isinstance(value[language], str):
        return value[language]
    return "" if value is None else value


def _in_language(name: Any, language: str) -> Any:
    return name.get(language, "") if isinstance(name, dict) else name


def _process_name(key: Any, language: str) -> str:
    found = Blueprint.objects.filter(key=key).first() if key else None
    return str(found.name.get(language, key)) if found else str(key or "")


def _item_name(entry: Entry, key: Any, language: str) -> str:
    if not key or not entry.record_id:
        return ""
    version = blueprints.current_of(entry.record_type) if entry.record_type else None
    for stage in version.stages if version else ():
        for item in stage.checklist:
            if f"{stage.key}.{item.key}" == key:
                return item.name.get(language, item.key)
    return str(key).split(".")[-1]


def _field_names(entry: Entry, data: Mapping[str, Any], language: str) -> str:
    specs = fields.specs_of(entry.record_type)
    shown = [specs[key].name.get(language, key) for key in data.get("changes", {}) if key in specs]
    return ("、" if language == messages.DEFAULT else ", ").join(shown)


def _type_name(key: str, language: str) -> str:
    for record_type in registry:
        if record_type.key == key:
            return record_type.name.get(language, key)
    return key
