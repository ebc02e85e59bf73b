import io

import pytest
from PIL import Image

from closeloop.files import formats, pictures
from closeloop.files.errors import PictureTooLarge, PictureUnreadable
from tests.files import samples


def stored_picture(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_camera_facts_are_set_aside_and_the_stored_picture_has_none():
    prepared = pictures.prepare(io.BytesIO(samples.photo_of_a_phone()))
    assert prepared.taken == {
        "time": "2026-11-20T09:08:07",
        "offset": "+08:00",
        "make": "HUAWEI",
        "latitude": 22.54,
        "longitude": 114.06,
    }
    assert dict(stored_picture(prepared.content).getexif()) == {}
    assert b"HUAWEI" not in prepared.content


def test_a_sideways_photo_is_stored_upright():
    prepared = pictures.prepare(io.BytesIO(samples.photo_of_a_phone(width=640, height=480)))
    assert (prepared.width, prepared.height) == (480, 640)


def test_a_large_picture_is_scaled_down_and_has_a_thumbnail():
    prepared = pictures.prepare(io.BytesIO(samples.picture(width=5120, height=2560)))
    assert (prepared.width, prepared.height) == (2560, 1280)
    assert stored_picture(prepared.content).size == (2560, 1280)
    small = stored_picture(prepared.thumbnail)
    assert (small.size, small.format) == ((320, 160), "WEBP")


@pytest.mark.parametrize(
    ("kind", "stored_as"),
    [
        ("JPEG", formats.JPEG),
        ("PNG", formats.PNG),
        ("WEBP", formats.WEBP),
        ("GIF", formats.PNG),
    ],
)
def test_every_kind_of_picture_is_encoded_afresh(kind, stored_as):
    prepared = pictures.prepare(io.BytesIO(samples.picture(kind) + b"<script>alert(1)</script>"))
    assert prepared.format == stored_as
    assert b"<script>" not in prepared.content


def test_a_transparent_png_stays_transparent():
    sink = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(sink, "PNG")
    stored = stored_picture(pictures.prepare(io.BytesIO(sink.getvalue())).content)
    assert stored.getpixel((0, 0)) == (255, 0, 0, 0)


def test_a_decompression_bomb_is_refused_before_it_is_decoded():
    sink = io.BytesIO()
    Image.new("1", (8000, 8000)).save(sink, "PNG")
    assert len(sink.getvalue()) < 20_000
    with pytest.raises(PictureTooLarge) as refused:
        pictures.prepare(io.BytesIO(sink.getvalue()))
    assert refused.value.data == {"width": 8000, "height": 8000, "most_pixels": 40_000_000}


@pytest.mark.parametrize("content", [samples.picture()[:300], b"\xff\xd8\xff" + b"\0" * 100])
def test_a_damaged_picture_is_refused(content):
    with pytest.raises(PictureUnreadable):
        pictures.prepare(io.BytesIO(content))
