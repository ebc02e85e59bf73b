"""What an import costs beside plain COPY of the same rows into the same indexed tables.

100,000 leads with eight columns are read from a CSV, checked and written by `transfer.actions.run`.
The floor is one COPY a table of exactly the rows that came about (registry, leads, instances,
visits, activity), into an empty copy of the database with the same indexes and triggers. Both are
CPU time, of the client and of its PostgreSQL backend together; the ratio is floor ÷ ours.
"""

import csv
import io
import os
import random
import sys
import time
from collections.abc import Callable

from django.core.files.storage import default_storage
from django.db import connection, transaction

from bench import cpu, ground
from closeloop.edge import work
from closeloop.fields import queries as fields
from closeloop.identity.actor import SYSTEM
from closeloop.transfer import actions
from closeloop.transfer.models import Import

ROWS = 100_000
SEED = 7
TABLES = (
    "records_record",
    "leads_lead",
    "process_instance",
    "process_visit",
    "activity_entry",
)
COLUMNS = {
    "姓名": "name",
    "公司": "company",
    "手机": "phone",
    "邮箱": "email",
    "来源": "source",
    "行业": "industry",
    "大区": "region",
    "意向等级": "intent_level",
}
_SURNAMES, _GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明"
_WORDS = ("东方", "瑞康", "新华", "仁济", "同德", "长庚", "博爱", "康宁", "天合", "和睦")


def main() -> None:
    """Import into one database, copy the same rows into another, and compare."""
    count = next((int(word) for word in sys.argv[1:] if word.isdigit()), ROWS)
    with ground.own_database("import"), ground.copied_database() as other:
        job = _draft(count)
        ours, took_s = _cost(lambda: actions.run(job.pk, actor=SYSTEM))
        done = Import.objects.get(pk=job.pk)
        default_storage.delete(done.stored_as)
        rows = {table: _rows_of(table) for table in TABLES}
        with ground.at(other):
            floor, floor_s = _cost(lambda: _copy(rows))
        ground.say(f"import {took_s:.1f} s, {ours / 1e9:.2f} s of CPU, {count / took_s:.0f} rows/s")
        ground.say(f"copy   {floor_s:.1f} s, {floor / 1e9:.2f} s of CPU")
        ground.report(
            {
                "bench": "import",
                "copy_ratio": round(floor / ours, 3),
                "rows": done.created,
                "refused": done.refused,
                "import_cpu_s": round(ours / 1e9, 2),
                "copy_cpu_s": round(floor / 1e9, 2),
                "rows_per_cpu_s": round(done.created / (ours / 1e9)),
                "measured": "CPU of client and backend; floor ÷ ours",
            }
        )


def _draft(count: int) -> Import:
    ground.say(f"writing a table of {count} leads")
    content = io.BytesIO(_table(count))
    job = work.perform(
        lambda: actions.create_import(content, name="leads.csv", record_type="lead", actor=SYSTEM)
    )
    actions.change_import(job, {"plan": {"columns": COLUMNS}}, actor=SYSTEM)
    return work.perform(lambda: actions.start(job, actor=SYSTEM, defer=lambda _number: None))


def _table(count: int) -> bytes:
    chance = random.Random(SEED)
    specs = fields.specs_of("lead")
    choices = {
        key: [choice.name["zh-CN"] for choice in specs[key].choices]
        for key in ("source", "industry", "region", "intent_level")
    }
    sink = io.StringIO(newline="")
    writer = csv.writer(sink)
    writer.writerow(COLUMNS)
    for number in range(count):
        writer.writerow(
            [
                chance.choice(_SURNAMES) + chance.choice(_GIVEN) + chance.choice(_GIVEN),
                f"{chance.choice(_WORDS)}{chance.choice(_WORDS)}医院{number % 5000}",
                f"1{chance.choice('3589')}{number:09}",
                f"lead{number}@mail.example",
                *(chance.choice(words) for words in choices.values()),
            ]
        )
    return sink.getvalue().encode()


def _cost(what: Callable[[], object]) -> tuple[int, float]:
    """CPU nanoseconds of this process and its backend, and seconds by the clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    own, server, clock = time.process_time_ns(), cpu.of_backend(backend), time.monotonic()
    what()
    spent = time.process_time_ns() - own + cpu.of_backend(backend) - server
    return spent, time.monotonic() - clock


def _rows_of(table: str) -> tuple[str, bytes]:
    """The columns of a table and its rows as COPY writes them, without those of the setup."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)"
            " FROM information_schema.columns WHERE table_name = %s AND table_schema = 'public'",
            [table],
        )
        columns = cursor.fetchone()[0]
        only = " WHERE record_type = 'lead' AND verb = 'lead.created'"
        where = only if table == "activity_entry" else ""
        with cursor.copy(f"COPY (SELECT {columns} FROM {table}{where}) TO STDOUT") as copy:
            return columns, b"".join(bytes(piece) for piece in copy)


def _copy(rows: dict[str, tuple[str, bytes]]) -> None:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for table, (columns, content) in rows.items():
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                copy.write(content)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "closeloop.config.settings")
    main()
