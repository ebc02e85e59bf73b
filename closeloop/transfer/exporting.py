"""What an export holds: rows within the person's reach, columns they may see, masked as usual."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from closeloop.desk import listing, presenting
from closeloop.desk.listing import Ask
from closeloop.fields import queries as fields
from closeloop.fields.models import FieldAccess
from closeloop.fields.specs import FieldSpec
from closeloop.org.access import Access, Verb
from closeloop.process import blueprints
from closeloop.records.types import RecordType
from closeloop.transfer.errors import ExportColumnsInvalid

BESIDE: Mapping[str, Mapping[str, str]] = {
    "id": {"zh-CN": "编号", "en-US": "Id"},
    "stage": {"zh-CN": "阶段", "en-US": "Stage"},
    "owner": {"zh-CN": "负责人", "en-US": "Owner"},
    "unit": {"zh-CN": "部门", "en-US": "Unit"},
    "created_at": {"zh-CN": "创建时间", "en-US": "Created"},
    "updated_at": {"zh-CN": "更新时间", "en-US": "Updated"},
    "stage_entered_at": {"zh-CN": "进入阶段时间", "en-US": "In stage since"},
    "opening": {"zh-CN": "期初", "en-US": "Opening entry"},
}
"""Columns beside the fields."""
MOST_ROWS = 1_000_000
_ROWS_AT_ONCE = 1000
_YES_NO = {"zh-CN": ("是", "否"), "en-US": ("Yes", "No")}


def columns_for(record_type: str, wanted: Sequence[str] | None, access: Access) -> list[str]:
    """The columns to write; all that may be seen where none are named.

    Raises ExportColumnsInvalid where one is unknown or hidden.
    """
    allowed = fields.access_to(record_type, access)
    visible = [key for key, width in allowed.items() if width != FieldAccess.HIDDEN]
    if not wanted:
        return ["id", *visible, *(key for key in BESIDE if key != "id")]
    unknown = [key for key in wanted if key not in visible and key not in BESIDE]
    if unknown:
        raise ExportColumnsInvalid({"columns": unknown})
    return list(dict.fromkeys(wanted))


def ids_for(record_type: RecordType, ask: Ask, access: Access) -> list[int]:
    """The records to write: those that the list shows and that may be exported."""
    found = listing.matching_ids(record_type, ask, access, at_most=MOST_ROWS)
    reach = access.reach(record_type.key, Verb.EXPORT)
    if reach.everything:
        return found
    return [
        record_id
        for chunk in _chunks(found)
        for record_id, owner_id, unit_id in record_type.model._default_manager.filter(
            pk__in=chunk
        ).values_list("pk", "owner_id", "unit_id").order_by("pk")
        if reach.covers(owner_id=owner_id, unit_id=unit_id)
    ]  # fmt: skip


def rows_for(
    record_type: RecordType,
    ids: Sequence[int],
    columns: Sequence[str],
    *,
    access: Access,
    locale: str,
) -> Iterator[list[Any]]:
    """The header, then every record, with names instead of ids and keys."""
    specs = fields.specs_of(record_type.key)
    words = _Words(locale, specs, _choice_labels(specs, locale), _stage_labels(record_type, locale))
    yield [_label(key, specs, locale) for key in columns]
    for chunk in _chunks(ids):
        models = record_type.model._default_manager.in_bulk(chunk)
        found = [presenting.as_dict(record_type, models[pk]) for pk in chunk if pk in models]
        for shown in presenting.present(record_type, found, access):
            yield [_cell(key, shown, words) for key in columns]


@dataclass(frozen=True)
class _Words:
    """What keys are called in the reader's language."""

    locale: str
    specs: Mapping[str, FieldSpec]
    choices: Mapping[str, Mapping[str, str]]
    stages: Mapping[str, str]


def _cell(key: str, shown: Mapping[str, Any], words: _Words) -> Any:
    if key in words.specs:
        value = shown["values"].get(key)
        return value if key in shown["masked"] else _readable(key, value, shown["labels"], words)
    if key in ("owner", "unit"):
        return (shown[key] or {}).get("name", "")
    if key == "stage":
        return words.stages.get(shown["stage"] or "", shown["stage"] or "")
    if key == "opening":
        return _YES_NO[words.locale][0] if shown["opening"] else ""
    return shown[key]


def _readable(key: str, value: Any, names: Mapping[str, str], words: _Words) -> Any:
    if value is None or value == "":
        return None
    choices = words.choices.get(key, {})
    readers: Mapping[str, Callable[[], Any]] = {
        "person": lambda: names.get(key, ""),
        "record": lambda: names.get(key, ""),
        "choice": lambda: choices.get(value, value),
        "choices": lambda: "、".join(choices.get(each, each) for each in value),
        "boolean": lambda: _YES_NO[words.locale][0 if value else 1],
        "number": lambda: Decimal(str(value)),
        "money": lambda: Decimal(str(value)),
        "date": lambda: date.fromisoformat(str(value)),
        "datetime": lambda: datetime.fromisoformat(str(value)),
    }
    reader = readers.get(words.specs[key].type)
    return reader() if reader else value


def _label(key: str, specs: Mapping[str, FieldSpec], locale: str) -> str:
    name = specs[key].name if key in specs else BESIDE[key]
    return name.get(locale) or name.get("zh-CN") or key


def _choice_labels(specs: Mapping[str, FieldSpec], locale: str) -> dict[str, dict[str, str]]:
    return {
        key: {
            choice.key: choice.name.get(locale) or choice.name.get("zh-CN") or choice.key
            for choice in spec.choices
        }
        for key, spec in specs.items()
        if spec.choices
    }


def _stage_labels(record_type: RecordType, locale: str) -> dict[str, str]:
    version = blueprints.current_of(record_type.key)
    if version is None:
        return {}
    return {
        stage.key: stage.name.get(locale) or stage.name.get("zh-CN") or stage.key
        for stage in version.stages
    }


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _ROWS_AT_ONCE):
        yield ids[start : start + _ROWS_AT_ONCE]
