"""What changes of a record mean for its approvals, in the same transaction."""

from collections.abc import Sequence

from closeloop.activity.happenings import Happening
from closeloop.approvals import flows
from closeloop.approvals.actions.handing_over import pass_on
from closeloop.approvals.actions.spoiling import end_cases_of, spoil_grants
from closeloop.identity.actor import Actor

ACCOUNTS = frozenset({"user.deactivated", "user.changed"})


def follow_accounts(happenings: Sequence[Happening], actor: Actor) -> None:
    """Nothing waits for somebody whose account was closed: it goes on without them."""
    for happening in happenings:
        closed = happening.data.get("changes", {}).get("is_active")
        if closed is not None and not closed[1]:
            pass_on(int(happening.data["user_id"]), actor=actor)


def follow_changes(happenings: Sequence[Happening], actor: Actor) -> None:
    """A grant counts no more once what it showed has changed; a removed record ends its cases."""
    for happening in happenings:
        if happening.record_id is None:
            continue
        if happening.verb.endswith(".removed"):
            end_cases_of(happening.record_id, actor=actor)
            continue
        changed = flows.shown_fields(happening.record_type) & set(happening.data.get("changes", ()))
        if changed:
            spoil_grants(happening.record_id, changed)
