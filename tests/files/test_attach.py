from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import transaction

from closeloop.activity.models import Entry
from closeloop.edge import work
from closeloop.engine.refusals import Refusal
from closeloop.files import actions, errors, queries
from closeloop.files.models import Attachment
from tests.files import samples
from tests.files.conftest import files_in


def attach_pdf(record, actor, *, kind="minutes", name="纪要.pdf") -> Attachment:
    return actions.attach(record, samples.upload(samples.PDF, name), kind=kind, actor=actor)


def test_a_document_is_stored_with_its_facts_and_recorded(record, actor):
    attached = attach_pdf(record, actor)
    assert (attached.name, attached.format, attached.content_type, attached.size) == (
        "纪要.pdf",
        "pdf",
        "application/pdf",
        len(samples.PDF),
    )
    assert default_storage.open(attached.stored_as).read() == samples.PDF
    assert "纪要" not in attached.stored_as
    entry = Entry.objects.get(verb="file.attached")
    assert (entry.record_id, entry.record_type, entry.actor_id) == (
        record.pk,
        "deal",
        actor.user_id,
    )
    assert entry.data == {
        "attachment_id": attached.pk,
        "name": "纪要.pdf",
        "kind": "minutes",
        "sha256": attached.sha256,
    }


def test_the_same_content_twice_under_one_kind_is_one_document(record, actor, stored):
    first = attach_pdf(record, actor)
    assert attach_pdf(record, actor, name="again.pdf").pk == first.pk
    assert attach_pdf(record, actor, kind="contract").pk != first.pk
    assert len(files_in(stored)) == 2
    assert Entry.objects.filter(verb="file.attached").count() == 2


def test_a_removed_document_leaves_the_list_keeps_its_bytes_and_may_come_again(record, actor):
    attached = attach_pdf(record, actor)
    actions.remove(attached, actor=actor)
    actions.remove(attached, actor=actor)
    assert list(queries.documents_of(record.pk)) == []
    assert default_storage.exists(attached.stored_as)
    assert Entry.objects.filter(verb="file.removed").count() == 1
    assert attach_pdf(record, actor).pk != attached.pk


def test_a_photo_of_20_mb_is_taken_from_disk(record, actor):
    content = samples.photo_of_20_mb()
    assert len(content) > 20_000_000
    sent = samples.upload_on_disk(content, "现场.jpg")
    attached = actions.attach(record, sent, kind="photo", actor=actor)
    assert (attached.width, attached.height, attached.format) == (2560, 1707, "image")
    assert attached.size == default_storage.size(attached.stored_as) < 8_000_000


REFUSED = {
    "html that calls itself a photo": (samples.HTML, "photo.jpg", "photo", errors.FileTypeRefused),
    "svg": (samples.SVG, "logo.png", "photo", errors.FileTypeRefused),
    "nothing": (b"", "empty.pdf", "minutes", errors.FileEmpty),
    "kind": (samples.PDF, "a.pdf", "No Such Kind", errors.KindInvalid),
    "damaged": (samples.picture()[:300], "a.jpg", "photo", errors.PictureUnreadable),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_document_leaves_nothing(record, actor, stored, case):
    content, name, kind, expected = REFUSED[case]
    with pytest.raises(expected):
        actions.attach(record, samples.upload(content, name), kind=kind, actor=actor)
    assert (Attachment.objects.count(), Entry.objects.count(), files_in(stored)) == (0, 0, [])


def test_a_file_over_50_mb_is_refused_with_the_limit(record, actor, stored):
    sent = samples.upload(samples.PDF, "large.pdf")
    sent.size = 50 * 1024 * 1024 + 1
    with pytest.raises(errors.FileTooLarge) as refused:
        actions.attach(record, sent, kind="minutes", actor=actor)
    assert refused.value.data == {"size": 52428801, "limit": 52428800, "limit_mb": 50}
    assert files_in(stored) == []


def test_bytes_go_when_their_transaction_is_rolled_back(record, actor, stored):
    def attach_and_be_refused() -> None:
        attach_pdf(record, actor)
        assert len(files_in(stored)) == 1
        raise Refusal

    with pytest.raises(Refusal):
        work.perform(attach_and_be_refused)
    assert files_in(stored) == []
    assert (Attachment.objects.count(), Entry.objects.count()) == (0, 0)


def test_bytes_go_when_the_outer_transaction_is_marked_to_roll_back(record, actor, stored):
    with work.one_transaction():
        work.perform(lambda: attach_pdf(record, actor))
        transaction.set_rollback(True)
    assert files_in(stored) == []


def test_bytes_stay_when_their_transaction_commits(record, actor, stored):
    work.perform(lambda: attach_pdf(record, actor))
    assert len(files_in(stored)) == 1


def test_the_sweep_removes_only_old_bytes_that_nobody_names(record, actor, stored):
    kept = attach_pdf(record, actor)
    orphan = stored / "attachments" / "00" / "orphan"
    orphan.parent.mkdir(parents=True, exist_ok=True)
    orphan.write_bytes(b"left behind")
    written = datetime.fromtimestamp(orphan.stat().st_mtime, tz=UTC)
    assert actions.sweep_orphans(before=written - timedelta(hours=1)) == 0
    assert actions.sweep_orphans(before=written + timedelta(hours=1)) == 1
    assert [path.name for path in files_in(stored)] == [kept.stored_as.split("/")[-1]]


@pytest.mark.parametrize(
    ("given", "content", "shown"),
    [
        ("C:\\temp\\报价.pdf", samples.PDF, "报价.pdf"),
        ("../../etc/passwd", samples.PDF, "passwd.pdf"),
        ("invoice\u202efdp.exe", samples.PDF, "invoicefdp.exe.pdf"),
        ("", samples.PDF, "document.pdf"),
        ("run.js", b"alert(1)", "run.js.txt"),
        ("list.CSV", b"a,b\n1,2\n", "list.CSV"),
        ("photo.png", samples.picture("JPEG"), "photo.jpg"),
    ],
)
def test_a_name_is_shown_without_tricks(record, actor, given, content, shown):
    sent = samples.upload(content, "x")
    sent._name = given
    attached = actions.attach(record, sent, kind="other", actor=actor)
    assert attached.name == shown
