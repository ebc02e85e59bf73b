"""Documents as PDF: what people wrote stays what they wrote, whatever it looks like."""

import io
import json

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from closeloop.documents import content, paper
from closeloop.documents.models import Document
from tests.documents.contents import HOSTILE, RARE, everything

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stored(tmp_path, settings):
    """Keep PDFs in the test's own folder."""
    storage = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}


def written(text="客户要求下周签约"):
    made = everything(text)
    return Document.objects.create(
        kind="sample", title=dict(made.title), content=content.as_data(made)
    )


def picture(document, language="zh-CN"):
    """The first page in shades of grey."""
    made = paper.print_paper(paper.paper_of(document, language), form="png", resolution=50)
    return Image.open(io.BytesIO(made)).convert("L")


def test_a_paper_is_a_pdf_made_once_and_kept():
    document = written()
    document.refresh_from_db()
    made = paper.pdf_of(document, language="zh-CN")
    assert made.startswith(b"%PDF-")
    names = default_storage.listdir("documents")[1]
    assert len(names) == 1
    assert paper.pdf_of(document, language="zh-CN") == made
    assert default_storage.listdir("documents")[1] == names
    paper.pdf_of(document, language="en-US")
    assert len(default_storage.listdir("documents")[1]) == 2


def test_a_half_written_file_is_not_given():
    document = written()
    document.refresh_from_db()
    whole = paper.pdf_of(document, language="zh-CN")
    (name,) = default_storage.listdir("documents")[1]
    with default_storage.open(f"documents/{name}", "wb") as kept:
        kept.write(whole[:100])
    assert paper.pdf_of(document, language="zh-CN").startswith(b"%PDF-")


def test_markup_in_a_text_is_printed_as_it_was_written():
    document = written(HOSTILE)
    document.refresh_from_db()
    assert paper.pdf_of(document, language="zh-CN").startswith(b"%PDF-")
    assert json.loads(paper.paper_of(document, "zh-CN"))["title"] == HOSTILE
    starred, bare = written("*星*"), written("星")
    for each in (starred, bare):
        each.refresh_from_db()
    assert picture(starred).tobytes() != picture(bare).tobytes()


def test_rare_characters_are_drawn_each_as_itself():
    pages = []
    for character in RARE:
        document = written(character)
        document.refresh_from_db()
        pages.append(picture(document).tobytes())
    assert len(set(pages)) == len(RARE)


def test_a_page_has_something_on_it_in_both_languages():
    document = written()
    document.refresh_from_db()
    chinese, english = picture(document), picture(document, "en-US")
    assert chinese.size == english.size == (413, 585)
    assert chinese.tobytes() != english.tobytes()
    assert chinese.getextrema()[0] < 60


def test_a_file_has_a_name_that_every_system_takes():
    document = written('A/B: "江苏"?')
    assert paper.file_name(document, language="zh-CN") == "A B 江苏.pdf"
