"""Two thousand entries from fifty situations: many say nearly the same, as in a real library."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import yaml

from closeloop.designer import packs
from closeloop.engine.playbooks import Saying
from closeloop.playbooks.retrieval import Text

HERE = Path(__file__).parent
COUNT = 2000
READ_BEFORE = 17
PRODUCTS = (
    "全自动生化分析仪", "化学发光免疫分析仪", "血液分析仪", "血气分析仪", "彩色超声", "数字X线机",
    "监护仪", "呼吸机", "输注泵", "内窥镜系统", "离心机", "低温灭菌器", "凝血分析仪",
    "核酸检测系统",
)  # fmt: skip
DEPARTMENTS = (
    "检验科", "影像科", "重症医学科", "手术室", "设备科", "急诊科", "体检中心", "供应室",
)  # fmt: skip
CUSTOMERS = (
    "市一院", "县人民医院", "中医院", "妇幼保健院", "民营专科医院", "第三方检验所", "社区卫生中心",
    "大学附属医院", "疾控中心", "体检连锁",
)  # fmt: skip
PARTS = ("problem", "advice", "said")
FRAMES = (
    "{problem}客户常说：「{said}」{advice}",
    "「{said}」场景：{problem}做法：{advice}",
    "{problem}「{said}」建议先倾听再回应。{advice}最后约定下次沟通时间。",
    "背景：{problem}处理：{advice}注意语气平和，及时记录。",
)


def topics() -> Mapping[str, Mapping[str, list[str]]]:
    """The situations by key."""
    found: Mapping[str, Mapping[str, list[str]]] = _yaml("topics.yaml")
    return found


def questions(name: str) -> list[tuple[str, str]]:
    """Questions with the key of the situation that they are about: `measured` or `tuned_on`."""
    return [(text, key) for key, texts in _yaml("questions.yaml")[name].items() for text in texts]


def read_before() -> frozenset[str]:
    """Situations whose measured questions the writer of the standard pack's everyday words had
    seen: what is found for them says less about words that nobody foresaw."""
    return frozenset(list(topics())[:READ_BEFORE])


def sayings() -> list[Saying]:
    """The everyday words of the standard pack, as a new company has them."""
    given = packs.read_pack("standard").playbooks["settings"]["sayings"]
    return [Saying(each["said"], each["means"]) for each in given]


def entries(count: int = COUNT) -> Iterator[tuple[str, Text]]:
    """Entries, each with the key of its situation; the same ones at every run."""
    chance, given = Random(5), list(topics().items())
    for number in range(count):
        key, topic = given[number % len(given)]
        slots = {
            "p": chance.choice(PRODUCTS),
            "d": chance.choice(DEPARTMENTS),
            "c": chance.choice(CUSTOMERS),
        }
        said = {name: _filled(chance.choice(topic[name]), slots) for name in PARTS}
        title = f"{_filled(chance.choice(topic['titles']), slots)}（{slots['c']}{slots['d']}）"
        body = chance.choice(FRAMES).format(**said)
        yield key, Text(number, title, body)


def _filled(text: str, slots: Mapping[str, str]) -> str:
    return text.format(**slots)


def _yaml(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
