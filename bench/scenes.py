"""Photo-like pictures made from numbers: rooms with walls, floors, things and light.

Pictures of noise alone would differ more than photos do, and pictures of few shapes less. A scene
has a horizon, light from one side, ten to twenty things, grain as a sensor has it; photographed
again on another day the things have moved a little and the light has changed.
"""

import io
from datetime import datetime

import numpy
from PIL import ExifTags, Image, ImageDraw, ImageFilter, ImageOps

SIZE = (960, 720)


def scene(seed: int, *, visit: int = 0, size: tuple[int, int] = SIZE) -> Image.Image:
    """A room; `visit` counts the times it was photographed from about the same place."""
    room = numpy.random.default_rng(seed)
    day = numpy.random.default_rng((seed, visit, 7))
    width, height = size
    picture = Image.fromarray(_light(room, day, width, height))
    draw = ImageDraw.Draw(picture)
    for _ in range(int(room.integers(10, 20))):
        _thing(draw, room, day, size, shift=0.08 if visit else 0.0)
    if visit:
        for _ in range(int(day.integers(3, 6))):
            _thing(draw, day, day, size, shift=0.0)
    blurred = picture.filter(ImageFilter.GaussianBlur(float(day.uniform(0.6, 1.6))))
    grain = day.normal(0, float(day.uniform(4, 10)), (height, width, 1))
    pixels = numpy.asarray(blurred, dtype=numpy.float32) * day.uniform(0.85, 1.1) + grain
    return Image.fromarray(pixels.clip(0, 255).astype(numpy.uint8))


def jpeg(
    picture: Image.Image,
    *,
    quality: int = 88,
    taken_at: datetime | None = None,
    place: tuple[float, float] | None = None,
) -> bytes:
    """The picture as a camera stores it, with its time and place where it knows them."""
    exif = Image.Exif()
    if taken_at is not None:
        exif[ExifTags.Base.Make] = "Phone"
        details = exif.get_ifd(ExifTags.IFD.Exif)
        details[ExifTags.Base.DateTimeOriginal] = f"{taken_at:%Y:%m:%d %H:%M:%S}"
        details[ExifTags.Base.OffsetTimeOriginal] = f"{taken_at:%z}"[:3] + ":00"
    if place is not None:
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLongitudeRef] = "N", "E"
        gps[ExifTags.GPS.GPSLatitude] = _sexagesimal(place[0])
        gps[ExifTags.GPS.GPSLongitude] = _sexagesimal(place[1])
    sink = io.BytesIO()
    picture.save(sink, "JPEG", quality=quality, exif=exif)
    return sink.getvalue()


def resized(picture: Image.Image, part: float) -> Image.Image:
    """A smaller copy."""
    return picture.resize((round(picture.width * part), round(picture.height * part)))


def watermarked(picture: Image.Image, text: str) -> Image.Image:
    """A copy with a line of time and place along its foot and a mark in a corner."""
    marked = picture.copy()
    draw = ImageDraw.Draw(marked, "RGBA")
    width, height = marked.size
    draw.rectangle((0, height * 0.92, width, height), fill=(0, 0, 0, 110))
    draw.text((width * 0.03, height * 0.935), text, fill=(255, 255, 255, 230))
    draw.ellipse((width * 0.9, height * 0.03, width * 0.97, height * 0.12), fill=(220, 30, 30, 140))
    return marked


def cropped(picture: Image.Image, rng: numpy.random.Generator) -> Image.Image:
    """What is left when up to a fifth is cut off, at each side something else."""
    width, height = picture.size
    left, top, right, bottom = (float(each) for each in rng.uniform(0.02, 0.1, 4))
    return picture.crop(
        (
            round(width * left),
            round(height * top),
            round(width * (1 - right)),
            round(height * (1 - bottom)),
        )
    )


def mirrored(picture: Image.Image) -> Image.Image:
    """The picture as a mirror shows it."""
    return ImageOps.mirror(picture)


def _light(
    room: numpy.random.Generator, day: numpy.random.Generator, width: int, height: int
) -> "numpy.typing.NDArray[numpy.uint8]":
    """Wall and floor of two colours under light from one side, uneven as plaster and stone are."""
    down, across = numpy.mgrid[0:height, 0:width].astype(numpy.float32)
    horizon = room.uniform(0.4, 0.75) * height + (across - width / 2) * room.uniform(-0.15, 0.15)
    wall, floor = room.uniform(90, 230, 3), room.uniform(40, 170, 3)
    base = numpy.where((down < horizon)[..., None], wall, floor)
    slope = room.uniform(-60, 60) * across / width + room.uniform(-50, 50) * down / height
    uneven = sum(_octave(room, width, height, cells) for cells in (4, 9, 21))
    lamp_x, lamp_y = room.uniform(0, width), room.uniform(0, height * 0.4)
    away = numpy.hypot(across - lamp_x, down - lamp_y) / width
    lamp = room.uniform(20, 80) * numpy.exp(-((away / room.uniform(0.15, 0.5)) ** 2))
    shade = slope + uneven + lamp + day.uniform(-8, 8)
    return (base + shade[..., None]).clip(0, 255).astype(numpy.uint8)


def _octave(
    rng: numpy.random.Generator, width: int, height: int, cells: int
) -> "numpy.typing.NDArray[numpy.float32]":
    coarse = Image.fromarray(rng.normal(0, 90 / cells, (cells, cells)).astype(numpy.float32))
    grown = coarse.resize((width, height), Image.Resampling.BICUBIC)
    return numpy.asarray(grown, dtype=numpy.float32)


def _thing(
    draw: ImageDraw.ImageDraw,
    room: numpy.random.Generator,
    day: numpy.random.Generator,
    size: tuple[int, int],
    *,
    shift: float,
) -> None:
    width, height = size
    wide, high = room.uniform(0.04, 0.35) * width, room.uniform(0.05, 0.4) * height
    left = room.uniform(-0.1, 0.95) * width + day.uniform(-shift, shift) * width
    top = room.uniform(0.0, 0.9) * height + day.uniform(-shift, shift) * height
    colour = tuple(int(each) for each in room.integers(10, 245, 3))
    box = (left, top, left + wide, top + high)
    kind = int(room.integers(0, 4))
    if kind == 0:
        draw.ellipse(box, fill=colour)
    elif kind == 1:
        slant = room.uniform(-0.3, 0.3) * wide
        draw.polygon(
            [
                (left + slant, top),
                (left + wide + slant, top),
                (left + wide, top + high),
                (left, top + high),
            ],
            fill=colour,
        )
    else:
        draw.rectangle(box, fill=colour)
        lines = int(room.integers(0, 7))
        ink = tuple(255 - each for each in colour)
        for line in range(lines):
            at = top + high * (line + 1) / (lines + 1)
            draw.line((left + wide * 0.1, at, left + wide * 0.9, at), fill=ink, width=3)


def _sexagesimal(degrees: float) -> tuple[float, float, float]:
    minutes = (degrees % 1) * 60
    return float(int(degrees)), float(int(minutes)), round((minutes % 1) * 60, 4)
