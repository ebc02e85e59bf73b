"""Small documents of every format, made in memory."""

import io
import random
import struct
import wave
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from PIL import ExifTags, Image

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
HTML = b"<html><body><script>alert(1)</script></body></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
AMR = b"#!AMR\n" + b"\x3c" + b"\0" * 31
OGG = b"OggS\0\2" + b"\0" * 22 + b"\x01\x13OpusHead\1\2" + b"\0" * 50
WEBM_HEAD = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm"


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def upload_on_disk(content: bytes, name: str) -> TemporaryUploadedFile:
    sent = TemporaryUploadedFile(name, "image/jpeg", len(content), None)
    sent.write(content)
    sent.seek(0)
    return sent


def picture(kind: str = "JPEG", *, width: int = 640, height: int = 480, **options: object) -> bytes:
    sink = io.BytesIO()
    mode = "P" if kind == "GIF" else "RGB"
    Image.new(mode, (width, height), 120).save(sink, kind, **options)
    return sink.getvalue()


def photo_of_a_phone(*, width: int = 640, height: int = 480) -> bytes:
    """A sideways photo, taken in Shenzhen on a November morning."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "HUAWEI"
    exif[ExifTags.Base.Orientation] = 6
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = "2026:11:20 09:08:07"
    details[ExifTags.Base.OffsetTimeOriginal] = "+08:00"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef] = "N"
    gps[ExifTags.GPS.GPSLatitude] = (22.0, 32.0, 24.0)
    gps[ExifTags.GPS.GPSLongitudeRef] = "E"
    gps[ExifTags.GPS.GPSLongitude] = (114.0, 3.0, 36.0)
    return picture(width=width, height=height, exif=exif)


def photo_of_20_mb() -> bytes:
    """Noise, which no encoder makes small: 24 megapixels, over 20 MB."""
    noise = Image.frombytes("RGB", (6000, 4000), random.Random(7).randbytes(6000 * 4000 * 3))
    sink = io.BytesIO()
    noise.save(sink, "JPEG", quality=90)
    return sink.getvalue()


def zipped(*names: str) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return sink.getvalue()


def old_office(stream_name: str) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    return head + stream_name.encode("utf-16-le") + b"\0\0" + b"\0" * 64


def sound() -> bytes:
    sink = io.BytesIO()
    with wave.open(sink, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(8000)
        writer.writeframes(b"\0" * 1600)
    return sink.getvalue()


def mp3() -> bytes:
    frame = b"\xff\xfb\x90\x64" + b"\0" * 413
    return frame * 3


def mp4(brand: bytes, *tracks: bytes) -> bytes:
    head = struct.pack(">I", 32) + b"ftyp" + brand + b"\0\0\2\0" + b"isomiso2avc1mp41"
    return head + b"".join(b"\0\0\0\x20hdlr" + b"\0" * 8 + track + b"\0" * 12 for track in tracks)
