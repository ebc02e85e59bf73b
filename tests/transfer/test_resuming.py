"""What is killed goes on where it was; what is taken back leaves nothing."""

import pytest

from closeloop.activity.models import Entry
from closeloop.desk import actions as desk
from closeloop.desk.models import Tally
from closeloop.identity.actor import SYSTEM
from closeloop.records.models import Record
from closeloop.sla import actions as sla
from closeloop.sla.models import Clock
from closeloop.transfer import actions
from closeloop.transfer.actions import applying, running
from closeloop.transfer.models import Import
from tests.builders.activity import entries, verbs
from tests.builders.database import snapshot
from tests.transfer.running import LEAD, csv_of, imported, nobody, reverted, rows_of, started

pytestmark = pytest.mark.django_db
ROWS = [[f"线索{number}", f"138{number:08}", "展会"] for number in range(25)]
TABLE = csv_of(["姓名", "手机", "来源"], *ROWS)
HISTORY = frozenset(
    {"activity_entry", "transfer_import", "transfer_importbatch", "transfer_columnmemory",
     "desk_tally", "edge_revision"}
)  # fmt: skip


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def killed_in_batch(monkeypatch):
    """Have the run end in the middle of its third batch, after its rows were written."""
    monkeypatch.setattr(running, "ROWS_PER_BATCH", 10)
    apply_rows, calls = applying.apply_rows, []

    def killing(*args, **kwargs):
        apply_rows(*args, **kwargs)
        calls.append(args)
        if len(calls) == 2:
            raise Killed

    monkeypatch.setattr(applying, "apply_rows", killing)


def test_a_killed_import_goes_on_behind_its_last_row_and_makes_none_twice(pack, killed_in_batch):
    job = started(TABLE, LEAD)
    with pytest.raises(Killed):
        actions.run(job.pk, actor=SYSTEM)
    halted = Import.objects.get(pk=job.pk)
    assert (halted.state, halted.cursor, halted.created) == ("running", 11, 10)
    assert Record.objects.count() == 10
    done = actions.run(job.pk, actor=SYSTEM)
    assert (done.state, done.created, done.rows_done) == ("done", 25, 25)
    assert [name for (name,) in rows_of("lead", "name")] == [row[0] for row in ROWS]
    assert len(entries("lead.created")) == 25


def test_a_run_that_finds_the_rows_handled_does_nothing(pack):
    job = imported(TABLE, LEAD)
    again = actions.run(job.pk, actor=SYSTEM)
    assert (again.state, again.created) == ("done", 25)
    assert Record.objects.count() == 25


def test_a_cancelled_import_ends_behind_its_batch_and_can_be_resumed(pack, monkeypatch):
    monkeypatch.setattr(running, "ROWS_PER_BATCH", 10)
    job = started(TABLE, LEAD)
    actions.run(job.pk, actor=SYSTEM, progress=lambda now: actions.cancel(now, actor=SYSTEM))
    halted = Import.objects.get(pk=job.pk)
    assert (halted.state, halted.created) == ("cancelled", 10)
    actions.resume(halted, actor=SYSTEM, defer=nobody)
    assert actions.run(job.pk, actor=SYSTEM).created == 25
    assert Record.objects.count() == 25


def test_a_revert_leaves_nothing_but_the_history(pack):
    before = snapshot(without=HISTORY)
    columns = {
        "商机": "name",
        "客户": {"target": "customer", "create_missing": {"industry": "other"}},
    }
    rows = [[f"商机{number}", f"医院{number % 3}"] for number in range(20)]
    job = imported(csv_of(["商机", "客户"], *rows), columns, record_type="deal")
    assert Record.objects.count() == 23
    sla.adopt(None, record_type="deal")
    assert Clock.objects.exists()
    undone = reverted(job)
    assert (undone.state, undone.removed, undone.kept) == ("reverted", 23, 0)
    assert snapshot(without=HISTORY) == before
    assert sum(tally.count for tally in Tally.objects.all()) == 0
    assert entries("import.reverted")[0]["removed"] == 23
    assert verbs().count("deal.created") == 20


def test_a_revert_brings_changed_values_back_unless_somebody_changed_them_since(pack):
    imported(TABLE, LEAD)
    table = csv_of(["姓名", "手机", "来源"], ["甲", ROWS[0][1], "官网"], ["乙", ROWS[1][1], "官网"])
    job = imported(table, LEAD, match_on=["phone"], policy="update")
    second = rows_of("lead", "pk")[1][0]
    desk.change_record("lead", second, {"name": "改过"}, expected_version=None, actor=SYSTEM)
    undone = reverted(job)
    assert (undone.restored, undone.kept, undone.removed) == (1, 1, 0)
    assert rows_of("lead", "name", "source")[:2] == [
        ("线索0", "exhibition"),
        ("改过", "website"),
    ]
    titles = Record.objects.order_by("pk").values_list("title", flat=True)
    assert list(titles[:2]) == ["线索0", "改过"]


def test_what_others_point_at_stays_and_goes_when_they_are_gone(pack):
    customers = csv_of(["名称"], ["协和医院"], ["同济医院"])
    first = imported(
        customers, {"名称": "name"}, record_type="customer", constants={"industry": "other"}
    )
    deal = desk.create_record(
        "deal", {"name": "监护仪", "customer": rows_of("customer", "pk")[0][0]}, actor=SYSTEM
    )
    undone = reverted(first)
    assert (undone.removed, undone.kept) == (1, 1)
    assert rows_of("customer", "name") == [("协和医院",)]
    desk.change_record("deal", deal, {"customer": other()}, expected_version=None, actor=SYSTEM)
    assert reverted(undone).removed == 2
    assert rows_of("customer", "name") == [("另一家",)]


def test_every_record_of_a_run_is_told_in_the_activity_once(pack):
    job = imported(TABLE, LEAD)
    told = Entry.objects.filter(verb="lead.created").values_list("record_id", flat=True)
    ids = [record_id for batch in job.batches.all() for record_id in batch.created_ids]
    assert sorted(told) == sorted(ids)
    assert entries("import.finished")[0]["created"] == 25


def other() -> int:
    return desk.create_record("customer", {"name": "另一家", "industry": "other"}, actor=SYSTEM)
