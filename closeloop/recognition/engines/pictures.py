"""Text in a picture, by PP-OCRv6 as the `rapidocr` package carries it; runs in the process apart.

Nothing is ever fetched: the models lie in the package. Long pictures are read in pieces that are
cut between lines, so that memory does not grow with the picture.
"""

from __future__ import annotations

import io
import logging
from functools import cache
from importlib import metadata
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps
from rapidocr import RapidOCR

from closeloop.recognition.engines.seen import Box, lines_of

WIDEST_PX = 900
NARROWEST_PX = 640
TALLEST_PIECE_PX = 1300
_CUT_WITHIN_PX = 240
_LEAST_SCORE = 0.5
_STRIP = 2.5
"""How many times wider than high a picture of one line is."""
_PARAMETERS = {
    "Global.use_cls": False,
    "Global.log_level": "error",
    "Global.text_score": _LEAST_SCORE,
    "Det.box_thresh": 0.6,
    "Det.unclip_ratio": 1.6,
    "Det.limit_type": "max",
    "Det.limit_side_len": 1600,
    "EngineConfig.onnxruntime.intra_op_num_threads": 2,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
Pixels = NDArray[np.uint8]


def read(content: bytes, _settings: dict[str, Any]) -> dict[str, Any]:
    """The lines of a picture from top to bottom, in shares of its size; the engine that read it."""
    with Image.open(io.BytesIO(content)) as source:
        whole = _opaque(ImageOps.exif_transpose(source))
    scaled = _scaled(whole)
    pixels: Pixels = np.asarray(scaled)
    boxes = [
        box for top, bottom in _pieces(pixels) for box in _boxes(pixels[top:bottom], top=top)
    ] or _one_line(pixels)
    return {
        "engine": "rapidocr",
        "version": f"{metadata.version('rapidocr')} PP-OCRv6",
        "lines": lines_of(boxes, width=scaled.width, height=scaled.height, page=_page(pixels)),
    }


@cache
def _engine() -> Any:
    """The engine; what it gives depends on what is asked, and its types do not say how."""
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(params=_PARAMETERS)


def _opaque(picture: Image.Image) -> Image.Image:
    """Onto white or black, whichever the letters differ from."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    alpha = np.asarray(layered.getchannel("A"))
    grey = np.asarray(layered.convert("L"))
    shown = grey[alpha > 128]
    is_light = shown.size > 0 and float(shown.mean()) > 128
    ground = Image.new("RGBA", layered.size, (0, 0, 0, 255) if is_light else (255, 255, 255, 255))
    return Image.alpha_composite(ground, layered).convert("RGB")


def _scaled(picture: Image.Image) -> Image.Image:
    is_portrait = picture.height > picture.width
    side = picture.width if is_portrait else max(picture.width, picture.height)
    widest = WIDEST_PX if is_portrait else TALLEST_PIECE_PX
    factor = min(1.0, widest / side)
    if is_portrait and picture.width < NARROWEST_PX:
        factor = NARROWEST_PX / picture.width
    if factor == 1.0:
        return picture
    size = (round(picture.width * factor), max(1, round(picture.height * factor)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _pieces(pixels: Pixels) -> list[tuple[int, int]]:
    """Rows from and to of each piece; cut where the rows are most alike from side to side."""
    height = pixels.shape[0]
    unrest = pixels[:, :, 1].astype(np.float32).std(axis=1)
    found, top = [], 0
    while height - top > TALLEST_PIECE_PX:
        earliest = top + TALLEST_PIECE_PX - _CUT_WITHIN_PX
        window = unrest[earliest : top + TALLEST_PIECE_PX]
        calm = np.flatnonzero(window <= window.min() + 0.5)
        cut = earliest + int(calm[len(calm) // 2])
        found.append((top, cut))
        top = cut
    return [*found, (top, height)]


def _boxes(pixels: Pixels, *, top: int) -> list[Box]:
    seen = _engine()(np.ascontiguousarray(pixels[:, :, ::-1]))
    if seen.boxes is None or seen.txts is None or seen.scores is None:
        return []
    found = []
    for corners, text, score in zip(seen.boxes, seen.txts, seen.scores, strict=True):
        x0, y0 = corners.min(axis=0)
        x1, y1 = corners.max(axis=0)
        colour = _ground(pixels, int(x0), int(y0), int(x1), int(y1))
        found.append(
            Box(float(x0), float(y0) + top, float(x1), float(y1) + top, text, float(score), colour)
        )
    return found


def _one_line(pixels: Pixels) -> list[Box]:
    """A picture that is one line from edge to edge, in which no line is found."""
    height, width = pixels.shape[:2]
    if width < height * _STRIP:
        return []
    seen = _engine()(np.ascontiguousarray(pixels[:, :, ::-1]), use_det=False)
    texts, scores = list(seen.txts or []), list(seen.scores or [])
    if not texts or scores[0] < _LEAST_SCORE:
        return []
    return [Box(0, 0, width, height, texts[0], float(scores[0]), _page(pixels))]


def _ground(pixels: Pixels, x0: int, y0: int, x1: int, y1: int) -> tuple[int, int, int]:
    """The colour behind a text: that of most of its box."""
    cut = pixels[max(y0, 0) : y1 + 1, max(x0, 0) : x1 + 1].reshape(-1, 3)
    return _commonest(cut)


def _page(pixels: Pixels) -> tuple[int, int, int]:
    """The colour of the page: that of most of its outer columns."""
    rim = max(2, pixels.shape[1] // 60)
    return _commonest(np.concatenate([pixels[:, :rim], pixels[:, -rim:]], axis=1).reshape(-1, 3))


def _commonest(colours: NDArray[np.uint8]) -> tuple[int, int, int]:
    if colours.size == 0:
        return (255, 255, 255)
    coarse = (colours >> 3).astype(np.int64)
    keys = (coarse[:, 0] << 10) | (coarse[:, 1] << 5) | coarse[:, 2]
    values, counts = np.unique(keys, return_counts=True)
    chosen = keys == values[counts.argmax()]
    red, green, blue = colours[chosen].mean(axis=0)
    return int(red), int(green), int(blue)
