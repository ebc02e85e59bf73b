"""Random histories of the record, and the measures over them."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from closeloop.engine.metrics import read_measure

NAME = {"zh-CN": "数", "en-US": "Count"}
BEGIN = datetime(2026, 3, 1, 15, 30, tzinfo=UTC)
WORDS = ("visit", "call", "", "won", None)
TOLD_DAYS = (
    "2026-03-02", "2026-03-02T16:30:00Z", "2026-03-02T23:59:59.5+08:00", "2026-03-02 10:00",
    "2026-02-30", "yesterday", 7, None,
)  # fmt: skip
AMOUNTS = (1, 2.5, "300000.10", -4, "much", True, None, 1e30, 3e16)
DONE = "thing.done"
MEASURES = tuple(
    read_measure({"name": NAME, **each})
    for each in (
        {"key": "all", "events": [{"verb": DONE}, {"verb": "other.done"}]},
        {"key": "visits", "events": [{"verb": DONE, "where": {"what": "visit"}}]},
        {"key": "others", "events": [{"verb": DONE, "where": {"what": {"not": ["visit", None]}}}]},
        {"key": "unsaid", "events": [{"verb": DONE, "where": {"what": [None, "call"]}}]},
        {
            "key": "much",
            "events": [{"verb": DONE, "where": {"amount": {"at_least": 2, "at_most": 5}}}],
        },
        {"key": "true", "events": [{"verb": DONE, "where": {"effective": True}}]},
        {"key": "tagged", "events": [{"verb": DONE, "where": {"tags": ["visit", 3]}}]},
        {"key": "of_owner", "events": [{"verb": DONE}], "person": "owner_id", "kind": "what"},
        {
            "key": "by_due",
            "events": [{"verb": "other.done"}],
            "day": "due_at",
            "value": "amount",
        },
    )
)


def histories():
    """Lists of entries as (verb, minutes after the begin, actor, unit, data, corrects which)."""
    data = st.fixed_dictionaries(
        {},
        optional={
            "what": st.sampled_from(WORDS),
            "amount": st.sampled_from(AMOUNTS),
            "effective": st.booleans(),
            "tags": st.sampled_from([["visit"], [3, "x"], {"visit": 1}, [], "visit"]),
            "owner_id": st.sampled_from([1, 2, 0, -1, "2", 2.5, True, None]),
            "due_at": st.sampled_from(TOLD_DAYS),
        },
    )
    entry = st.tuples(
        st.sampled_from(["thing.done", "other.done", "thing.undone"]),
        st.integers(0, 4000),
        st.sampled_from([None, 1, 2]),
        st.sampled_from([None, 11, 12]),
        data,
        st.none() | st.integers(0, 30),
    )
    return st.lists(entry, max_size=25)


def moment(minutes):
    return BEGIN + timedelta(minutes=minutes)
