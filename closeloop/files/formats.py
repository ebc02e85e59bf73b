"""What a document is, judged from its content alone (no name, no claim of the sender is read).

A closed list: what is not recognised is not taken. Source of the signatures: the formats' own
specifications (ISO 32000, APPNOTE.TXT, MS-CFB, ISO 14496-12, RFC 8794, RFC 3533, RFC 4867).
"""

import codecs
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import puremagic

from closeloop.files.errors import FileHasMacros, FileTypeRefused, PictureFormatRefused

HEAD_BYTES = 64 * 1024
_CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Format:
    """A recognised format. `group` is the word that processes ask for (pdf, image, docx, …).

    `endings` are those a name may have; the first is added to a name that has none of them.
    """

    group: str
    content_type: str
    endings: tuple[str, ...]
    is_inline: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = Format("pdf", "application/pdf", (".pdf",), is_inline=True)
JPEG = Format("image", "image/jpeg", (".jpg", ".jpeg"), is_inline=True)
PNG = Format("image", "image/png", (".png",), is_inline=True)
WEBP = Format("image", "image/webp", (".webp",), is_inline=True)
GIF = Format("image", "image/gif", (".gif",), is_inline=True)
DOCX = Format("docx", f"{_OFFICE}wordprocessingml.document", (".docx",))
XLSX = Format("xlsx", f"{_OFFICE}spreadsheetml.sheet", (".xlsx",))
PPTX = Format("pptx", f"{_OFFICE}presentationml.presentation", (".pptx",))
DOC = Format("docx", "application/msword", (".doc",))
XLS = Format("xlsx", "application/vnd.ms-excel", (".xls",))
PPT = Format("pptx", "application/vnd.ms-powerpoint", (".ppt",))
ZIP = Format("archive", "application/zip", (".zip",))
TEXT = Format("text", "text/plain", (".txt", ".csv", ".tsv", ".md", ".log"))
MP3 = Format("audio", "audio/mpeg", (".mp3",), is_inline=True)
M4A = Format("audio", "audio/mp4", (".m4a",), is_inline=True)
WAV = Format("audio", "audio/wav", (".wav",), is_inline=True)
AMR = Format("audio", "audio/amr", (".amr",), is_inline=True)
OGG = Format("audio", "audio/ogg", (".ogg", ".oga", ".opus"), is_inline=True)
WEBM_AUDIO = Format("audio", "audio/webm", (".webm", ".weba"), is_inline=True)
WEBM_VIDEO = Format("video", "video/webm", (".webm",), is_inline=True)
MP4 = Format("video", "video/mp4", (".mp4", ".m4v"), is_inline=True)
ALL = (
    PDF, JPEG, PNG, WEBP, GIF, DOCX, XLSX, PPTX, DOC, XLS, PPT, ZIP, TEXT,
    MP3, M4A, WAV, AMR, OGG, WEBM_AUDIO, WEBM_VIDEO, MP4,
)  # fmt: skip
BY_CONTENT_TYPE = {each.content_type: each for each in ALL}

_SIGNATURES = {
    b"%PDF-": PDF,
    b"\xff\xd8\xff": JPEG,
    b"\x89PNG\r\n\x1a\n": PNG,
    b"GIF87a": GIF,
    b"GIF89a": GIF,
    b"#!AMR\n": AMR,
    b"#!AMR-WB\n": AMR,
    b"ID3": MP3,
}
_OFFICE_PARTS = {"word/": DOCX, "xl/": XLSX, "ppt/": PPTX}
_OLE_STREAMS = {"WordDocument": DOC, "Workbook": XLS, "Book": XLS, "PowerPoint Document": PPT}
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_MP4_BRANDS = re.compile(rb"(isom|iso[2-9]|mp4[12]|avc1|dash|M4V |MSNV|3gp[4-9]|M4A |M4B )")
_TRACK = re.compile(rb"hdlr.{8}(vide|soun)", re.DOTALL)
_TRACK_BYTES = 16
_MARKUP = re.compile(rb"\s*(<[!?a-z]|#!|%!ps)", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


def judge(stream: IO[bytes], *, name: str) -> Format:
    """The format of a document; raises FileTypeRefused and its like. `name` is only reported."""
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    found = _by_signature(head, stream) or _text(head)
    if found is None:
        raise FileTypeRefused({"name": name[:80], "looks_like": _looks_like(head)})
    return found


def _by_signature(head: bytes, stream: IO[bytes]) -> Format | None:
    for signature, known in _SIGNATURES.items():
        if head.startswith(signature):
            return known
    if head.startswith(b"RIFF"):
        return {b"WEBP": WEBP, b"WAVE": WAV}.get(head[8:12])
    if head.startswith(b"PK\x03\x04"):
        return _zip(stream)
    if head.startswith(_OLE_MAGIC):
        return _ole(stream)
    return _recording(head, stream)


def _recording(head: bytes, stream: IO[bytes]) -> Format | None:
    if head[4:8] == b"ftyp":
        return _iso_media(head, stream)
    if head.startswith(b"\x1aE\xdf\xa3") and b"webm" in head[:64]:
        return WEBM_VIDEO if re.search(rb"V_(VP8|VP9|AV1)", head) else WEBM_AUDIO
    if head.startswith(b"OggS"):
        codecs_heard = (b"OpusHead", b"\x01vorbis", b"Speex", b"\x7fFLAC")
        return OGG if any(codec in head[:256] for codec in codecs_heard) else None
    return MP3 if _is_mpeg_audio(head) else None


def _zip(stream: IO[bytes]) -> Format | None:
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, EOFError):
        return None
    if "[Content_Types].xml" not in names:
        return ZIP
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileHasMacros
    return next(
        (known for part, known in _OFFICE_PARTS.items() if any(n.startswith(part) for n in names)),
        ZIP,
    )


def _ole(stream: IO[bytes]) -> Format | None:
    needles = {name.encode("utf-16-le") + b"\0\0": known for name, known in _OLE_STREAMS.items()}
    for window in _windows(stream, overlap=64):
        for needle, known in needles.items():
            if needle in window:
                return known
    return None


def _iso_media(head: bytes, stream: IO[bytes]) -> Format | None:
    brands = {head[8:12], *(head[place : place + 4] for place in range(16, 40, 4))}
    if head[8:12] in _HEIC_BRANDS:
        raise PictureFormatRefused
    if not any(_MP4_BRANDS.match(brand) for brand in brands):
        return None
    tracks = {
        kind for window in _windows(stream, overlap=_TRACK_BYTES) for kind in _TRACK.findall(window)
    }
    if b"vide" in tracks:
        return MP4
    return M4A if tracks or head[8:11] == b"M4A" else MP4


def _is_mpeg_audio(head: bytes) -> bool:
    """Two frames in a row, for two bytes of sync alone stand in many files."""
    step = _mpeg_frame_bytes(head)
    return step is not None and _mpeg_frame_bytes(head[step:]) is not None


def _mpeg_frame_bytes(head: bytes) -> int | None:
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = (head[1] >> 3) & 3, (head[1] >> 1) & 3
    rate_index, frequency_index = head[2] >> 4, (head[2] >> 2) & 3
    if version == 1 or layer != 1 or rate_index in (0, 15) or frequency_index == 3:
        return None
    rates = _MPEG1_KBIT if version == 3 else _MPEG2_KBIT
    frequency = (44100, 48000, 32000)[frequency_index] >> {3: 0, 2: 1, 0: 2}[version]
    samples = 144 if version == 3 else 72
    return samples * rates[rate_index] * 1000 // frequency + ((head[2] >> 1) & 1)


_MPEG1_KBIT = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_MPEG2_KBIT = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


def _text(head: bytes) -> Format | None:
    """Plain text in UTF-8, UTF-16 with mark, or GB 18030; markup and scripts are not plain."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        plain = _decoded(head, "utf-16")
        return TEXT if plain is not None and not _MARKUP.match(plain.encode()) else None
    plain_bytes = head.removeprefix(codecs.BOM_UTF8)
    if _CONTROL.search(plain_bytes) or _MARKUP.match(plain_bytes):
        return None
    is_text = any(_decoded(plain_bytes, each) is not None for each in ("utf-8", "gb18030"))
    return TEXT if is_text else None


def _decoded(head: bytes, encoding: str) -> str | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        return decoder.decode(head, final=len(head) < HEAD_BYTES)
    except UnicodeDecodeError:
        return None


def _windows(stream: IO[bytes], *, overlap: int) -> Iterator[bytes]:
    """The whole content in pieces that overlap, so that nothing is cut in two unseen."""
    stream.seek(0)
    tail = b""
    while chunk := stream.read(_CHUNK_BYTES):
        yield tail + chunk
        tail = chunk[-overlap:]


def _looks_like(head: bytes) -> str:
    try:
        guesses = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return ""
    return str(guesses[0].extension) if guesses else ""
