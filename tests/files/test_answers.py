import pytest
from django.test import RequestFactory

from closeloop.files import actions, answers
from tests.files import samples


def answer(attached, **headers):
    request = RequestFactory(headers=headers).get("/")
    return answers.content(attached, request=request)


def body(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.fixture
def attach(record, actor):
    def attached(content: bytes, name: str):
        return actions.attach(record, samples.upload(content, name), kind="other", actor=actor)

    return attached


@pytest.mark.parametrize(
    ("content", "name", "disposition"),
    [
        (samples.PDF, "a.pdf", 'inline; filename="a.pdf"'),
        (samples.picture(), "a.jpg", 'inline; filename="a.jpg"'),
        (samples.sound(), "a.wav", 'inline; filename="a.wav"'),
        (samples.zipped("a"), "a.zip", 'attachment; filename="a.zip"'),
        (b"plain, not markup", "a.html", 'attachment; filename="a.html.txt"'),
    ],
)
def test_only_what_cannot_run_is_shown_in_the_browser(attach, content, name, disposition):
    response = answer(attach(content, name))
    assert response["Content-Disposition"] == disposition
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert ("sandbox" in response["Content-Security-Policy"]) == (not name.endswith("pdf"))


def test_the_whole_document_is_streamed(attach):
    response = answer(attach(samples.PDF, "a.pdf"))
    assert (response.status_code, body(response)) == (200, samples.PDF)
    assert response["Content-Length"] == str(len(samples.PDF))


@pytest.mark.parametrize(
    ("asked", "given", "content_range"),
    [
        ("bytes=0-4", b"%PDF-", "bytes 0-4/45"),
        ("bytes=39-", b"%%EOF\n", "bytes 39-44/45"),
        ("bytes=-6", b"%%EOF\n", "bytes 39-44/45"),
    ],
)
def test_a_range_is_given(attach, asked, given, content_range):
    response = answer(attach(samples.PDF, "a.pdf"), Range=asked)
    assert (response.status_code, body(response)) == (206, given)
    assert response["Content-Range"] == content_range


@pytest.mark.parametrize("asked", ["bytes=45-", "bytes=-", "bytes=9-3", "lines=1-2"])
def test_a_range_that_is_not_there_is_refused(attach, asked):
    assert answer(attach(samples.PDF, "a.pdf"), Range=asked).status_code == 416


def test_an_unchanged_document_is_not_sent_again(attach):
    attached = attach(samples.PDF, "a.pdf")
    response = answer(attached, **{"If-None-Match": f'"{attached.sha256}"'})
    assert (response.status_code, response.content) == (304, b"")


def test_a_thumbnail_is_webp(attach):
    response = answers.thumbnail(attach(samples.picture(), "a.jpg"))
    assert (response["Content-Type"], response.content[8:12]) == ("image/webp", b"WEBP")
