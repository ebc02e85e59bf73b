"""Whatever happens beyond one's reach changes no figure, nothing behind one, and no word of either.

Every address of the app of figures is asked as a regional manager, a salesperson and somebody who
sees all, also for the units, people, regions, things and pages of others; then more happens in the
other region, and all is asked again. Files are unpacked and read as they would be opened.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from closeloop.approvals.models import Ask
from closeloop.config.api import api
from closeloop.desk import actions as desk
from closeloop.desk.actions import MoveAsk
from closeloop.identity.models import User
from closeloop.metrics import actions
from tests.access.asking import ENDPOINTS, Asker, Endpoint, text_of
from tests.access.requests import Sample, say
from tests.access.samples import sample_of
from tests.access.world import Target
from tests.builders.approvals import agree, open_case
from tests.builders.asking import client_as
from tests.builders.company import Company
from tests.builders.moments import from_now
from tests.builders.people import actor_of
from tests.builders.records import advance, make_customer, make_deal, make_lead
from tests.description import description
from tests.fieldwork.given import body
from tests.metrics.committed import settle

pytestmark = pytest.mark.django_db
METRICS = ("contacts", "blocked_share", "approvals_answered")
BOARDS = {"morning", "process_health", "incentive"}
APP = "closeloop.metrics."
PASSING = {"as_of", "started_at", "request_id", "instance"}
"""What differs from one asking to the next by itself."""
_MOMENTS = re.compile(r"\d{1,2}:\d{2}(:\d{2})?")
OF_DEFINITIONS = {"key", "place"}
"""Parameters of paths that name a definition, which everybody reads."""
FOR_ALL = {"read_ranking"}
"""An incentive: who did best is told to everybody by name and number, and never about what."""
FAR = "远方"


@cache
def described() -> dict[str, list[str]]:
    """The parameters of every operation."""
    paths = description()["paths"]
    return {
        operation["operationId"]: [each["name"] for each in operation.get("parameters", ())]
        for path in paths.values()
        for operation in path.values()
        if isinstance(operation, dict)
    }


@cache
def of_the_app() -> list[Endpoint]:
    """Every address of the app of figures, wherever in it."""
    names = {
        operation.operation_id
        for _, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
        if operation.view_func.__module__.startswith(APP)
    }
    return [each for each in ENDPOINTS if each.name in names]


def about_figures() -> dict[Endpoint, list[str]]:
    """Every address under which figures are read, with its parameters."""
    return {each: described()[each.name] for each in of_the_app() if each.method == "GET"}


def live(company: Company, owner: User, mark: str) -> None:
    """Something of everything that is counted happens with somebody's customers."""
    seller, actor = client_as(owner), actor_of(owner)
    customer = make_customer(owner, f"{mark}医院")
    deal = make_deal(owner, f"{mark}商机", customer=customer)
    advance("deal", deal, "first_talk")
    back = MoveAsk(to_stage="first_contact", reason="退回")
    desk.move_record("deal", deal, back, actor=actor)
    seller.post(f"/records/deal/{deal}/move", {"to_stage": "first_talk"})
    asked = {"discount_percent": 8, "cause": "volume"}
    case = open_case("discount_approval", owner, record_id=deal, form=asked)
    agree(case, Ask.objects.get(case=case).person)
    make_lead(owner, f"{mark}主任")
    agreed = {"at": from_now(days=-9).isoformat(), "next_at": from_now(days=-2).isoformat()}
    made = seller.post("/followups", body(customer, text=f"{mark}已看方案", **agreed)).json()
    seller.post(
        f"/followups/{made['id']}/corrections", body(customer, text=f"{mark}更正", **agreed)
    )


def kept_by_others(company: Company) -> dict[str, int]:
    """What others have made in the app, by the name of the path's parameter."""
    pilot = {
        "name": f"{FAR}试点", "about": {"kind": "other"}, "unit_id": company.regions[1].pk,
        "since": _span()["since"], "metrics": list(METRICS),
    }  # fmt: skip
    made = client_as(company.ops).post("/pilots", pilot)
    view = {
        "name": f"{FAR}视图",
        "document": {"metric": METRICS[0], "period": "month", "chart": "table"},
    }
    kept = client_as(company.stranger).post("/figure-views", view)
    mail = {
        "name": f"{FAR}邮件",
        "about": {"board": "morning"},
        "recipients": [company.stranger.pk],
        "rhythm": {"every": "day", "hour": 8},
    }
    sent = client_as(company.ops).post("/figure-mails", mail)
    return {
        "pilot_id": made.json()["id"],
        "view_id": kept.json()["id"],
        "mail_id": sent.json()["id"],
    }


def questions(
    company: Company, cursors: dict[str, str], others: dict[str, int]
) -> Iterator[tuple[Endpoint, Sample]]:
    """Every address plainly and with every way to name what is others'."""
    far = far_of(company)
    span = _span()
    for endpoint, known in about_figures().items():
        plain = sample_of(endpoint.name)
        is_of_one = "key" in endpoint.parameters and plain.path.get("key") not in BOARDS
        keys = METRICS if is_of_one else ("",)
        path = {**plain.path, **{each: str(pk) for each, pk in others.items()}}
        for key in keys:
            base: dict[str, Any] = {**plain.query, **(span if "since" in known else {})}
            if "format" in known:
                base = {**base, "format": "xlsx"}
            if "since" in known:
                base.pop("period", None)
            tried = [base, *(base | {"by": by} for by in ("unit", "person") if "by" in known)]
            tried += [base | {name: one} for name in far if name in known for one in far[name]]
            if endpoint.name == "list_targets":
                tried += [one | {"metric": METRICS[0]} for one in tried]
            if "cursor" in known and key in cursors:
                tried.append(base | {"cursor": cursors[key]})
            for query in tried:
                yield endpoint, Sample(path={**path, "key": key} if key else path, query=query)


def far_of(company: Company) -> dict[str, list[int]]:
    """What names others, by the name of the parameter."""
    return {
        "unit": [company.regions[1].pk],
        "region": [company.regions[1].pk],
        "person": [company.stranger.pk],
    }


def answers(
    company: Company, user: User, cursors: dict[str, str], others: dict[str, int]
) -> dict[str, str]:
    """What somebody is told, by what they asked."""
    asker, found = Asker(user), {}
    for endpoint, sample in questions(company, cursors, others):
        answer = asker.ask(endpoint, sample, Target("own", "deal", {}))
        asked = json.dumps([endpoint.name, sample.path, sample.query])
        found[asked] = told_by(answer, asked)
    return found


def told_by(answer: Any, asked: str) -> str:
    """The words and numbers of an answer, but for moments that pass."""
    assert answer.status_code < 500, (asked, text_of(answer))
    if "json" in answer.headers.get("Content-Type", "json"):
        return json.dumps(_lasting(json.loads(text_of(answer) or "null")), ensure_ascii=False)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        sheets = [each for each in book.namelist() if each.startswith("xl/")]
        return _MOMENTS.sub("", "".join(book.read(each).decode() for each in sorted(sheets)))


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
    others = kept_by_others(company)
    count()
    cursors = pages_of(company.ops)
    assert set(cursors) >= {"contacts"}
    asked = (company.manager, company.seller, company.ops)
    first = {user: answers(company, user, cursors, others) for user in asked}
    live(company, company.stranger, f"又{FAR}")
    count()
    last = {user: answers(company, user, cursors, others) for user in asked}
    for user in (company.manager, company.seller):
        changed = {json.loads(each)[0] for each in differing(first[user], last[user])}
        assert changed - FOR_ALL == set()
        assert [asked for asked, told in last[user].items() if FAR in told] == []
        assert "近处" in " ".join(last[user].values())
    files = [told for asked, told in last[company.manager].items() if "export_figures" in asked]
    assert any("近处" in told for told in files)
    told = {json.loads(each)[0] for each in differing(first[company.ops], last[company.ops])}
    assert told >= {"read_figures", "list_things_behind", "read_step_backs", "export_figures"}


def test_nothing_of_others_is_changed_or_told_by_changing(company):
    others, far = kept_by_others(company), far_of(company)
    count()
    writes = [each for each in of_the_app() if each.method != "GET"]
    unknown = {one for each in writes for one in each.parameters} - OF_DEFINITIONS - set(others)
    assert unknown == set(), "add what others have made to kept_by_others"
    for user in (company.manager, company.seller):
        for endpoint in writes:
            sample = sample_of(endpoint.name)
            path = {**sample.path, **{each: str(pk) for each, pk in others.items()}}
            body = dict(sample.body(Target("own", "deal", {}))) if sample.body else {}
            for name, (pk,) in far.items():
                body |= {each: pk for each in (name, f"{name}_id") if each in body}
            asked = Sample(path, sample.query, say(**body), headers=sample.headers)
            answer = Asker(user).ask(endpoint, asked, Target("own", "deal", {}))
            assert FAR not in text_of(answer), endpoint
            is_of_others = bool(endpoint.parameters & set(others)) or "unit_id" in body
            assert answer.status_code in REFUSED or not is_of_others, (endpoint, text_of(answer))


REFUSED = {403, 404, 409, 412, 422}


def differing(first: dict[str, str], last: dict[str, str]) -> list[str]:
    """What was answered otherwise."""
    return [asked for asked in first if first[asked] != last[asked]]
