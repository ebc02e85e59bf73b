"""Small real documents of every kind that the processes ask for, made once and shared.

Many attachments name the same stored bytes: a year of a company has some ten thousand documents,
and the demo shows that they are there, not what each says.
"""

import hashlib
import io
import math
import wave
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from closeloop.demo.ledger.held import Sample
from closeloop.files import formats, pictures, store

_RATE_HZ = 8000
_PAPER, _INK, _BLUE = (252, 252, 248), (90, 96, 110), (64, 112, 190)


@dataclass(frozen=True)
class Made:
    """A sample before it is stored: its key, its content and the ending of its name."""

    key: str
    content: bytes
    ending: str


KINDS: Mapping[str, tuple[str, str, int]] = {
    "call_recording": ("通话录音", "wav", 2),
    "requirement_form": ("需求登记表", "pdf", 3),
    "interview_minutes": ("访谈纪要", "pdf", 4),
    "decision_chain_map": ("决策链图", "png", 3),
    "pain_priority_table": ("痛点优先级表", "pdf", 3),
    "pain_list_scan": ("痛点清单扫描件", "png", 3),
    "custom_solution": ("定制方案", "pdf", 6),
    "quotation": ("报价单", "pdf", 4),
    "competitor_plan": ("竞争应对预案", "pdf", 3),
    "contract_draft": ("合同文本", "pdf", 4),
    "signed_contract": ("已签合同", "pdf", 4),
    "payment_receipt": ("回款凭证", "png", 3),
    "fault_photo": ("故障照片", "jpg", 4),
    "inspection_report": ("检测报告", "pdf", 3),
    "service_report": ("维修服务单", "pdf", 3),
    "acceptance_sheet": ("客户验收单", "png", 3),
}
"""Document kind -> its name, the ending of its samples, how many there are."""


def made() -> list[Made]:
    """Every sample, the same bytes each time."""
    found = []
    for kind, (title, ending, count) in KINDS.items():
        for number in range(1, count + 1):
            content = _CONTENTS[ending](title, number)
            found.append(Made(f"{kind}.{number}", content, f".{ending}"))
    return found


def stored() -> dict[str, Sample]:
    """Store every sample as an upload of it would be stored; gives them by key."""
    return {each.key: _store(each) for each in made()}


def keys_of(kind: str) -> list[str]:
    """The samples of a document kind."""
    return [f"{kind}.{number}" for number in range(1, KINDS[kind][2] + 1)]


def _store(each: Made) -> Sample:
    stream = io.BytesIO(each.content)
    known = formats.judge(stream, name=each.key)
    sha256 = hashlib.sha256(each.content).hexdigest()
    if known.group != "image":
        return Sample(
            known.content_type, known.group, each.ending, len(each.content), sha256,
            store.put(stream),
        )  # fmt: skip
    picture = pictures.prepare(stream)
    return Sample(
        picture.format.content_type, picture.format.group, each.ending, len(picture.content),
        sha256, store.put(io.BytesIO(picture.content)), store.put(io.BytesIO(picture.thumbnail)),
        picture.width, picture.height,
    )  # fmt: skip


def _pdf(title: str, number: int) -> bytes:
    """One page of text. The font is named, not embedded: every reader has one for Chinese."""
    lines = [f"{title}（示例 {number}）", "演示数据，所有单位与人员均为虚构。", "", *_PARAGRAPHS]
    text = [b"BT /F1 13 Tf 72 770 Td 24 TL"]
    text += [f"<{line.encode('utf-16-be').hex()}> Tj T*".encode() for line in lines]
    stream = b"\n".join([*text, b"ET"])
    font = b"/BaseFont /STSong-Light"
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type0 " + font + b" /Encoding /UniGB-UCS2-H"
        b" /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 " + font + b" /DW 1000 /FontDescriptor 7 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /ItalicAngle 0 /Ascent 880"
        b" /Descent -120 /CapHeight 880 /StemV 93 /FontBBox [-25 -254 1000 880] >>",
    ]
    return _assembled(bodies)


def _assembled(bodies: Sequence[bytes]) -> bytes:
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(bodies) + 1
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, rows, size, len(content))
    )


_PARAGRAPHS = (
    "一、背景：科室现有设备使用多年，通量与稳定性不能满足日常需要。",
    "二、痛点：高峰时段排队、停机维修等待时间长、数据需人工录入。",
    "三、目标：缩短出报告时间，减少停机，与院内系统对接。",
    "四、下一步：约定现场演示，参加人员为使用科室、设备科与采购。",
)


def _chart(_title: str, number: int) -> bytes:
    """Boxes joined by lines, as on a decision-chain map."""
    picture = Image.new("RGB", (480, 320), _PAPER)
    draw = ImageDraw.Draw(picture)
    boxes = [(180, 20 + 4 * number), (40, 130), (190, 130), (340, 130), (110, 240), (260, 240)]
    for x, y in boxes[1:]:
        draw.line([(240, boxes[0][1] + 50), (x + 50, y)], fill=_INK, width=2)
    for x, y in boxes:
        draw.rectangle([x, y, x + 110, y + 50], outline=_BLUE, fill=(232, 240, 252), width=2)
        draw.line([(x + 12, y + 18), (x + 80 - number * 5, y + 18)], fill=_INK, width=4)
        draw.line([(x + 12, y + 34), (x + 60, y + 34)], fill=_INK, width=3)
    return _encoded(picture, "PNG")


def _photo(_title: str, number: int) -> bytes:
    """A device with a warning lamp, as somebody would photograph it."""
    picture = Image.new("RGB", (640, 480), (196, 204, 210))
    draw = ImageDraw.Draw(picture)
    draw.rectangle([120, 90, 520, 420], fill=(236, 238, 240), outline=_INK, width=3)
    draw.rectangle([160, 130, 380, 270], fill=(34, 52, 68))
    for step in range(220):
        height = 200 + int(40 * math.sin(step / 9 + number))
        draw.point((160 + step, height), fill=(120, 230, 160))
    draw.ellipse([430, 140, 480, 190], fill=(220, 60 + 10 * number, 50))
    return _encoded(picture, "JPEG")


def _encoded(picture: Image.Image, kind: str) -> bytes:
    sink = io.BytesIO()
    picture.save(sink, kind)
    return sink.getvalue()


def recording(_title: str, number: int) -> bytes:
    """Two seconds of a soft tone."""
    sink = io.BytesIO()
    with wave.open(sink, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(_RATE_HZ)
        pitch_hz = 220 + 40 * number
        file.writeframes(
            bytes(
                128 + int(20 * math.sin(2 * math.pi * pitch_hz * step / _RATE_HZ))
                for step in range(2 * _RATE_HZ)
            )
        )
    return sink.getvalue()


_CONTENTS = {"pdf": _pdf, "png": _chart, "jpg": _photo, "wav": recording}
