"""How a picture looks, in bits: so that a photo is known again after it was stored anew.

dHash (N. Krawetz, "Kind of Like That", 2013) by `imagehash`: each bit says whether a small grey
picture grows darker to the right. 64 bits find what is alike, 256 make sure. The whole picture is
kept, and crops of it, for a crop of a photo is like the crop; asked for are the whole, its mirror
image and crops of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import imagehash
import numpy
from PIL import Image, ImageOps

WHOLE, MIRRORED = 0, -1
CROPS = (
    (0.05, 0.05, 0.95, 0.95),
    (0.1, 0.1, 0.9, 0.9),
    (0.0, 0.0, 0.9, 0.9),
    (0.1, 0.1, 1.0, 1.0),
    (0.15, 0.15, 0.85, 0.85),
)
"""Left, top, right and bottom of each crop that is kept, as parts of the picture."""
COARSE_SIDE, FINE_SIDE = 8, 16
COARSE_APART = 10
"""Bits of 64: recompressed, resized and watermarked photos keep within 2, of others the nearest of
58 was 22 away."""
FINE_APART = 44
"""Bits of 256 that may differ: chance alone gives 128, give or take 8."""
_SIDE_PX = 256


@dataclass(frozen=True)
class Print:
    """One picture's bits; `variant` 0 is the whole, -1 its mirror image, others its crops."""

    variant: int
    coarse: int
    fine: bytes

    @property
    def bands(self) -> tuple[int, int, int, int]:
        """The quarters of `coarse`, as signed numbers of 16 bits."""
        bits = self.coarse % 2**64
        quarters = [(bits >> shift) & 0xFFFF for shift in (48, 32, 16, 0)]
        first, second, third, fourth = (signed(each, 16) for each in quarters)
        return first, second, third, fourth


def prints_of(picture: Image.Image) -> list[Print]:
    """What is kept of a picture: the whole and its crops."""
    small = _small(picture)
    crops = [_print(_cut(small, box), number) for number, box in enumerate(CROPS, start=1)]
    return [_print(small, WHOLE), *crops]


def asked_of(picture: Image.Image) -> list[Print]:
    """What is asked of the pictures before: the whole and its mirror image."""
    small = _small(picture)
    return [_print(small, WHOLE), _print(ImageOps.mirror(small), MIRRORED)]


def nearby(band: int) -> Iterator[int]:
    """The quarters that differ from one in at most two bits, itself first: 137 of them."""
    bits = band % 2**16
    yield band
    for first in range(16):
        yield signed(bits ^ (1 << first), 16)
        for second in range(first):
            yield signed(bits ^ (1 << first) ^ (1 << second), 16)


def signed(number: int, bits: int) -> int:
    """An unsigned number as PostgreSQL keeps it."""
    return number - (1 << bits) if number >= 1 << (bits - 1) else number


def is_flat(given: Print) -> bool:
    """Whether a picture has so little in it that it is like many others (a wall, a black frame)."""
    ones = int.from_bytes(given.fine, "big").bit_count()
    return not 24 <= ones <= 232


def apart(one: bytes, other: bytes) -> int:
    """In how many bits two differ."""
    return (int.from_bytes(one, "big") ^ int.from_bytes(other, "big")).bit_count()


def _small(picture: Image.Image) -> Image.Image:
    grey = picture.convert("L")
    grey.thumbnail((_SIDE_PX * 2, _SIDE_PX * 2), Image.Resampling.BOX)
    return grey.resize((_SIDE_PX, _SIDE_PX), Image.Resampling.BOX)


def _cut(small: Image.Image, box: tuple[float, float, float, float]) -> Image.Image:
    left, top, right, bottom = (round(each * _SIDE_PX) for each in box)
    return small.crop((left, top, right, bottom))


def _print(small: Image.Image, variant: int) -> Print:
    coarse = _bits(imagehash.dhash(small, hash_size=COARSE_SIDE))
    fine = _bits(imagehash.dhash(small, hash_size=FINE_SIDE))
    return Print(variant, signed(int.from_bytes(coarse, "big"), 64), fine)


def _bits(given: imagehash.ImageHash) -> bytes:
    return numpy.packbits(given.hash.flatten()).tobytes()
