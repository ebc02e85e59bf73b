import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from closeloop.desk import actions as desk
from closeloop.identity.actor import SYSTEM
from closeloop.transfer import actions
from tests.builders.company import Company, make_company
from tests.builders.kept import kept
from tests.builders.people import actor_of, client_of
from tests.transfer.running import csv_of, rows_of

pytestmark = pytest.mark.django_db
TABLE = csv_of(["姓名", "手机", "来源"], ["张伟", "13800138000", "展会"], ["李娜", "12", "Select"])


@pytest.fixture
def company() -> Company:
    return kept(make_company)


@pytest.fixture
def client(company) -> Client:
    return client_of(company.ops)


def sent(client: Client, content: bytes = TABLE, record_type: str = "lead") -> Any:
    upload = SimpleUploadedFile("线索.csv", content)
    return client.post("/api/imports", {"file": upload, "record_type": record_type})


def test_a_table_goes_from_the_wizard_to_records(company, client):
    answer = sent(client)
    assert answer.status_code == 201
    draft = answer.json()
    assert (draft["state"], draft["rows_total"], draft["encoding"]) == ("draft", 2, "utf-8-sig")
    assert {each["column"]: each["target"] for each in draft["mapping"]["columns"]} == {
        "姓名": "name",
        "手机": "phone",
        "来源": "source",
    }
    path = f"/api/imports/{draft['id']}"
    preview = client.get(f"{path}/preview").json()
    assert [row["outcome"] for row in preview["rows"]] == ["create", "refuse"]
    assert preview["rows"][1]["problems"][0]["message"] == "电话号码不正确"
    assert preview["columns"][2]["placeholders"] == ["Select"]
    mapping = {**draft["mapping"], "empties": ["Select"], "constants": {}}
    mapping["columns"][2]["when_empty"] = "other"
    change = {"mapping": mapping, "match_on": ["phone"]}
    changed = client.patch(path, change, content_type="application/json").json()
    assert changed["match_on"] == ["phone"]
    started = client.post(f"{path}/start", {}, content_type="application/json").json()
    assert started["state"] == "queued"
    job = ProcrastinateJob.objects.get(task_name="transfer.run_import")
    assert (job.args, job.lock) == ({"import_id": draft["id"]}, f"import:{draft['id']}")
    actions.run(draft["id"], actor=actor_of(company.ops))
    done = client.get(path).json()
    assert (done["state"], done["progress"]) == ("done", 1.0)
    assert (done["counts"]["created"], done["counts"]["refused"]) == (1, 1)
    errors = b"".join(client.get(f"{path}/errors").streaming_content).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(errors)))[1] == [
        "李娜",
        "12",
        "Select",
        "手机: 电话号码不正确",
    ]
    assert rows_of("lead", "name", "owner_id") == [("张伟", company.ops.pk)]


def test_a_table_in_gbk_may_be_read_in_another_way(client):
    draft = sent(client, csv_of(["姓名"], ["张伟"], encoding="gbk")).json()
    assert draft["encoding"] == "gb18030"
    path = f"/api/imports/{draft['id']}"
    again = client.patch(path, {"encoding": "big5"}, content_type="application/json")
    assert again.json()["encoding"] == "big5"
    other = client.patch(path, {"header_row": 0}, content_type="application/json").json()
    assert (other["columns"], other["rows_total"]) == (["#1"], 2)


def test_faults_in_the_mapping_are_told_in_the_readers_language(company):
    client = client_of(company.ops, locale="en-US")
    company.ops.locale = "en-US"
    company.ops.save()
    draft = sent(client).json()
    path = f"/api/imports/{draft['id']}"
    client.patch(path, {"mapping": {"columns": []}}, content_type="application/json")
    refused = client.post(f"{path}/start", {}, content_type="application/json")
    assert refused.status_code == 422
    assert {each["field"]: each["message"] for each in refused.json()["errors"]} == {
        "name": "A required field has neither a column nor a fixed value",
        "source": "A required field has neither a column nor a fixed value",
    }


REFUSED = {
    "nothing": (b"", "lead", 422, "import_table_empty"),
    "damaged": (b"PK\x03\x04 cut off", "lead", 422, "import_table_unreadable"),
    "unknown type": (TABLE, "nonsense", 404, "record_type_unknown"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_table_that_cannot_be_read_is_refused_and_not_kept(client, stored, case):
    content, record_type, status, code = REFUSED[case]
    answer = sent(client, content, record_type)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert [path for path in stored.rglob("*") if path.is_file()] == []


def test_nobody_sees_the_imports_of_others(company, client):
    draft = sent(client).json()
    other = client_of(company.manager)
    assert other.get("/api/imports").json() == []
    assert other.get(f"/api/imports/{draft['id']}").status_code == 404
    assert client_of(company.seller).get("/api/imports").status_code == 403


def test_an_export_is_asked_for_and_fetched(company, client):
    desk.create_record("lead", {"name": "张伟", "source": "other"}, actor=SYSTEM)
    body = {"record_type": "lead", "format": "csv", "columns": ["name"]}
    asked = client.post("/api/exports", body, content_type="application/json")
    assert (asked.status_code, asked.json()["url"]) == (202, None)
    export_id = asked.json()["id"]
    early = client.get(f"/api/exports/{export_id}/file")
    assert (early.status_code, early.json()["code"]) == (409, "export_not_ready")
    actions.write_export(export_id, actor=actor_of(company.ops))
    url = client.get(f"/api/exports/{export_id}").json()["url"]
    answer = client.get(url)
    assert b"".join(answer.streaming_content).decode("utf-8-sig") == "联系人姓名\r\n张伟\r\n"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")
    assert client_of(company.manager).get(f"/api/exports/{export_id}").status_code == 404
