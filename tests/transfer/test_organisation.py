import pytest

from closeloop.identity.models import User
from closeloop.org import actions as org
from closeloop.org import queries
from closeloop.org.models import Position, Unit
from closeloop.transfer import organisation
from tests.builders.database import snapshot
from tests.builders.people import make_user
from tests.transfer.running import csv_of, imported, reverted
from tests.transfer.test_resuming import HISTORY

pytestmark = pytest.mark.django_db
TABLE = csv_of(
    ["姓名", "上级", "大区"],
    ["张伟", "王经理", "华东"],
    ["李娜", "王经理", "华东"],
    ["Anna Snelling", "Dustin Brinkmann", "West"],
    ["", "王经理", "华东"],
    ["张伟", "王经理", "华东"],
)
COLUMNS = {"姓名": "@person", "上级": "@superior", "大区": "@unit"}


@pytest.fixture
def roles(db):
    org.install_roles()


def test_people_get_units_positions_and_superiors(roles):
    job = imported(TABLE, COLUMNS, record_type="org", constants={"@root": "公司"})
    assert (job.state, job.created, job.made_beside, job.refused) == ("done", 3, 7, 2)
    tree = Unit.objects.order_by("pk").values_list("name", "parent__name", "head__name")
    assert list(tree) == [
        ("公司", None, None),
        ("华东", "公司", None),
        ("王经理团队", "华东", "王经理"),
        ("West", "公司", None),
        ("Dustin Brinkmann Team", "West", "Dustin Brinkmann"),
    ]
    held = Position.objects.order_by("user__name").values_list(
        "user__name", "user__username", "unit__name", "role__key", "superior__name"
    )
    assert list(held) == [
        ("Anna Snelling", "anna.snelling", "Dustin Brinkmann Team", "salesperson",
         "Dustin Brinkmann"),
        ("Dustin Brinkmann", "dustin.brinkmann", "Dustin Brinkmann Team", "manager", None),
        ("张伟", "zhangwei", "王经理团队", "salesperson", "王经理"),
        ("李娜", "lina", "王经理团队", "salesperson", "王经理"),
        ("王经理", "wangjingli", "王经理团队", "manager", None),
    ]  # fmt: skip
    seller, manager = User.objects.get(username="zhangwei"), User.objects.get(name="王经理")
    assert queries.is_above(manager.pk, of=seller.pk)
    refused = job.batches.get().refused
    assert [(each["row"], each["problems"][0]["code"]) for each in refused] == [
        (5, "required"),
        (6, "repeats_row"),
    ]


def test_the_same_table_again_makes_nothing(roles):
    imported(TABLE, COLUMNS, record_type="org", constants={"@root": "公司"})
    again = imported(TABLE, COLUMNS, record_type="org", constants={"@root": "公司"})
    assert (again.created, again.unchanged, again.made_beside) == (0, 3, 0)


def test_a_revert_removes_units_and_people_that_nothing_uses(roles):
    before = snapshot(without=HISTORY)
    job = imported(TABLE, COLUMNS, record_type="org", constants={"@root": "公司"})
    undone = reverted(job)
    assert (undone.removed, undone.kept) == (10, 0)
    assert snapshot(without=HISTORY) == before


def test_a_revert_keeps_units_in_which_somebody_else_works(roles):
    job = imported(TABLE, COLUMNS, record_type="org", constants={"@root": "公司"})
    make_user("新同事", role="salesperson", unit=Unit.objects.get(name="West"))
    undone = reverted(job)
    assert (undone.removed, undone.kept) == (8, 2)
    assert sorted(Unit.objects.values_list("name", flat=True)) == ["West", "公司"]


def test_sign_in_names_are_made_from_names():
    assert organisation.username_for("欧阳 娜娜", taken=set()) == "ouyang.nana"
    assert organisation.username_for("Zane Levy", taken={"zane.levy"}) == "zane.levy2"
    assert organisation.username_for("!!", taken=set()) == "person"
