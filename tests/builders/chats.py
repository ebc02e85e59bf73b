"""Screenshots of chats, drawn with known text: light, dark, group, quotation, long, poor JPEG."""

import io
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein

FONTS = Path(__file__).resolve().parents[2] / "closeloop" / "documents" / "fonts"


@dataclass(frozen=True)
class Said:
    """A message of a chat; `own` None is a time between messages."""

    text: str
    own: bool | None = False
    name: str = ""
    quotes: str = ""


@dataclass(frozen=True)
class Look:
    """How a chat is drawn."""

    width: int = 750
    page: str = "#ededed"
    own: str = "#95ec69"
    other: str = "#ffffff"
    ink: str = "#191919"
    faint: str = "#9a9a9a"
    quotation: str = "#e1e1e1"
    quality: int | None = None
    status_bar: bool = True


LIGHT = Look()
DARK = Look(page="#111111", own="#3eb575", other="#2c2c2c", ink="#d5d5d5", faint="#6f6f6f",
            quotation="#1f1f1f")  # fmt: skip
WECOM = Look(page="#f4f5f7", own="#cbe4ff")
POOR = Look(width=480, quality=35)
LARGE = Look(width=1080)

TALK = (
    Said("上午 10:24", None),
    Said("张经理您好，上次说的彩超报价收到了，院里讨论下来总价能不能控制在135万以内？"),
    Said("陈主任好，整机加两把探头目前是1,428,000元，我周三前把新的方案发给您。", True),
    Said("好的，另外机器序列号 US-8800-2291A 那台最近总报警。"),
    Said("收到，我安排工程师周五下午上门，现场电话 13812345678。", True),
    Said("麻烦把保修条款发到 chenlin@hospital.example.cn"),
    Said("没问题，今天下班前发。", True),
)
GROUP = (
    Said("昨天 16:08", None),
    Said("各位，招标文件11月28日挂网，注意看技术参数第7条。", name="李雪梅"),
    Said("收到，我负责核对参数，明天中午给结果。", True),
    Said("竞争对手报了98万，咱们要快。", name="王建国"),
    Said("演示设备已经到苏州工业园区星湖街328号。", name="赵敏"),
    Said("好，下周二我陪客户看样机。", True),
)
QUOTED = (
    Said("11月20日 09:15", None),
    Said("合同编号 HT20261120-07 已经走完审批了吗？"),
    Said("走完了，法务今天盖章，原件下周一寄出。", True, quotes="合同编号走完审批了吗"),
    Said("首付款30%，剩余验收后30天内付清，对吧？"),
    Said("对的，首付款405,000元。", True),
)
LONG = tuple(
    replace(each, text=f"{number}、{each.text}")
    for number, each in enumerate((*TALK[1:], *GROUP[1:], *QUOTED[1:]), 1)
)
CHATS = {
    "light": (TALK, LIGHT),
    "dark": (TALK, DARK),
    "group": (GROUP, LIGHT),
    "quoted": (QUOTED, WECOM),
    "poor_jpeg": (TALK, POOR),
    "long": (LONG, LARGE),
}


def draw(said: tuple[Said, ...], look: Look) -> tuple[bytes, list[tuple[str, str]]]:
    """The picture, and its lines from top to bottom with their side (own, other or empty)."""
    size = round(look.width * 0.0427)
    font, small = _font(size), _font(round(size * 0.75))
    picture = Image.new("RGB", (look.width, 400 * len(said) + 400), look.page)
    pen = _Pen(picture, look, size, font, small)
    pen.bar()
    for each in said:
        pen.say(each)
    cut = picture.crop((0, 0, look.width, int(pen.y) + size))
    sink = io.BytesIO()
    if look.quality:
        cut.save(sink, "JPEG", quality=look.quality)
    else:
        cut.save(sink, "PNG")
    return sink.getvalue(), pen.lines


def folded(text: str) -> str:
    """NFKC, no white space, punctuation of both worlds alike."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_FOLDED).split())


def accuracy(read: str, meant: str) -> float:
    """The share of characters that were read: 1 - edit distance / length."""
    wanted = folded(meant)
    return 1 - Levenshtein.distance(folded(read), wanted) / len(wanted)


_FOLDED = str.maketrans("。、；：，（）【】“”‘’！？—", ".,;:,()[]\"\"''!?-")


class _Pen:
    def __init__(self, picture, look, size, font, small):
        self.draw = ImageDraw.Draw(picture)
        self.look, self.size, self.font, self.small = look, size, font, small
        self.y = size * 0.6
        self.lines = []

    def bar(self):
        title = "客户群" if self.look.width == 1080 else "陈主任"
        width = self.draw.textlength(title, self.font)
        self._put(((self.look.width - width) / 2, self.y), title, self.font, self.look.ink, "")
        self.y += self.size * 2.4

    def say(self, said):
        if said.own is None:
            width = self.draw.textlength(said.text, self.small)
            self._put(
                ((self.look.width - width) / 2, self.y), said.text, self.small, self.look.faint, ""
            )
            self.y += self.size * 2
            return
        w, s = self.look.width, self.size
        photo = w * 0.11
        left = w - w * 0.025 - photo if said.own else w * 0.025
        self.draw.rounded_rectangle(
            (left, self.y, left + photo, self.y + photo), s * 0.2,
            fill="#7a93b5" if said.own else "#c08f6f",
        )  # fmt: skip
        if said.name:
            self._put((w * 0.16, self.y - s * 0.1), said.name, self.small, self.look.faint, "")
            self.y += s
        lines = self._wrapped(said.text, self.font, w * 0.62)
        widest = max(self.draw.textlength(line, self.font) for line in lines)
        step, pad = s * 1.45, s * 0.65
        x0 = w * 0.86 - widest - 2 * pad if said.own else w * 0.16
        fill = self.look.own if said.own else self.look.other
        self.draw.rounded_rectangle(
            (x0, self.y, x0 + widest + 2 * pad, self.y + step * len(lines) + pad), s * 0.25,
            fill=fill,
        )  # fmt: skip
        side = "own" if said.own else "other"
        for number, line in enumerate(lines):
            self._put(
                (x0 + pad, self.y + pad * 0.6 + step * number), line, self.font, self.look.ink, side
            )
        self.y += step * len(lines) + pad + s * 0.3
        if said.quotes:
            self._quote(said.quotes, side)
        self.y += s * 0.8

    def _quote(self, text, side):
        s, w = self.size, self.look.width
        width = self.draw.textlength(text, self.small)
        x0 = w * 0.86 - width - s
        self.draw.rounded_rectangle(
            (x0, self.y, x0 + width + s, self.y + s * 1.6), s * 0.2, fill=self.look.quotation
        )
        self._put((x0 + s * 0.5, self.y + s * 0.3), text, self.small, self.look.faint, side)
        self.y += s * 1.9

    def _put(self, place, text, font, ink, side):
        self.draw.text(place, text, font=font, fill=ink)
        self.lines.append((text, side))

    def _wrapped(self, text, font, widest):
        lines, line = [], ""
        for each in text:
            if self.draw.textlength(line + each, font) > widest:
                lines.append(line)
                line = ""
            line += each
        return [*lines, line]


@cache
def _font(size):
    return ImageFont.truetype(str(FONTS / "NotoSansSC-Regular.ttf"), size)
