"""Names, phones and numbers taken out of a text before it leaves, and put back afterwards.

What is found: names that the caller knows; phones, mail addresses, identity and credit codes, long
numbers; organisations by their endings; a surname before a title. A name that nobody named and that
no title follows is not found: the log of what was asked shows what left.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜谢邹章苏潘葛范彭鲁韦马方俞任"
    "袁柳史唐费薛雷贺倪汤罗郝安常于傅皮卞康伍余顾孟黄穆萧尹姚邵汪毛狄米明计戴宋熊纪舒项祝董梁杜阮蓝"
    "闵席季贾路江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍万柯管卢莫房丁邓洪石崔龚程裴陆甘曲翁段侯武刘景"
    "龙叶白蒲赖乔覃肖向古廖柴阎耿关辛温庄曾游申欧岳齐"
)
_TITLES = (
    "主任|院长|副院长|科长|处长|局长|部长|经理|总监|总|老师|医生"
    "|大夫|教授|工程师|工|护士长|先生|女士|书记"
)
_IDENTITY, _CREDIT = r"\d{17}[\dXx]", r"[0-9A-HJ-NP-RT-UW-Y]{18}"
_ENDINGS = (
    "有限责任公司|股份有限公司|有限公司|集团公司|集团|公司|人民医院|中医院|医院|卫生院|卫生服务中心"
    "|保健院|诊所|检验所|研究院|研究所|实验室|大学|学院|疾控中心|体检中心|厂"
)
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("MAIL", re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")),
    (
        "CODE",
        re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[\dXx]|[0-9A-HJ-NP-RT-UW-Y]{18})(?![0-9A-Za-z])"),
    ),
    ("PHONE", re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")),
    ("PHONE", re.compile(r"(?<!\d)0\d{2,3}[- ]?\d{7,8}(?:[-转]\d{1,6})?(?!\d)")),
    ("NUMBER", re.compile(r"(?<![\d.])\d{8,}(?!\d)")),
    ("COMPANY", re.compile(rf"[\u4e00-\u9fffA-Za-z0-9（）()]{{2,14}}?(?:{_ENDINGS})")),
    ("PERSON", re.compile(rf"[{_SURNAMES}][\u4e00-\u9fff]{{0,2}}?(?=(?:{_TITLES}))")),
)
_MASK = re.compile(r"\[\[(?:NAME|MAIL|CODE|PHONE|NUMBER|COMPANY|PERSON)\d+\]\]")


@dataclass(frozen=True)
class Masked:
    """A text without them, and what stood where."""

    text: str
    originals: Mapping[str, str]

    def restored(self, text: str) -> str:
        """An answer with what was taken out put back; marks that stand for nothing are dropped."""
        return _MASK.sub(lambda found: self.originals.get(found.group(0), ""), text)


def mask(text: str, *, names: Iterable[str] = ()) -> Masked:
    """The text with a mark for each; the same thing has the same mark wherever it stands."""
    originals: dict[str, str] = {}
    marks: dict[str, str] = {}

    def marked(kind: str, found: str) -> str:
        if found not in marks:
            marks[found] = f"[[{kind}{len(marks) + 1}]]"
            originals[marks[found]] = found
        return marks[found]

    known = sorted({name.strip() for name in names if len(name.strip()) > 1}, key=len, reverse=True)
    for name in known:
        if name in text:
            text = text.replace(name, marked("NAME", name))
    for kind, pattern in _PATTERNS:
        pieces = re.split(r"(\[\[[A-Z]+\d+\]\])", text)
        text = "".join(
            piece
            if piece.startswith("[[")
            else pattern.sub(lambda found, kind=kind: marked(kind, found.group(0)), piece)
            for piece in pieces
        )
    return Masked(text, originals)
