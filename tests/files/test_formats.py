import io

import pytest

from closeloop.files import formats
from closeloop.files.errors import FileHasMacros, FileTypeRefused, PictureFormatRefused
from tests.files import samples

WORD, SHEET, SLIDES = "word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"
TYPES = "[Content_Types].xml"
KNOWN = {
    "pdf": (samples.PDF, formats.PDF),
    "jpeg": (samples.picture("JPEG"), formats.JPEG),
    "png": (samples.picture("PNG"), formats.PNG),
    "webp": (samples.picture("WEBP"), formats.WEBP),
    "gif": (samples.picture("GIF"), formats.GIF),
    "docx": (samples.zipped(TYPES, WORD), formats.DOCX),
    "xlsx": (samples.zipped(TYPES, SHEET), formats.XLSX),
    "pptx": (samples.zipped(TYPES, SLIDES), formats.PPTX),
    "doc": (samples.old_office("WordDocument"), formats.DOC),
    "xls": (samples.old_office("Workbook"), formats.XLS),
    "ppt": (samples.old_office("PowerPoint Document"), formats.PPT),
    "zip": (samples.zipped("a.txt"), formats.ZIP),
    "utf-8": ("姓名,电话\n林一,13800138000\n".encode(), formats.TEXT),
    "gb18030": ("姓名,电话\n林一,13800138000\n".encode("gb18030"), formats.TEXT),
    "utf-16": ("姓名,电话\n林一,13800138000\n".encode("utf-16"), formats.TEXT),
    "mp3": (samples.mp3(), formats.MP3),
    "mp3 with tags": (b"ID3\x03\0\0\0\0\0\x21" + b"\0" * 40 + samples.mp3(), formats.MP3),
    "wav": (samples.sound(), formats.WAV),
    "amr": (samples.AMR, formats.AMR),
    "ogg": (samples.OGG, formats.OGG),
    "m4a": (samples.mp4(b"M4A ", b"soun"), formats.M4A),
    "voice memo that calls itself mp4": (samples.mp4(b"mp42", b"soun"), formats.M4A),
    "mp4": (samples.mp4(b"isom", b"soun", b"vide"), formats.MP4),
    "webm video": (samples.WEBM_HEAD + b"\0" * 40 + b"V_VP9", formats.WEBM_VIDEO),
    "webm audio": (samples.WEBM_HEAD + b"\0" * 40 + b"A_OPUS", formats.WEBM_AUDIO),
}


@pytest.mark.parametrize("case", KNOWN)
def test_content_gives_the_format_away(case):
    content, expected = KNOWN[case]
    assert formats.judge(io.BytesIO(content), name="whatever.exe") == expected


@pytest.mark.parametrize(
    "content",
    [
        samples.HTML,
        b"\xef\xbb\xbf  \n<!DOCTYPE html><p>x",
        samples.SVG,
        "<svg onload=alert(1)>".encode("utf-16"),
        b"#!/bin/sh\nrm -rf /\n",
        b"<?php echo 1;",
        b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff" + b"\0" * 100,
        b"\x7fELF\2\1\1" + b"\0" * 100,
        b"OggS\0\2" + b"\0" * 22 + b"\x80theora" + b"\0" * 50,
        b"\xff\xfb\x90\x64 only one frame in sync",
        b"PK\x03\x04 cut off",
        samples.old_office("SomethingElse"),
    ],
)
def test_what_is_not_on_the_list_is_refused(content):
    with pytest.raises(FileTypeRefused):
        formats.judge(io.BytesIO(content), name="photo.jpg")


def test_macros_are_refused():
    content = samples.zipped(TYPES, WORD, "word/vbaProject.bin")
    with pytest.raises(FileHasMacros):
        formats.judge(io.BytesIO(content), name="harmless.docx")


def test_heic_is_refused_with_its_own_advice():
    content = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 100
    with pytest.raises(PictureFormatRefused):
        formats.judge(io.BytesIO(content), name="IMG_1.HEIC")
