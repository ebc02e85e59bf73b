"""What may stand in a field (pure): one validation for API, form and import.

A value comes as a person or a program gives it and leaves in its one canonical form: stripped text,
Decimal, date, aware datetime, choice key, id. Choices are given by key; the import translates
labels to keys before. Nothing here reads the database.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache, partial
from typing import Any

import phonenumbers
from stdnum.cn import uscc

from closeloop.fields.specs import FieldSpec

LONGEST = {
    "text": 200, "long_text": 4000, "email": 254, "url": 500, "phone": 40, "credit_code": 40,
}  # fmt: skip
LARGEST_MONEY = Decimal(10) ** 15
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_EMAIL = re.compile(r"^[^@\s<>\"',;]+@[^@\s<>\"',;]+\.[^@\s<>\"',;.]{2,}$")
_URL = re.compile(r"^https?://[^\s<>\"']+$", re.IGNORECASE)
_MOBILE = re.compile(r"^1(?:[3-689]\d|7[0-8])\d{8}$", re.ASCII)
_SCHEME = re.compile(r"^[a-z][a-z+-]*:(?!\d)", re.IGNORECASE)
_EXTENSION = re.compile(r"\s*(?:转|ext\.?|x|#)\s*(\d{1,6})$", re.IGNORECASE)
Cleaner = Callable[[Any], Any]


class ValueProblem(ValueError):
    """Why a value may not stand in a field: a code, and what the sentence about it needs."""

    def __init__(self, code: str, **data: Any) -> None:
        self.code = code
        self.data = data
        super().__init__(code)


@dataclass
class Cleaned:
    """Values in canonical form by field key, and what is wrong with the rest."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: list[dict[str, Any]] = field(default_factory=list)

    def add_problem(self, key: str, code: str, **data: Any) -> None:
        """Note that a field's value is wrong."""
        self.problems.append({"field": key, "code": code, **data})


def clean_values(
    specs: Mapping[str, FieldSpec],
    raw: Mapping[str, Any],
    *,
    is_new: bool,
    present: Mapping[str, Any] | None = None,
) -> Cleaned:
    """All values at once. `present` are a record's other values, for choices that depend on them.

    Required fields must be there on a new record, and may not be emptied on an old one.
    """
    cleaned = Cleaned()
    for key, value in raw.items():
        spec = specs.get(key)
        if spec is None:
            cleaned.add_problem(key, "field_unknown")
            continue
        try:
            cleaned.values[key] = cleaner_of(spec)(value)
        except ValueProblem as problem:
            cleaned.add_problem(key, problem.code, **problem.data)
    wanted = specs if is_new else [key for key in raw if key in specs]
    wrong = {problem["field"] for problem in cleaned.problems}
    for key in wanted:
        if specs[key].is_required and key not in wrong and is_empty(cleaned.values.get(key)):
            cleaned.add_problem(key, "required")
    _check_dependent(specs, cleaned, {**(present or {}), **cleaned.values})
    return cleaned


def cleaner_of(spec: FieldSpec) -> Cleaner:
    """The function that brings one field's values into canonical form, or raises ValueProblem.

    Empty text, None and an empty list become None (an empty list for `choices`).
    """
    return _cleaner(spec.type, spec.choice_keys, spec.max_length)


def is_empty(value: Any) -> bool:
    """Whether a canonical value says nothing."""
    return value is None or value in ("", [])


def stored(value: Any) -> Any:
    """A canonical value as it lies in the JSONB of user fields."""
    if isinstance(value, Decimal | date):
        return str(value) if isinstance(value, Decimal) else value.isoformat()
    return value


def masked(spec: FieldSpec, value: Any) -> str | None:
    """What a reader sees who may know that there is a value, but not which."""
    if is_empty(value):
        return None
    if spec.type == "phone" and len(str(value)) >= 7:
        return f"{str(value)[:3]}****{str(value)[-4:]}"
    return "***"


@cache
def _cleaner(kind: str, choices: frozenset[str], max_length: int | None) -> Cleaner:
    if kind == "choice":
        return partial(_choice, choices)
    if kind == "choices":
        return partial(_choices, choices)
    longest = max_length or LONGEST.get(kind)
    if longest is not None:
        return partial(_TEXTS.get(kind, _text), longest)
    return _PLAIN[kind]


def _text(longest: int, value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool | list | dict):
        raise ValueProblem("text_expected")
    text = unicodedata.normalize("NFC", _CONTROL.sub("", str(value))).strip()
    if len(text) > longest:
        raise ValueProblem("too_long", longest=longest, length=len(text))
    return text or None


def _email(longest: int, value: Any) -> str | None:
    text = _text(longest, value)
    if text is not None and not _EMAIL.match(text):
        raise ValueProblem("email_invalid", given=text[:80])
    return text.lower() if text else None


def _credit_code(longest: int, value: Any) -> str | None:
    """A unified social credit code (GB 32100-2015), with its check digit."""
    text = _text(longest, value)
    if text is None:
        return None
    code = uscc.compact(unicodedata.normalize("NFKC", text))
    if not uscc.is_valid(code):
        raise ValueProblem("credit_code_invalid", given=text)
    return str(code)


def _url(longest: int, value: Any) -> str | None:
    text = _text(longest, value)
    if text is None:
        return None
    if "://" not in text:
        text = f"https://{text}"
        if _SCHEME.match(text.removeprefix("https://")):
            raise ValueProblem("url_invalid", given=text[8:88])
    if not _URL.match(text):
        raise ValueProblem("url_invalid", given=text[:80])
    return text


def _phone(longest: int, value: Any) -> str | None:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = _text(longest, value)
    if text is None:
        return None
    text = unicodedata.normalize("NFKC", text)
    if _MOBILE.match(text):
        return text
    extension = _EXTENSION.search(text)
    bare = text[: extension.start()] if extension else text
    flat = _flat_phone(bare)
    if flat != bare and _flat_phone(flat) != flat:
        # What reads differently the second time, such as 0100000, is nobody's number.
        raise ValueProblem("phone_invalid", given=text[:40])
    return f"{flat}-{extension.group(1)}" if extension else flat


def _flat_phone(text: str) -> str:
    try:
        number = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException as error:
        raise ValueProblem("phone_invalid", given=text[:40]) from error
    possible = phonenumbers.is_possible_number_with_reason(number)
    is_local = possible == phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY
    if number.country_code == 86 and not (
        is_local or possible == phonenumbers.ValidationResult.IS_POSSIBLE
    ):
        raise ValueProblem("phone_invalid", given=text[:40])
    flat = (
        phonenumbers.national_significant_number(number)
        if number.country_code == 86
        else phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    )
    has_area = not is_local and not (len(flat) == 11 and flat[0] == "1")
    if number.country_code == 86 and has_area:
        flat = flat if flat[:3] in ("400", "800") else f"0{flat}"
    return flat


def _number(value: Any) -> Decimal | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        raise ValueProblem("number_invalid", given=str(value))
    text = unicodedata.normalize("NFKC", str(value)).strip().replace(",", "").replace("，", "")
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueProblem("number_invalid", given=str(value)[:40]) from error
    if not number.is_finite() or abs(number) >= LARGEST_MONEY:
        raise ValueProblem("number_out_of_range", given=str(value)[:40])
    return number


def _money(value: Any) -> Decimal | None:
    if isinstance(value, str):
        value = value.strip().lstrip("¥￥$€").strip()
    number = _number(value)
    if number is None:
        return None
    if number < 0:
        raise ValueProblem("money_negative")
    return number.quantize(Decimal("0.01"))


def _date(value: Any) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip().replace("/", "-").replace(".", "-")
    text = text.replace("年", "-").replace("月", "-").replace("日", "").split("T")[0].split(" ")[0]
    try:
        year, month, day = (int(part) for part in text.split("-"))
        found = date(year, month, day)
    except ValueError as error:
        raise ValueProblem("date_invalid", given=str(value)[:40]) from error
    if not 1900 <= found.year <= 2200:
        raise ValueProblem("date_invalid", given=str(value)[:40])
    return found


def _datetime(value: Any) -> datetime | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        found = value
    else:
        try:
            found = datetime.fromisoformat(str(value).strip().replace("/", "-"))
        except ValueError as error:
            raise ValueProblem("datetime_invalid", given=str(value)[:40]) from error
    try:
        moment = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except OverflowError as error:
        raise ValueProblem("datetime_invalid", given=str(value)[:40]) from error
    if not 1900 <= moment.year <= 2200:
        raise ValueProblem("datetime_invalid", given=str(value)[:40])
    return moment


def _boolean(value: Any) -> bool | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in {"true", "yes", "y", "1", "是", "1.0"}:
        return True
    if word in {"false", "no", "n", "0", "否", "0.0"}:
        return False
    raise ValueProblem("boolean_invalid", given=str(value)[:40])


def _choice(keys: frozenset[str], value: Any) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str) or value not in keys:
        raise ValueProblem("choice_unknown", given=str(value)[:80])
    return value


def _choices(keys: frozenset[str], value: Any) -> list[str]:
    if value is None or value == "":
        return []
    given = value if isinstance(value, list) else [value]
    unknown = [each for each in given if not isinstance(each, str) or each not in keys]
    if unknown:
        raise ValueProblem("choice_unknown", given=str(unknown[0])[:80])
    return sorted(set(given))


def _identity(value: Any) -> int | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not str(value).isascii() or not str(value).isdigit():
        raise ValueProblem("reference_invalid", given=str(value)[:40])
    number = int(value)
    if number >= 2**63:
        raise ValueProblem("reference_invalid", given=str(value)[:40])
    return number


_TEXTS: dict[str, Callable[[int, Any], Any]] = {
    "email": _email,
    "url": _url,
    "phone": _phone,
    "credit_code": _credit_code,
}
_PLAIN: dict[str, Cleaner] = {
    "number": _number,
    "money": _money,
    "date": _date,
    "datetime": _datetime,
    "boolean": _boolean,
    "person": _identity,
    "record": _identity,
}


def _check_dependent(
    specs: Mapping[str, FieldSpec], cleaned: Cleaned, together: Mapping[str, Any]
) -> None:
    for key, spec in specs.items():
        for choice in spec.choices:
            concerns = choice.when and not cleaned.values.keys().isdisjoint({key, *choice.when})
            if concerns and choice.key == together.get(key) and not choice.fits(together):
                cleaned.add_problem(key, "choice_does_not_fit", given=choice.key)
