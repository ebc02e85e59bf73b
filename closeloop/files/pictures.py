"""Pictures as they are stored: upright, at most 2560 px, without the facts the camera wrote.

A long screenshot keeps enough of its width to be read.

Those facts (time, place, camera) are given apart. Re-encoding also ends every picture that is at
the same time something else.
"""

import io
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from closeloop.files.errors import PictureTooLarge, PictureUnreadable
from closeloop.files.formats import JPEG, PNG, WEBP, Format

LONGEST_SIDE_PX = 2560
LONG_WIDTH_PX = 900
LONG_HEIGHT_PX = 12_000
"""What a long screenshot is fitted into: its letters are about 40 px high at this width."""
THUMBNAIL_PX = 320
MOST_PIXELS = 40_000_000
MOST_JPEG_PIXELS = 120_000_000
"""JPEG is decoded at a fraction of its size, so that more pixels do not need more memory."""
_QUALITY = 88
_PROFILE_BYTES = 64 * 1024
_DECODERS = ("JPEG", "PNG", "WEBP", "GIF")
_one_at_a_time = threading.BoundedSemaphore(2)
"""At most two conversions in a process: memory is bounded, other requests keep a core."""


@dataclass(frozen=True)
class Picture:
    """A picture ready to be stored, with its thumbnail (WebP) and what its camera said."""

    content: bytes
    format: Format
    width: int
    height: int
    thumbnail: bytes
    taken: Mapping[str, Any] = field(default_factory=dict)


def prepare(stream: IO[bytes]) -> Picture:
    """The stored form of a picture; raises PictureUnreadable or PictureTooLarge."""
    stream.seek(0)
    with _one_at_a_time:
        try:
            with Image.open(stream, formats=_DECODERS) as source:
                return _prepare(source)
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
            raise PictureUnreadable from error


def _prepare(source: Image.Image) -> Picture:
    _check_size(source)
    taken = facts_of(source)
    profile = source.info.get("icc_profile") or b""
    fitted = _fitted(source)
    source.draft("RGB", fitted)
    upright = ImageOps.exif_transpose(source)
    plain = _in_stored_mode(upright)
    plain.thumbnail(fitted, Image.Resampling.LANCZOS, reducing_gap=2.0)
    stored_as = {"JPEG": JPEG, "WEBP": WEBP}.get(source.format or "", PNG)
    small = plain.copy()
    small.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return Picture(
        content=_encoded(plain, stored_as, profile if len(profile) <= _PROFILE_BYTES else b""),
        format=stored_as,
        width=plain.width,
        height=plain.height,
        thumbnail=_encoded(small, WEBP, b""),
        taken=taken,
    )


def _check_size(source: Image.Image) -> None:
    most = MOST_JPEG_PIXELS if source.format == "JPEG" else MOST_PIXELS
    if source.width * source.height > most:
        size = {"width": source.width, "height": source.height, "most_pixels": most}
        raise PictureTooLarge(size)


def _fitted(source: Image.Image) -> tuple[int, int]:
    """The size within which a picture is stored."""
    is_long = source.height > LONGEST_SIDE_PX and source.width * LONGEST_SIDE_PX < (
        LONG_WIDTH_PX * source.height
    )
    return (LONG_WIDTH_PX, LONG_HEIGHT_PX) if is_long else (LONGEST_SIDE_PX, LONGEST_SIDE_PX)


def _in_stored_mode(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGB", "RGBA", "L"):
        return picture
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _encoded(picture: Image.Image, stored_as: Format, profile: bytes) -> bytes:
    options: dict[str, Any] = {"icc_profile": profile} if profile else {}
    if stored_as is JPEG:
        picture = picture.convert("RGB") if picture.mode == "RGBA" else picture
        options |= {"quality": _QUALITY, "optimize": False}
    elif stored_as is WEBP:
        options |= {"quality": _QUALITY, "method": 2}
    else:
        options |= {"compress_level": 3}
    sink = io.BytesIO()
    kind = {JPEG: "JPEG", WEBP: "WEBP"}.get(stored_as, "PNG")
    bare = picture.copy()
    bare.info.clear()
    bare.save(sink, kind, **options)
    return sink.getvalue()


def facts_of(source: Image.Image) -> dict[str, Any]:
    """What the camera wrote: time, offset, latitude, longitude, make, model; absent when unknown.

    `time` is the camera's wall clock in ISO 8601 without zone, `offset` its distance to UTC.
    A picture without them proves nothing: chat programs remove them.
    """
    exif = source.getexif()
    details = exif.get_ifd(ExifTags.IFD.Exif)
    tags = ExifTags.Base
    found: dict[str, Any] = {
        "time": _time(details.get(tags.DateTimeOriginal) or exif.get(tags.DateTime)),
        "offset": _word(details.get(tags.OffsetTimeOriginal)),
        "make": _word(exif.get(tags.Make)),
        "model": _word(exif.get(tags.Model)),
        **_place(exif.get_ifd(ExifTags.IFD.GPSInfo)),
    }
    return {key: value for key, value in found.items() if value not in (None, "")}


def _time(value: object) -> str:
    text = _word(value)
    return f"{text[:10].replace(':', '-')}T{text[11:19]}" if len(text) >= 19 else ""


def _word(value: object) -> str:
    return value.replace("\0", "").strip()[:80] if isinstance(value, str) else ""


def _place(gps: Mapping[int, Any]) -> dict[str, float | None]:
    tags = ExifTags.GPS
    return {
        "latitude": _degrees(gps.get(tags.GPSLatitude), gps.get(tags.GPSLatitudeRef), limit=90),
        "longitude": _degrees(gps.get(tags.GPSLongitude), gps.get(tags.GPSLongitudeRef), limit=180),
    }


def _degrees(parts: Any, reference: object, *, limit: int) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    if not 0 <= value <= limit:
        return None
    return round(-value if reference in ("S", "W") else value, 6)
