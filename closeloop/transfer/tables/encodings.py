"""How bytes are to be read as text, judged from the whole file and never guessed from its name."""

import codecs
from collections.abc import Iterator
from typing import IO

import charset_normalizer

UTF_8 = "utf-8-sig"
OFFERED = (UTF_8, "utf-16", "gb18030", "big5", "cp1252")
"""What a person may choose; `gb18030` holds GBK and GB 2312."""
_CHUNK_BYTES = 1024 * 1024
_SAMPLE_BYTES = 256 * 1024
RARE_SHARE = 0.15


def detect(stream: IO[bytes]) -> str:
    """The encoding: a byte order mark, else the first of UTF-8, GB 18030, Big5 that reads it all.

    Every Big5 file is also a valid GB 18030 file, so between the two the letters decide.
    """
    stream.seek(0)
    head = stream.read(_SAMPLE_BYTES)
    marked = _by_mark(head)
    if marked is not None:
        return marked
    if _reads(stream, UTF_8):
        return UTF_8
    readable = [each for each in ("gb18030", "big5") if _reads(stream, each)]
    if len(readable) == 2:
        return _likelier(head)
    return readable[0] if readable else "cp1252"


def _by_mark(head: bytes) -> str | None:
    if head.startswith(codecs.BOM_UTF8):
        return UTF_8
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    odd, even = head[1::2].count(0), head[0::2].count(0)  # no other text has zero bytes
    if odd == even:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _reads(stream: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in _chunks(stream):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    stream.seek(0)
    while chunk := stream.read(_CHUNK_BYTES):
        yield chunk


def _likelier(head: bytes) -> str:
    """Big5 read as GB 18030 shows many letters that simplified Chinese does not use."""
    whole_lines = head[: head.rfind(b"\n") + 1] or head
    letters = [each for each in whole_lines.decode("gb18030", "ignore") if not each.isascii()]
    rare = sum(not each.encode("gb2312", "ignore") for each in letters)
    if rare <= len(letters) * RARE_SHARE:
        return "gb18030"
    best = charset_normalizer.from_bytes(whole_lines, cp_isolation=["gb18030", "big5"]).best()
    return "big5" if best is not None and best.encoding == "big5" else "gb18030"
