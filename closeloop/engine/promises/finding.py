"""Promises in a text by rules: who commits to what, by when, with the sentence it stands in.

A sentence counts when somebody in the first person (or the other side, 贵方, 院方, …) takes on
something that is still to be done. Questions, conditions, negations, what is past, and what only
says how the talk goes on (接下来我讲三点) count not. Figures: scripts/bench promises.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from closeloop.engine.promises.days import IsWorking, Named, days_in, is_weekday

LONGEST_SENTENCE = 300
_SHORT_CLAUSE = 30
_SENTENCE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;]*")
_SPEAKER = re.compile(r"\s*(?:\[?\d{1,2}:\d{2}\]?\s*)?(?P<name>[^\s：:，。]{1,12})\s*[：:]\s*")
_HEADING = re.compile(
    r"(?:来电|去电|电话|来访|拜访|会议|例会|沟通|纪要|要点|记录|备注|主题|时间|地点|事项|结论)$"
)
"""What a line is about, which stands before a colon as a speaker does."""
_US = r"(?:我方|我司|我们|咱们|我这边|我们这边|本人|在下|我)"
_YOU = r"(?:贵方|贵司|贵院|你们|您那边|你那边|您方)"
_THEM = rf"(?:{_YOU}|对方|客户方?|院方|甲方)"
_ACT = (
    r"(?:(?<![引开研出触爆激启阐])发(?![展现生动])|寄|(?<!推)送|提供|提交|安排|确认|落实|跟进|跟踪|整理|出具|答复|回复|"
    r"反馈|联系|协调|组织|完成|补充|补|更新|准备|处理|"
    r"解决|修改|核对|核实|核价|上门|拜访|回访|派|约|签|盖章|付款|支付|打款|汇款|开票|开具|开出来|报价|推动|推进|邀请|"
    r"通知|告诉|告知|汇报|申请|审批|培训|演示|安装|调试|交付|发货|到货|对接|到场|参加|陪|拟|起草|上传|公布|发布|推出|"
    r"开展|召开|举办|启动|配合|帮|查一下|问一下|打电话|给出|给到|给(?=[您你他她大各陈李王张刘赵]|答复)|带|写|做好|重视|加强|加大)"
)
_OURS = re.compile(
    rf"(?P<who>{_US})[^，。,]{{0,12}}?(?:会|将|要|负责|承诺|确保|争取|尽快|尽量|马上|立刻|立即|安排|让|来|回去|去|同意)"
    rf"[^，。,]{{0,14}}?{_ACT}"
)
_THEIRS = re.compile(
    rf"(?P<who>{_THEM})[^，。,]{{0,10}}?(?:会|将|负责|安排|保证|承诺|尽快|要|同意)[^，。,]{{0,14}}?{_ACT}"
)
_SURE = re.compile(rf"(?P<who>{_US})[^，。,]{{0,6}}?(?:承诺|保证|负责|跟进|会跟进)[^，。,]{{2,}}")
_IN_CHARGE = re.compile(
    r"由(?P<name>[^，。,由]{2,6}?)(?:负责|跟进|牵头|对接|落实)|^(?P<who>[^，。,]{2,4})负责"
)
_DATED = re.compile(rf"(?:^|(?P<who>{_US})|让)[^，。,]{{0,9}}?{_ACT}")
_SOON = re.compile(
    r"(?:稍后|回头(?!来?看)|待会儿?|一会儿?|等会儿?|会后|明早|下午|晚上|今晚|下班前|随后)[^，。,]{0,10}?"
    r"(?:发|给|告诉|回复|联系|答复|聊|讨论|谈|问|整理|补)"
)
_NOT = re.compile(
    r"不会|不要|不能|没法|没有办法|无法|不想|不是|没有|如果|要是|假如|假设|的话|万一|是不是|能不能|会不会|要不要|"
    r"可不可以|怎么|如何|为什么|什么时候|吗[？?]?|呢[？?]|[？?]\s*$|曾经|当时|以前|已经|过去|去年|昨天|前天|上周|上个月|"
    r"应该会|可能会|也许|或许|觉得|认为|相信|希望|期待|发现|看到|知道|以为|想象|应该|应当|必须|有必要|需要|为了|比如|"
    r"每天|每周|每次|每年|每月|每日|一般|通常|总是|往往|一共|截止|从.{1,12}开始|因为|由于|要求|有机会|说的是|是我们|随时"
)
_WHOLE = re.compile(
    r"[？?]\s*$|如果|要是|假如|假设|的话[，,]|万一|每天|每周|每次|每年|每月|一共|从.{1,12}开始|比如|举个例子"
)
"""What makes the whole sentence a question, a condition, a habit or an example."""
_TALK = re.compile(
    r"(?:接下来|下面|首先|最后|今天|现在|这里|我先|我再|我来|我就)[^，。]{0,10}(?:讲|说|谈|聊|介绍|汇报|回答|分享|讨论|提问|总结|举例|举个)"
)


_BEFORE = re.compile(r"^(?:好的?|行|没问题|嗯|对|那|然后|所以|另外|还有)[，,、]?\s*")


@dataclass(frozen=True)
class Found:
    """A promise: the characters of its sentence, who, what, and when it is due."""

    start: int
    end: int
    sentence: str
    what: str
    is_ours: bool
    speaker: str
    due: datetime | None
    due_said: str


def find(
    text: str,
    *,
    said_at: datetime,
    own_names: Collection[str] = (),
    is_working: IsWorking = is_weekday,
) -> Iterator[Found]:
    """The promises of a text in their order.

    A line may begin with who speaks (`张伟：…`, `对方：…`). `own_names` are those of our people:
    who is named and not among them is the other side, where any are given.
    """
    speaker, line_end = "", 0
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        if start >= line_end:
            line_end = text.find("\n", start)
            line_end = len(text) if line_end < 0 else line_end
            said = _SPEAKER.match(text, start)
            speaker = said["name"] if said and not _HEADING.search(said["name"]) else ""
            start = said.end() if said else start
        sentence = text[start:end].strip()
        start += len(text[start:end]) - len(text[start:end].lstrip())
        if len(sentence) < 4 or len(sentence) > LONGEST_SENTENCE:
            continue
        days = list(days_in(sentence, said_at=said_at, is_working=is_working))
        what = _promised(sentence, days)
        if what is None:
            continue
        due = days[0] if days else None
        yield Found(
            start=start,
            end=start + len(sentence),
            sentence=sentence,
            what=what[0],
            is_ours=_is_ours(what[1], speaker, own_names),
            speaker=speaker,
            due=due.due if due else None,
            due_said=sentence[due.start : due.end] if due else "",
        )


def _promised(sentence: str, days: list[Named]) -> tuple[str, str] | None:
    """What is promised and the word for who, or None; a clause decides, its neighbours may not."""
    if _WHOLE.search(sentence) or _TALK.search(sentence):
        return None
    is_dated = bool(days)
    for clause in re.split(r"[，,]", _undated(sentence, days)):
        plain = clause.strip()
        if not plain or _NOT.search(plain):
            continue
        for form in (_OURS, _THEIRS, _SURE, _IN_CHARGE, _SOON):
            match = form.search(plain)
            if match and not plain.endswith(("了", "过")):
                return _plain(sentence), match.groupdict().get("who") or ""
        match = _DATED.search(plain) if is_dated else None
        if match and len(plain) <= _SHORT_CLAUSE:
            return _plain(sentence), match["who"] or ""
    return None


def _undated(sentence: str, days: list[Named]) -> str:
    """The sentence without the days that it names: what is left says who does what."""
    for day in reversed(days):
        sentence = sentence[: day.start] + sentence[day.end :]
    return sentence


def _is_ours(who: str, speaker: str, own_names: Collection[str]) -> bool:
    is_other = speaker.startswith(("对方", "客户")) or (
        bool(own_names) and bool(speaker) and speaker not in own_names and speaker != "我方"
    )
    if re.fullmatch(_YOU, who):
        return is_other
    return not is_other and re.fullmatch(_THEM, who) is None


def _plain(sentence: str) -> str:
    """The sentence as the title of a task: without what people say before they say it."""
    bare = re.sub(
        r"^(?:好的?|行|没问题|嗯|对|那|然后|所以|另外|还有)[，,、]?\s*", "", sentence.strip()
    )
    return bare.rstrip("。！!；;，,").strip()[:120]
