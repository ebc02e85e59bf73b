"""Random condition trees over a small catalogue, and random facts that hit their edges."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

from hypothesis import strategies as st

from closeloop.engine.conditions import OPERATORS_BY_TYPE
from closeloop.engine.facts import Catalogue, Fact, FactFamily, FactType, Unknown

NOW = datetime(2026, 3, 6, 16, 30, tzinfo=timezone(timedelta(hours=8)))
CHOICES = ("pending", "stamped", "esign")
CATALOGUE = Catalogue(
    [
        Fact("name", FactType.TEXT, {}),
        Fact("visits", FactType.NUMBER, {}),
        Fact("amount", FactType.MONEY, {}),
        Fact("due_on", FactType.DATE, {}),
        Fact("seen_at", FactType.DATETIME, {}),
        Fact("is_key", FactType.BOOLEAN, {}),
        Fact("seal", FactType.CHOICE, {}, CHOICES),
        Fact("tags", FactType.CHOICES, {}, CHOICES),
        Fact("owner", FactType.PERSON, {}),
    ],
    [FactFamily("document.count:", FactType.NUMBER, {})],
)
KEYS = (*CATALOGUE, "document.count:minutes")
# Few letters, so that parts match; case, wildcards, a backslash and code points whose order
# differs between UTF-16, UTF-8 and dictionaries, so that mistakes show.
TEXT = st.text(alphabet="aAb%_\\é锁\uffee🔒", max_size=4)
LETTERS = TEXT.filter(bool)
NUMBER = st.one_of(
    st.integers(-3, 3), st.decimals(-3, 3, places=2), st.sampled_from([10**20, Decimal("1E-9")])
)
DAY = st.dates(date(2026, 3, 4), date(2026, 3, 8))
MOMENT = st.integers(-120, 120).map(lambda m: NOW.astimezone(UTC) + timedelta(minutes=m)) | (
    st.sampled_from([NOW, NOW - timedelta(hours=2)])
)

ACTUAL = {
    FactType.TEXT: TEXT,
    FactType.NUMBER: NUMBER,
    FactType.MONEY: NUMBER,
    FactType.DATE: DAY,
    FactType.DATETIME: MOMENT,
    FactType.BOOLEAN: st.booleans(),
    FactType.CHOICE: st.sampled_from(CHOICES),
    FactType.CHOICES: st.lists(st.sampled_from(CHOICES), max_size=3),
    FactType.PERSON: st.integers(1, 3),
}
EXPECTED = {
    FactType.TEXT: LETTERS,
    FactType.NUMBER: NUMBER | st.sampled_from(["1", "2.50", 0.5]),
    FactType.MONEY: NUMBER.map(str),
    FactType.DATE: DAY.map(date.isoformat) | st.sampled_from(["today", "today-1d", "today+2d"]),
    FactType.DATETIME: MOMENT.map(datetime.isoformat) | st.sampled_from(["now", "now-2h"]),
    FactType.BOOLEAN: st.booleans(),
    FactType.CHOICE: st.sampled_from(CHOICES),
    FactType.CHOICES: st.sampled_from(CHOICES),
    FactType.PERSON: st.integers(1, 3) | st.sampled_from(["1", "2"]),
}
UNKNOWN = st.sampled_from([None, Unknown("not_computed")])


@st.composite
def rows(draw: st.DrawFn) -> dict:
    key = draw(st.sampled_from(KEYS))
    type_ = CATALOGUE[key].type
    operator = draw(st.sampled_from(sorted(OPERATORS_BY_TYPE[type_]))).value
    row = {"field": key, "operator": operator}
    if operator in ("null", "notNull"):
        return row
    one = EXPECTED[type_]
    if operator in ("between", "notBetween"):
        one = st.lists(one, min_size=2, max_size=2)
    elif operator in ("in", "notIn") or (type_ is FactType.CHOICES and operator in ("=", "!=")):
        one = st.lists(one, min_size=1, max_size=3)
    return {**row, "value": draw(one)}


@st.composite
def groups(draw: st.DrawFn, depth: int = 3) -> dict:
    rule = rows() if depth == 1 else st.one_of(rows(), rows(), groups(depth=depth - 1))
    group = {
        "combinator": draw(st.sampled_from(["and", "or"])),
        "rules": draw(st.lists(rule, min_size=1, max_size=4)),
    }
    return {**group, "not": draw(st.booleans())} if draw(st.booleans()) else group


def fact_sets() -> st.SearchStrategy[dict[str, object]]:
    """Facts for every key; about one in four is unknown, some are left out."""
    return st.fixed_dictionaries(
        {}, optional={key: _maybe(ACTUAL[CATALOGUE[key].type]) for key in KEYS}
    )


def _maybe(known: st.SearchStrategy) -> st.SearchStrategy:
    return st.one_of(known, known, known, UNKNOWN)
