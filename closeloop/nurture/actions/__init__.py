"""Every write of nurture: paths, templates, the library, enrolments, messages, suppressions."""

from closeloop.nurture.actions.bouncing import take_back
from closeloop.nurture.actions.carrying import (
    move_enrolments,
    move_enrolments_back,
    move_points,
    move_points_back,
)
from closeloop.nurture.actions.delivering import deliver, queue_due, resend, settle_abandoned
from closeloop.nurture.actions.enrolling import Begun, begin, judge
from closeloop.nurture.actions.hearing import ask_wecom, heard, keep, pending
from closeloop.nurture.actions.installing import install
from closeloop.nurture.actions.leaving import end_many, leave_all
from closeloop.nurture.actions.library import (
    Described,
    add_file,
    add_link,
    change_item,
    titles_of,
)
from closeloop.nurture.actions.publishing import (
    create_path,
    drop_draft,
    publish,
    publish_draft,
    switch,
    write_draft,
)
from closeloop.nurture.actions.settling import RuleGiven, change_limits
from closeloop.nurture.actions.suppressing import (
    add_by_hand,
    lift,
    says_stop,
    suppress,
    suppress_by_reply,
)
from closeloop.nurture.actions.templating import (
    archive_template,
    create_template,
    drop_template_draft,
    publish_template,
    publish_template_draft,
    require_valid,
    sending,
    write_template_draft,
)
from closeloop.nurture.actions.trying import Tried, send_test
from closeloop.nurture.actions.walking import Walked, walk_due

__all__ = [
    "Begun",
    "Described",
    "RuleGiven",
    "Tried",
    "Walked",
    "add_by_hand",
    "add_file",
    "add_link",
    "archive_template",
    "ask_wecom",
    "begin",
    "change_item",
    "change_limits",
    "create_path",
    "create_template",
    "deliver",
    "drop_draft",
    "drop_template_draft",
    "end_many",
    "heard",
    "install",
    "judge",
    "keep",
    "leave_all",
    "lift",
    "move_enrolments",
    "move_enrolments_back",
    "move_points",
    "move_points_back",
    "pending",
    "publish",
    "publish_draft",
    "publish_template",
    "publish_template_draft",
    "queue_due",
    "require_valid",
    "resend",
    "says_stop",
    "send_test",
    "sending",
    "settle_abandoned",
    "suppress",
    "suppress_by_reply",
    "switch",
    "take_back",
    "titles_of",
    "walk_due",
    "write_draft",
    "write_template_draft",
]
