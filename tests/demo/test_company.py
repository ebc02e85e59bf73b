"""The demo company as it is loaded: the same each time, only into an empty database, alive."""

import io
import itertools

import pytest
from django.core.management import CommandError, call_command

from closeloop.demo import actions, company
from closeloop.demo.errors import NotEmpty
from closeloop.demo.life.world import Flow
from closeloop.desk.models import SavedView
from closeloop.identity.models import User
from closeloop.org.me import demo_accounts
from closeloop.playbooks import shelf
from closeloop.playbooks.models import Receipt
from closeloop.playbooks.queries.figures import figures_of
from closeloop.process import blueprints
from closeloop.process.models import Instance, Visit
from closeloop.records.models import Record
from tests.builders.people import client_of, make_user
from tests.demo import rows
from tests.demo.conftest import SIZE, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stored_files")]


def test_the_same_day_and_seed_give_the_same_history(organisation):
    numbers = rows.numbers()
    first, again, other = [lived(organisation, numbers, seed=seed) for seed in (7, 7, 8)]
    assert first == again
    assert first != other


def test_a_loaded_company_is_alive(loaded):
    assert loaded.counts["deal"] > 20
    assert Instance.objects.filter(is_opening=True).count() == company.MINI.openings
    seller = ask("sales", "/api/today")
    assert seller["blocked"]
    assert seller["mentions"]
    assert ask("manager", "/api/today")["to_decide"]
    assert ask("director", "/api/today")["to_decide"]
    read = shelf.current().entries
    told = figures_of([each.entry_id for each in read]).values()
    assert sum(each.times for each in told) >= 5
    assert sum(each.moved for each in told) >= 1
    assert sum(each.helpful for each in told) >= 1
    assert sum(bool(each.contributors) for each in read) == 3
    assert Receipt.objects.filter(opened_at__isnull=False).exists()


@pytest.mark.usefixtures("loaded")
def test_everybody_finds_notices_and_those_mentioned_find_why():
    told = ask("sales", "/api/notices?limit=100")
    assert told["items"][0]["event"] == "demo.welcome"
    mentions = [item for item in told["items"] if item["event"] == "mention"]
    assert mentions
    assert all("提到了您" in item["title"] and item["record"] for item in mentions)
    assert ask("finance", "/api/notices?limit=0")["unread"] >= 1


@pytest.mark.usefixtures("loaded")
def test_something_is_under_way_on_the_last_day():
    assert {each["kind"] for each in ask("sales", "/api/today")["due"]} >= {"task"}
    workbench = ask("manager", "/api/workbench")
    assert any(task["is_red"] for task in workbench["tasks"])
    written = [paper["kind"] for paper in workbench["documents"]]
    assert written == ["timeout_brief", "risk_diagnosis"]
    assert ask("director", "/api/approvals?box=todo")["items"]
    papers = ask("bp", "/api/documents?addressed=true")["items"]
    assert [paper["kind"] for paper in papers] == ["timeout_brief"]
    assert ask("ops", "/api/absences?box=team")["items"]


@pytest.mark.usefixtures("loaded")
def test_every_role_has_a_sign_in_that_works():
    names = {account["username"] for account in demo_accounts()}
    assert names == {
        "sales", "manager", "director", "ops", "presales", "legal", "finance", "integrator",
        "admin", "bp",
    }  # fmt: skip
    for name in (*names, "chief"):
        asked = {"username": name, "password": company.PASSWORD}
        answer = client_of().post("/api/session", asked, content_type="application/json")
        assert answer.status_code == 200, name


@pytest.mark.usefixtures("loaded")
def test_every_shared_view_can_be_opened():
    shared = SavedView.objects.filter(visibility="everyone")
    found = {
        view.name: ask("ops", f"/api/records/{view.record_type}?view={view.pk}")["items"]
        for view in shared
    }
    assert len(found["停留最久"]) > len(found["高意向"]) > 0


@pytest.mark.usefixtures("loaded")
def test_nobody_comes_into_a_stage_past_the_process():
    for record_type in ("deal", "lead", "repair"):
        flow = Flow(blueprints.current_of(record_type).blueprint)
        steps = {(move.from_stage, move.to_stage) for move in flow.blueprint.moves}
        visits = Visit.objects.filter(record__type=record_type).order_by("record_id", "id")
        stays = list(visits.values_list("record_id", "stage", "kind"))
        pairs = itertools.pairwise(stays)
        made = {(one[1], two[1]) for one, two in pairs if one[0] == two[0]}
        assert made - steps == set()


@pytest.mark.usefixtures("loaded")
def test_loading_again_changes_nothing():
    told = io.StringIO()
    before = Record.objects.count()
    call_command("demo", stdout=told, stderr=io.StringIO())
    assert Record.objects.count() == before
    assert company.PASSWORD in told.getvalue()


def test_other_peoples_work_is_not_mixed_with_the_demo():
    make_user("林一")
    with pytest.raises(NotEmpty):
        actions.load_company(today=TODAY, size=company.MINI)
    with pytest.raises(CommandError, match="other people's work"):
        call_command("demo", stdout=io.StringIO(), stderr=io.StringIO())
    assert Record.objects.count() == 0
    assert not User.objects.filter(is_demo=True).exists()


def lived(organisation, numbers, *, seed):
    """Everything that happened, and how the records stand at the end."""
    rows.set_numbers(numbers)
    books = actions.live(organisation, size=SIZE, today=TODAY, seed=seed)
    stands = [(held.id, held.stage, held.version, held.values) for held in books.records.values()]
    return books.added.entries, stands


def ask(username, path):
    """What the product answers to somebody."""
    answer = client_of(User.objects.get(username=username)).get(path)
    assert answer.status_code == 200, answer.content
    return answer.json()
