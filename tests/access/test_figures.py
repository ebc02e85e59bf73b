"""Whatever happens beyond one's reach changes no figure, nothing behind one, and no word of either.

Every address about figures is asked as a regional manager, a salesperson and somebody who sees all,
also for the units, people, regions and pages of others; then more happens in the other region, and
all is asked again.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from closeloop.desk import actions as desk
from closeloop.desk.actions import MoveAsk
from closeloop.identity.models import User
from closeloop.metrics import actions
from tests.access.asking import ENDPOINTS, Asker, Endpoint, text_of
from tests.access.requests import Sample
from tests.access.samples import sample_of
from tests.access.world import Target
from tests.builders.asking import client_as
from tests.builders.company import Company
from tests.builders.moments import from_now
from tests.builders.people import actor_of
from tests.builders.records import advance, make_customer, make_deal, make_lead
from tests.fieldwork.given import body
from tests.metrics.committed import settle

pytestmark = pytest.mark.django_db
METRICS = ("contacts", "blocked_share")
PASSING = {"as_of", "started_at", "request_id", "instance"}
"""What differs from one asking to the next by itself."""
FAR = "远方"
DESCRIPTION = Path(__file__).parents[2] / "docs" / "openapi.json"


@cache
def about_figures() -> dict[Endpoint, list[str]]:
    """Every address under which figures are read, with its parameters."""
    described = json.loads(DESCRIPTION.read_text())["paths"]
    read = {
        path["get"]["operationId"]: [each["name"] for each in path["get"].get("parameters", ())]
        for path in described.values()
        if "metrics" in path.get("get", {}).get("tags", ())
    }
    return {each: read[each.name] for each in ENDPOINTS if each.name in read}


def live(company: Company, owner: User, mark: str) -> None:
    """Something of everything that is counted happens with somebody's customers."""
    seller, actor = client_as(owner), actor_of(owner)
    customer = make_customer(owner, f"{mark}医院")
    deal = make_deal(owner, f"{mark}商机", customer=customer)
    advance("deal", deal, "first_talk")
    back = MoveAsk(to_stage="first_contact", reason="退回")
    desk.move_record("deal", deal, back, actor=actor)
    seller.post(f"/records/deal/{deal}/move", {"to_stage": "first_talk"})
    make_lead(owner, f"{mark}主任")
    agreed = {"at": from_now(days=-9).isoformat(), "next_at": from_now(days=-2).isoformat()}
    made = seller.post("/followups", body(customer, text=f"{mark}已看方案", **agreed)).json()
    seller.post(
        f"/followups/{made['id']}/corrections", body(customer, text=f"{mark}更正", **agreed)
    )


def questions(company: Company, cursors: dict[str, str]) -> Iterator[tuple[Endpoint, Sample]]:
    """Every address plainly and with every way to name what is others'."""
    far = {
        "unit": [company.regions[1].pk],
        "region": [company.regions[1].pk],
        "person": [company.stranger.pk],
    }
    span = _span()
    for endpoint, known in about_figures().items():
        plain = sample_of(endpoint.name)
        keys = METRICS if "key" in endpoint.parameters else ("",)
        for key in keys:
            base: dict[str, Any] = {**plain.query, **(span if "since" in known else {})}
            tried = [base, *(base | {"by": by} for by in ("unit", "person") if "by" in known)]
            tried += [base | {name: one} for name in far if name in known for one in far[name]]
            if "cursor" in known and key in cursors:
                tried.append(base | {"cursor": cursors[key]})
            for query in tried:
                yield endpoint, Sample(path={"key": key} if key else plain.path, query=query)


def answers(company: Company, user: User, cursors: dict[str, str]) -> dict[str, str]:
    """What somebody is told, by what they asked."""
    asker, found = Asker(user), {}
    for endpoint, sample in questions(company, cursors):
        answer = asker.ask(endpoint, sample, Target("own", "deal", {}))
        assert answer.status_code < 500, (endpoint, sample, text_of(answer))
        asked = json.dumps([endpoint.name, sample.path, sample.query])
        found[asked] = json.dumps(
            _lasting(json.loads(text_of(answer) or "null")), ensure_ascii=False
        )
    return found


def _lasting(told: Any) -> Any:
    if isinstance(told, dict):
        return {key: _lasting(value) for key, value in told.items() if key not in PASSING}
    return [_lasting(each) for each in told] if isinstance(told, list) else told


def _span() -> dict[str, str]:
    return {
        "since": from_now(days=-20).date().isoformat(),
        "until": from_now(days=1).date().isoformat(),
    }


def count() -> None:
    """Count everything anew, as if it had been committed."""
    settle(1)
    actions.rebuild()


def pages_of(user: User) -> dict[str, str]:
    """Where somebody's second page begins, by metric."""
    span = _span()
    found = {}
    for key in METRICS:
        page = client_as(user).get(f"/metrics/{key}/things", limit=1, **span).json()
        if page["next_cursor"]:
            found[key] = page["next_cursor"]
    return found


def test_what_happens_beyond_reach_changes_no_figure(company):
    for owner, mark in ((company.seller, "近处"), (company.stranger, FAR)):
        live(company, owner, mark)
    count()
    cursors = pages_of(company.ops)
    assert set(cursors) >= {"contacts"}
    asked = (company.manager, company.seller, company.ops)
    first = {user: answers(company, user, cursors) for user in asked}
    live(company, company.stranger, f"又{FAR}")
    count()
    last = {user: answers(company, user, cursors) for user in asked}
    for user in (company.manager, company.seller):
        assert differing(first[user], last[user]) == []
        assert [asked for asked, told in last[user].items() if FAR in told] == []
    told = {json.loads(each)[0] for each in differing(first[company.ops], last[company.ops])}
    assert told >= {"read_figures", "list_things_behind", "read_step_backs"}


def differing(first: dict[str, str], last: dict[str, str]) -> list[str]:
    """What was answered otherwise."""
    return [asked for asked in first if first[asked] != last[asked]]
