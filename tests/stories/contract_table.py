"""Who is told what over which channel at which minute while a contract waits for its approval.

These tables are what a customer may hold us to (E02–E04); every story of a contract is compared
with them. Time is the company's working time: 9 to 12 and 13 to 18, Monday to Friday, with the
holidays and make-up days of 2026. A contract waits for the director first; after 4 h it goes to the
superior, by SMS too; after 8 h a brief lies in the sales BP's mailbox, red, the superior in copy.
"""

from collections.abc import Sequence
from dataclasses import dataclass

ASKED = ("in_app", "mail", "wecom")
PHONE = ("in_app", "sms", "wecom")
BRIEF = ("in_app", "mail")
Row = tuple[str, str, str, Sequence[str], str]


@dataclass(frozen=True)
class Course:
    """A contract submitted at one moment, looked at in the end, and everything told in between."""

    submitted: str
    until: str
    told: list[str]


def _lines(*rows: Row) -> list[str]:
    """One line a channel: time, event, person, channel, marks."""
    return [
        f"{at} {event} {person} {channel}{marks}"
        for at, event, person, channels, marks in rows
        for channel in channels
    ]


ON_A_WORKING_DAY = Course(
    submitted="2026-03-10 10:00",
    until="2026-03-11 18:00",
    told=_lines(
        ("03-10 10:00", "approval.asked", "周总监", ASKED, ""),
        ("03-10 15:00", "clock.escalated", "陈总", PHONE, ""),
        ("03-11 10:00", "clock.timeout_brief", "何伙伴", BRIEF, " 红"),
        ("03-11 10:00", "clock.timeout_brief", "陈总", BRIEF, " 红 抄送"),
    ),
)
OVER_A_WEEKEND = Course(
    submitted="2026-03-13 16:00",
    until="2026-03-16 18:00",
    told=_lines(
        ("03-13 16:00", "approval.asked", "周总监", ASKED, ""),
        ("03-16 11:00", "clock.escalated", "陈总", PHONE, ""),
        ("03-16 16:00", "clock.timeout_brief", "何伙伴", BRIEF, " 红"),
        ("03-16 16:00", "clock.timeout_brief", "陈总", BRIEF, " 红 抄送"),
    ),
)
OVER_A_MAKE_UP_SATURDAY = Course(
    submitted="2026-02-13 16:00",
    until="2026-02-24 18:00",
    told=_lines(
        ("02-13 16:00", "approval.asked", "周总监", ASKED, ""),
        ("02-14 11:00", "clock.escalated", "陈总", PHONE, ""),
        ("02-14 16:00", "clock.timeout_brief", "何伙伴", BRIEF, " 红"),
        ("02-14 16:00", "clock.timeout_brief", "陈总", BRIEF, " 红 抄送"),
    ),
)
OVER_SPRING_FESTIVAL = Course(
    submitted="2026-02-14 16:00",
    until="2026-02-24 18:00",
    told=_lines(
        ("02-14 16:00", "approval.asked", "周总监", ASKED, ""),
        ("02-24 11:00", "clock.escalated", "陈总", PHONE, ""),
        ("02-24 16:00", "clock.timeout_brief", "何伙伴", BRIEF, " 红"),
        ("02-24 16:00", "clock.timeout_brief", "陈总", BRIEF, " 红 抄送"),
    ),
)
WITH_THE_APPROVER_AWAY = Course(
    submitted="2026-03-10 10:00",
    until="2026-03-11 18:00",
    told=_lines(
        ("03-10 10:00", "approval.asked", "冯副总监", ASKED, ""),
        ("03-10 15:00", "clock.escalated", "陈总", PHONE, ""),
        ("03-11 10:00", "clock.timeout_brief", "何伙伴", BRIEF, " 红"),
        ("03-11 10:00", "clock.timeout_brief", "陈总", BRIEF, " 红 抄送"),
    ),
)
AGREED_BETWEEN_THE_STEPS = Course(
    submitted="2026-03-10 10:00",
    until="2026-03-11 11:00",
    told=_lines(
        ("03-10 10:00", "approval.asked", "周总监", ASKED, ""),
        ("03-10 15:00", "clock.escalated", "陈总", PHONE, ""),
        ("03-10 16:00", "approval.asked", "吴售前", ASKED, ""),
        ("03-10 16:00", "approval.asked", "孙法务", ASKED, ""),
    ),
)
WITHDRAWN = Course(
    submitted="2026-03-10 10:00",
    until="2026-03-13 18:00",
    told=_lines(
        ("03-10 10:00", "approval.asked", "周总监", ASKED, ""),
        ("03-10 15:00", "clock.escalated", "陈总", PHONE, ""),
        ("03-10 16:00", "approval.decided", "周总监", ("in_app", "wecom"), ""),
    ),
)
ANSWERED_AT = "2026-03-10 16:00"
"""When the approver agrees, or the requester withdraws, in the last two."""
