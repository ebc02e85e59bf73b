"""Invented names, numbers and addresses (pure): nobody and no company of the real world.

The towns do not exist and every institution carries one of them. Mobile numbers begin with 154,
landline subscribers with 0000 and credit codes name the area 990101: none of the three is assigned
(source: the numbering plan in phonenumbers, where they are possible but not valid; GB/T 2260 has no
area 99), so that no call and no look-up can reach anybody. Web and mail addresses end in .example
(RFC 2606).
"""

from collections.abc import Callable, Mapping, Sequence
from random import Random

from stdnum.cn import uscc


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋"
    "蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万"
    "段雷钱汤尹黎易常武乔贺赖龚文"
)
GIVEN = _words(
    "梓涵 雨桐 欣怡 诗语 浩宇 轩睿 博文 子墨 俊辉 嘉禾 思远 明哲 佳宁 一诺 若曦 星辰 景行 书瑶"
    " 清和 知夏 予安 承泽 立诚 静姝 婉清 云舟 牧野 临川 望舒 南乔 北辰 亦航 晨曦 沐阳 千帆 远山"
    " 长青 守拙 怀瑾 握瑜 敏行 慎言 致远 向晚 初晴 落英 松筠 竹溪 梅雪 兰亭 修远 采薇 若水 云深"
    " 知行 以宁 乐山 怀谷 听澜 映雪"
)
TOWNS: Mapping[str, Sequence[str]] = {
    "east": _words("栖澜 澄泊 淞岚 临汐 越荷 苏棠 锦泾 望渚 嘉榆 浦菱 泽芷 吴岑"),
    "south": _words("粤汀 岭葵 珠屿 榕汐 湾棠 海菁 莞岚 禺樾 惠荞 茂渚 椰澜 潮芷"),
    "north": _words("燕岑 冀桦 津芷 晋榆 朔岚 沧樾 蓟禾 云桦 岱渚 汾棠 桑汀 鲁菁"),
    "southwest": _words("蜀岚 渝棠 黔榕 滇屿 锦葵 岷汐 泸樾 嘉岑 筑芷 昆渚 涪菱 峨桦"),
    "central": _words("荆棠 楚岚 湘芷 汉渚 鄂榆 洞汀 豫禾 洛樾 襄菁 岳葵 赣屿 郴桦"),
}
"""Towns by region key; none of them exists."""
BRANDS = _words(
    "仁泽 安悦 和睿 康禾 嘉懿 明澈 瑞棠 慈屿 元和堂 百岑 善渡 恒笙 维桢 启棣 普蔚 佑麟 颐庭"
    " 同芃 济澜 臻叶"
)
DISTRICTS = _words("东苑 西岭 南湖 北关 新河 中渡 临港 高桥 云台 青石")
PATTERNS: Mapping[str, Sequence[str]] = {
    "public_tertiary_hospital": _words(
        "{t}市人民医院 {t}市中心医院 {t}大学附属医院 {t}市中医医院 {t}市妇幼保健院 {t}市第一医院"
        " {t}市第二人民医院 {t}市第三人民医院 {t}市第四人民医院 {t}医学院附属医院 {t}市肿瘤医院"
        " {t}市儿童医院 {t}市胸科医院 {t}市口腔医院 {t}市骨科医院 {t}市{d}中心医院 {t}市{d}总医院"
    ),
    "public_secondary_hospital": _words("{t}市{d}区人民医院 {t}市{d}区中医院 {t}市{d}区妇幼保健院"),
    "private_hospital": _words("{t}{b}医院 {t}{b}骨科医院 {t}{b}妇产医院 {t}{b}眼科医院"),
    "primary_care": _words("{t}市{d}街道社区卫生服务中心 {t}市{d}镇卫生院"),
    "independent_lab": _words("{t}{b}医学检验实验室有限公司"),
    "health_check_center": _words("{t}{b}健康体检中心"),
    "research_institute": _words("{t}大学医学院 {t}医科大学 {t}{b}生命科学研究所"),
    "cdc": _words("{t}市疾病预防控制中心 {t}市{d}区疾病预防控制中心"),
    "distributor": _words("{t}{b}医疗器械有限公司 {t}{b}医疗科技有限公司"),
    "pharma": _words("{t}{b}生物制药有限公司 {t}{b}药业有限公司"),
}
"""How institutions are called by industry: t town, d district, b brand."""
_AREA_CODES = {"east": "021", "south": "020", "north": "010", "southwest": "028", "central": "027"}
_CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


class Names:
    """Gives names and numbers that do not repeat, the same for the same random numbers."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._given: set[str] = set()

    def person(self) -> str:
        """A person's name of two or three characters."""
        given = self._rng.choice(GIVEN)
        size = 2 if self._rng.random() < 0.85 else 1
        return self._rng.choice(SURNAMES) + given[:size]

    def colleague(self) -> str:
        """A person's name that no other colleague has."""
        return self._once(self.person)

    def institution(self, *, industry: str, region: str) -> str:
        """The name of a customer that no other customer has."""
        return self._once(lambda: self.any_institution(industry=industry, region=region))

    def any_institution(self, *, industry: str, region: str) -> str:
        """A name that may be some customer's already, as the names on leads are."""
        pick = self._rng.choice
        return pick(PATTERNS[industry]).format(
            t=pick(TOWNS[region]), d=pick(DISTRICTS), b=pick(BRANDS)
        )

    def town(self, region: str) -> str:
        """A town that does not exist."""
        return self._rng.choice(TOWNS[region])

    def claim(self, name: str) -> bool:
        """Take a name for good; False where it is taken."""
        is_free = name not in self._given
        self._given.add(name)
        return is_free

    def group(self) -> str:
        """The name of a hospital group that no other has."""
        return self._once(lambda: f"{self._rng.choice(BRANDS)}医疗集团有限公司")

    def mobile(self) -> str:
        """A mobile number that is assigned to nobody."""
        return self._once(lambda: f"154{self._rng.randrange(10**8):08d}")

    def landline(self, region: str) -> str:
        """A switchboard number that is assigned to nobody."""
        return self._once(lambda: f"{_AREA_CODES[region]}0000{self._rng.randrange(10**4):04d}")

    def credit_code(self) -> str:
        """A unified credit code with a right check digit, of an area that does not exist."""
        return self._once(self._credit_code)

    def _credit_code(self) -> str:
        body = "91990101" + "".join(self._rng.choice(_CODE_LETTERS) for _ in range(9))
        return f"{body}{uscc.calc_check_digit(body)}"

    def _once(self, make: Callable[[], str]) -> str:
        for attempt in range(1000):
            name = make()
            # The towns are few: after many tries the name itself is told apart.
            name = name if attempt < 200 else f"{name}（{attempt - 198}）"
            if name not in self._given:
                self._given.add(name)
                return name
        raise RuntimeError("the invented names have run out")
