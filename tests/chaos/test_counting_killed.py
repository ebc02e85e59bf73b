"""Must show: the sweeper is killed again and again, and the figures are those from scratch."""

import os
import signal
import subprocess
import sys
import time
from random import Random
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction

from closeloop.activity.models import Entry
from closeloop.engine.metrics import ENTRIES, fold
from closeloop.metrics import actions, definitions, standing
from closeloop.metrics.models import Build, BuildState, CompanyDay, PersonDay, UnitDay
from tests.builders.company import install_standard_pack

pytestmark = pytest.mark.django_db(transaction=True)
ZONE = "Asia/Shanghai"
PATIENCE_S = 120
HAPPEN = """
    INSERT INTO activity_entry (at, verb, actor_id, actor_kind, unit_id, data, corrects_id)
    SELECT now() - make_interval(mins => n * 7 %% 90000),
        (ARRAY['deal.stage_entered', 'lead.created', 'process.move_blocked', 'deal.changed'])
            [1 + n %% 4],
        1 + n %% 40, 'person', 1 + n %% 9,
        jsonb_build_object('kind', (ARRAY['forward', 'back', 'close'])[1 + n %% 3],
            'from', 'demo', 'to', (ARRAY['quotation', 'payment', 'lost'])[1 + n %% 3]),
        CASE WHEN n %% 10 = 0 AND %(last)s > 0 THEN 1 + (n * 31) %% %(last)s END
    FROM generate_series(1, %(many)s) AS n
"""
GRAINS = (
    (PersonDay, ("day", "person_id", "unit_id", "kind")),
    (UnitDay, ("day", "unit_id", "kind")),
    (CompanyDay, ("day", "kind")),
)


@pytest.fixture(autouse=True)
def pack(db):
    """What the standard pack measures, counted from nothing."""
    with transaction.atomic():
        install_standard_pack()
    actions.rebuild()


def apart(do):
    """A process of its own that does it; the parent's connection is closed before."""
    connection.close()
    pid = os.fork()
    if pid == 0:
        try:
            do()
        finally:
            os._exit(0)
    return pid


def kill(pid):
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def sweeper():
    """The very process that the supervisor starts, on the test's database."""
    name = connection.settings_dict["NAME"]
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    return subprocess.Popen(
        [sys.executable, "-m", "closeloop.config.sweeper"],
        env={**os.environ, "DATABASE_URL": address},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_until_it_counts(build):
    """Until the process is at work: it has counted something since."""
    before, until = (build.xid, build.entry_id), time.monotonic() + PATIENCE_S
    while (build.xid, build.entry_id) == before:
        assert time.monotonic() < until, "the sweeper never counted"
        time.sleep(0.005)
        build.refresh_from_db()


def happen(many):
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM activity_entry")
        cursor.execute(HAPPEN, {"many": many, "last": cursor.fetchone()[0]})


def catch_up(build):
    """Until nothing is ahead; transactions of others may hold the horizon back for a while."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        while actions.catch_up(build.pk):
            pass
        build.refresh_from_db()
        last = Entry.objects.order_by("-xid", "-id").values_list("xid", "id").first()
        if (build.xid, build.entry_id) >= last:
            return
        time.sleep(0.05)
    raise AssertionError("something never ended")


def counts(build):
    names = {each.pk: each.key for each in build.measures.all()}
    return {
        (grain.__name__, names[row.pop("measure_id")], *map(str, row.values())): total
        for grain, columns in GRAINS
        for row in grain.objects.filter(measure_id__in=names).values(
            "measure_id", *columns, "n", "value"
        )
        for total in [(row.pop("n"), row.pop("value"))]
        if any(total)
    }


def from_scratch():
    build = actions.begin(list(definitions.book().measures.values()), zone=ZONE)
    actions.fill(build)
    catch_up(build)
    return build


@pytest.mark.long
@pytest.mark.parametrize(("entries", "kills"), [(40_000, 8), (1_000_000, 200)])
def test_killed_while_counting_it_counts_each_entry_once(entries, kills):
    chance, live = Random(3), standing.live()
    for _ in range(kills):
        process = sweeper()
        happen(entries // kills)
        live.refresh_from_db()
        wait_until_it_counts(live)
        time.sleep(chance.uniform(0.0, 0.3))
        process.kill()
        process.wait()
    catch_up(live)
    kept = counts(live)
    assert kept == counts(from_scratch())
    if entries < 100_000:
        measures = [each for each in definitions.book().measures.values() if each.source == ENTRIES]
        counted = fold(measures, Entry.objects.all(), zone=ZoneInfo(ZONE))
        people = {key[1:]: total for key, total in kept.items() if key[0] == "PersonDay"}
        assert people == {tuple(map(str, key)): total for key, total in counted.items()}
    check_killed_rebuilds(kept)


def check_killed_rebuilds(before):
    """A rebuild that is killed leaves what is read as it was; the next one puts all in order."""
    for wait_s in (0.02, 0.1):
        pid = apart(actions.rebuild)
        time.sleep(wait_s)
        kill(pid)
        read = standing.live()
        catch_up(read)
        assert counts(read) == before
    made = actions.rebuild()
    assert standing.live().pk == made.pk
    assert set(Build.objects.values_list("state", flat=True)) == {BuildState.LIVE}
    catch_up(made)
    assert counts(made) == before
