"""What each source says of a number (pure)."""

import pytest

from closeloop.engine.phonecheck import Noted, Registered, by_registry, by_wecom

PHONE, OTHER = "13812345678", "13900001111"


@pytest.mark.parametrize(
    ("noted", "verdict", "reason"),
    [
        (None, "unknown", "not_linked"),
        (Noted([]), "unknown", "nothing_noted"),
        (Noted([OTHER, PHONE]), "match", "noted"),
        (Noted([OTHER]), "mismatch", "not_among_noted"),
        (Noted([OTHER], is_gone=True), "unknown", "gone"),
    ],
)
def test_wecom(noted, verdict, reason):
    found = by_wecom(PHONE, noted)
    assert (found.verdict, found.reason) == (verdict, reason)


OURS = Registered(["051265880001"], [("陈林", OTHER)])


@pytest.mark.parametrize(
    ("phone", "name", "company", "more", "said"),
    [
        (PHONE, "陈林", None, {"has_customer": False}, ("unknown", "no_customer")),
        (PHONE, "陈林", None, {}, ("unknown", "no_entry")),
        (PHONE, "陈林", Registered([]), {}, ("unknown", "no_numbers")),
        ("051265880001-802", "陈林", OURS, {}, ("match", "listed")),
        (OTHER, "陈林", OURS, {}, ("match", "listed")),
        (OTHER, "王芳", OURS, {}, ("mismatch", "not_listed")),
        (PHONE, "陈林", OURS, {}, ("mismatch", "person_has_another")),
        (PHONE, "王芳", OURS, {"is_strict": False}, ("unknown", "not_listed")),
        (PHONE, "王芳", OURS, {"others": 1, "is_strict": False}, ("mismatch", "another_company")),
        (PHONE, "王芳", None, {"others": 2}, ("mismatch", "another_company")),
        (PHONE, "王芳", OURS, {"others": 9}, ("unknown", "agent")),
    ],
)
def test_registry(phone, name, company, more, said):
    given = {"has_customer": True, "others": 0, "is_strict": True, **more}
    found = by_registry(phone, name, company, **given)
    assert (found.verdict, found.reason) == said
