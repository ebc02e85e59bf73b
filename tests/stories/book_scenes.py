"""The library and the language model: entries, their figures, the editor, the model's settings."""

from closeloop.identity.models import User
from closeloop.playbooks import actions, queries
from closeloop.playbooks.queries import Asked
from closeloop.records.models import Record
from tests.builders.moments import from_now
from tests.builders.people import actor_of
from tests.playbooks.given import publish
from tests.stories.scene import Scene, press

TITLE, BODY, NOTE = "先问预算来源", "「这笔钱走设备科还是信息科？」", "周会上讲过"
TYPED = (TITLE, BODY, NOTE)


def make_library(person: User, seller: User, deal: int) -> int:
    """An entry that was pushed to a seller, opened and used; gives it."""
    entry = publish(TITLE, BODY)
    actions.push(entry, people=[seller.pk], note=NOTE, actor=actor_of(person))
    record = Record.objects.get(pk=deal)
    actions.note_used(entry, record, source="search", now=from_now(), actor=actor_of(seller))
    return entry.entry_id


def tags() -> set[str]:
    """The tags of the pack's entries: words that people choose, in one language."""
    listed = [value for entry in queries.listed(Asked()) for value in entry.tags.values()]
    return {tag for values in listed for tag in values if not tag.isascii()}


def book_scenes(entry: int, deal: int, *, width: int) -> dict[str, Scene]:
    """Every page about them."""
    common = {
        "playbooks": Scene("/playbooks"),
        "playbooks-new": Scene("/playbooks", (press("playbooks:propose"),), "dialog"),
        "playbooks-sent": Scene("/playbooks?tab=sent"),
        "playbooks-usage": Scene("/playbooks?tab=usage"),
        "playbook": Scene(f"/playbooks/{entry}"),
        "deal-playbooks": Scene(f"/r/deal/{deal}?tab=playbooks"),
        "language": Scene("/admin/language"),
    }
    if width < 800:
        common |= {
            "phone-playbooks": Scene("/m/playbooks"),
            "phone-playbook": Scene(f"/m/playbooks/{entry}"),
        }
    return common
