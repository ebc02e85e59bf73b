"""Every row that a history leaves behind, in a form in which two histories can be compared."""

import json

from django.core.files.storage import default_storage
from django.db import connection

TABLES = {
    "records_record": "id",
    "customers_customer": "id",
    "customers_contact": "id",
    "products_product": "id",
    "leads_lead": "id",
    "deals_deal": "id",
    "customrecords_customrecord": "id",
    "process_instance": "record_id",
    "process_exceptionrequest": "id",
    "records_comment": "id",
    "files_attachment": "id",
    "process_visit": "record_id, entered_at, stage",
    "process_tick": "record_id, item",
    "records_mention": "comment_id, user_id",
    "approvals_case": "id",
    "approvals_visit": "case_id, number",
    "approvals_ask": "id",
    "approvals_step": "case_id, at, kind",
    "approvals_copy": "case_id, node, person_id",
    "activity_entry": "at, record_id, verb, data::text",
}
WITHOUT_ID = {
    "process_visit", "process_tick", "records_mention", "activity_entry", "approvals_visit",
    "approvals_step", "approvals_copy",
}  # fmt: skip
NUMBERED = (
    "approvals_case",
    "approvals_ask",
    "records_record",
    "records_comment",
    "files_attachment",
    "process_exceptionrequest",
)
_TALLIES = """
    SELECT record_type, stage, unit_id, owner_id, sum(count), sum(amount) FROM desk_tally
    GROUP BY 1, 2, 3, 4 HAVING sum(count) <> 0 OR sum(amount) <> 0 ORDER BY 1, 2, 3, 4
"""


def all_rows():
    """Rows by table: ids kept where other rows name them, files by what they hold."""
    found = {table: _rows(table, order) for table, order in TABLES.items()}
    for row in found["files_attachment"]:
        for column in ("stored_as", "thumbnail_as"):
            row[column] = default_storage.open(row[column]).read() if row[column] else b""
    with connection.cursor() as cursor:
        cursor.execute(_TALLIES)
        found["desk_tally"] = cursor.fetchall()
    return found


def numbers():
    """Where the sequences stand whose numbers other rows name."""
    with connection.cursor() as cursor:
        found = {}
        for table in NUMBERED:
            cursor.execute(f"SELECT nextval(pg_get_serial_sequence('{table}', 'id'))")
            found[table] = cursor.fetchone()[0]
    return found


def set_numbers(found):
    """Let the sequences go on after these numbers."""
    with connection.cursor() as cursor:
        for table, number in found.items():
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {number})")


def _rows(table, order):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY {order}")
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        if table in WITHOUT_ID:
            del row["id"]
        row.pop("xid", None)
        if table == "approvals_ask":
            del row["visit_id"]
        if "grams" in row:
            row["grams"] = sorted(row["grams"])
        if table == "activity_entry":
            row["data"] = json.loads(row["data"]) if isinstance(row["data"], str) else row["data"]
    return rows
