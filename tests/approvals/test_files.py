"""Every action on a case takes files; whoever may see the case reads them, and nobody else."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from closeloop.approvals import actions
from closeloop.approvals.actions import Answer
from closeloop.approvals.models import CaseFile, Step, StepFile
from closeloop.edge import revisions
from closeloop.files.models import Attachment
from closeloop.org.models import Position
from tests.builders.activity import entries
from tests.builders.approvals import approve, make_flow, open_case, persons
from tests.builders.asking import client_as
from tests.builders.documents import make_document
from tests.builders.people import actor_of, client_of, make_user

pytestmark = pytest.mark.django_db
MINUTES = "会议记录".encode()


@pytest.fixture
def chief(company):
    """The manager's superior: elsewhere, and a reader of none of the records."""
    person = make_user("陈总", role="salesperson", unit=company.teams[2])
    Position.objects.filter(user=company.manager).update(superior=person)
    revisions.bump("org")
    return person


@pytest.fixture
def case(company, chief):
    """A case that is about no record."""
    flow = make_flow(approve("first", persons(company.manager), rights=["return"]))
    return open_case(flow, company.seller, title="出差申请")


def send(person, case, name="说明.txt", content=MINUTES):
    address = f"/api/approvals/{case.pk}/files"
    return client_of(person).post(address, {"file": SimpleUploadedFile(name, content)})


def sent(person, case, **options):
    answer = send(person, case, **options)
    assert answer.status_code == 201, answer.content
    return answer.json()["id"]


def do(person, case, action, **body):
    answer = client_as(person).post(f"/approvals/{case.pk}/{action}", body)
    assert answer.status_code == 200, answer.content
    return answer.json()


def fetch(person, case, file_id):
    return client_as(person).get(f"/approvals/{case.pk}/files/{file_id}/content")


def test_urging_takes_over_returning_sending_again_and_withdrawing_take_files(company, case, chief):
    file_ids = {}
    for person, action in (
        (company.seller, "urge"),
        (chief, "take-over"),
        (chief, "return"),
        (company.seller, "resubmit"),
        (company.seller, "withdraw"),
    ):
        file_ids[action] = sent(person, case, name=f"{action}.txt", content=action.encode())
        page = do(person, case, action, comment=f"见附件 {action}", files=[file_ids[action]])
    shown = [
        (step["kind"], step["person"]["name"], step["comment"], [f["id"] for f in step["files"]])
        for step in page["steps"]
    ]
    assert shown == [
        ("urge", "张伟", "见附件 urge", [file_ids["urge"]]),
        ("take_over", "陈总", "见附件 take-over", [file_ids["take-over"]]),
        ("resubmit", "张伟", "见附件 resubmit", [file_ids["resubmit"]]),
        ("withdraw", "张伟", "见附件 withdraw", [file_ids["withdraw"]]),
    ]
    (returned,) = [ask for ask in page["nodes"][0]["asks"] if ask["state"] == "returned"]
    assert [each["id"] for each in returned["files"]] == [file_ids["return"]]
    url = f"/api/approvals/{case.pk}/files/{file_ids['return']}/content"
    assert returned["files"][0]["url"] == url
    assert [each["name"] for each in entries("file.attached")][:1] == ["urge.txt"]


def test_a_file_of_a_case_is_read_by_who_sees_the_case_and_by_nobody_else(company, case, chief):
    file_id = sent(company.seller, case)
    assert fetch(company.seller, case, file_id).status_code == 404  # not named yet
    do(company.seller, case, "urge", files=[file_id])
    for person in (company.seller, company.manager, chief):
        answer = fetch(person, case, file_id)
        assert b"".join(answer.streaming_content).decode() == "会议记录"
    outside = fetch(company.stranger, case, file_id)
    assert (outside.status_code, outside.json()["code"]) == (404, "approval_not_found")
    # The general address of documents gives it to nobody, not even to its sender.
    for person in (company.seller, company.stranger, company.ops):
        assert client_as(person).get(f"/files/{file_id}/content").status_code == 404
        assert client_as(person).delete(f"/files/{file_id}").status_code == 404


def test_who_no_longer_sees_the_case_no_longer_reads_its_files(company, case, chief):
    file_id = sent(company.seller, case)
    do(company.seller, case, "urge", files=[file_id])
    Position.objects.filter(user=company.manager).update(superior=company.director)
    revisions.bump("org")
    assert fetch(chief, case, file_id).status_code == 404


def test_who_was_removed_reads_nothing_and_what_they_sent_stays(company, case):
    file_id = sent(company.manager, case)
    actions.send_back(
        case.pk,
        Answer(comment="补材料", file_ids=[file_id]),
        to_node=None,
        actor=actor_of(company.manager),
    )
    company.manager.is_active = False
    company.manager.save()
    assert fetch(company.manager, case, file_id).status_code == 401
    assert fetch(company.seller, case, file_id).status_code == 200


def test_a_file_of_one_case_is_not_given_by_another(company, case):
    file_id = sent(company.seller, case)
    do(company.seller, case, "urge", files=[file_id])
    other = open_case(case.flow.key, company.colleague)
    assert fetch(company.colleague, other, file_id).json()["code"] == "file_not_found"
    refused = client_as(company.colleague).post(f"/approvals/{other.pk}/urge", {"files": [file_id]})
    assert refused.json()["code"] == "approval_file_not_possible"
    assert not Step.objects.filter(case=other).exists()
    other.refresh_from_db()
    assert other.urged_at is None


def test_a_document_of_the_record_is_not_named_by_who_cannot_read_it(company, deal, chief):
    flow = make_flow(approve("first", persons(chief)), record_type="deal")
    case = open_case(flow, company.seller, record_id=deal, record_type="deal")
    hidden = make_document(deal, "minutes")
    refused = client_as(chief).post(f"/approvals/{case.pk}/agree", {"files": [hidden.pk]})
    assert (refused.status_code, refused.json()["code"]) == (422, "approval_file_not_possible")
    own = sent(chief, case)
    do(chief, case, "agree", files=[own])
    assert Attachment.objects.get(pk=own).record_id == deal
    # The record's other documents stay closed; what stands in the case is read there.
    assert client_as(chief).get(f"/files/{own}/content").status_code == 404
    assert fetch(chief, case, own).status_code == 200
    assert fetch(chief, case, hidden.pk).status_code == 404


def test_files_of_steps_on_a_record_stay_documents_of_it(company, deal):
    flow = make_flow(approve("first", persons(company.manager)), record_type="deal")
    case = open_case(flow, company.seller, record_id=deal, record_type="deal")
    file_id = sent(company.seller, case)
    do(company.seller, case, "withdraw", comment="重做", files=[file_id])
    assert StepFile.objects.get().attachment.record_id == deal
    assert client_as(company.seller).get(f"/files/{file_id}/content").status_code == 200


def test_files_of_a_case_pass_the_same_checks_as_documents(company, case):
    assert send(company.seller, case, content=b"<script>1</script>").json()["code"] == (
        "file_type_refused"
    )
    assert send(company.seller, case, content=b"").status_code in (400, 422)
    assert not CaseFile.objects.exists()
    photo = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "HUAWEI"
    Image.new("RGB", (3000, 2000), "navy").save(photo, "JPEG", exif=exif)
    kept = Attachment.objects.get(
        pk=sent(company.seller, case, name="现场.jpg", content=photo.getvalue())
    )
    assert (kept.width, kept.taken["make"], kept.record_id) == (2560, "HUAWEI", None)
    assert kept.thumbnail_as


def test_nobody_outside_sends_a_file_and_nobody_to_a_closed_case(company, case):
    assert send(company.stranger, case).status_code == 404
    do(company.seller, case, "withdraw")
    assert send(company.seller, case).json()["code"] == "approval_answered"
    assert not Attachment.objects.exists()


def test_a_case_says_that_it_was_opened_by_hand(company, case):
    assert client_as(company.seller).get(f"/approvals/{case.pk}").json()["is_by_hand"] is True
    type(case).objects.filter(pk=case.pk).update(purpose_kind="move")
    assert client_as(company.seller).get(f"/approvals/{case.pk}").json()["is_by_hand"] is False
