"""Cases and rules as tests begin with them."""

from typing import Any

from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import User
from closeloop.support import actions, setups
from closeloop.support.models import Case, Setup
from tests.builders.people import actor_of


def opened(
    requester: User, *, kind: str = "technical", what: str = "探头报错", **more: Any
) -> Case:
    """A case that somebody has asked for."""
    blank = {"customer_id": None, "record_id": None, "unit_id": None, "origin": {}}
    wanted = {**blank, "what": "探头报错", **more}
    return actions.open_case(
        kind=kind, requester_id=requester.pk, actor=actor_of(requester), **wanted
    )


def helped(case: Case, by: User, *, kind: str = "solution", text: str = "更换探头线", **more: Any):
    """Help that somebody gives."""
    return actions.give_support(case.pk, kind=kind, text=text, actor=actor_of(by), **more)


def rules(*given: dict[str, Any]) -> int:
    """Publish these rules beside the shipped kinds; gives the version."""
    shipped = Setup.objects.get(is_current=True).definition
    actions.publish({**shipped, "rules": list(given)}, expected_number=None, actor=SYSTEM)
    return setups.current().number
