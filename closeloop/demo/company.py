"""The demo company as it stands on paper (data): units, people, sign-ins, products.

Everything here is invented. `MINI` is one region of it, small enough for tests.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

PASSWORD = "closeloop-demo"
"""The password of every demo account; shown on the sign-in page while demo accounts exist."""
NAME = "岚舟医疗器械"
DOMAIN = "lanzhou-medical.example"


@dataclass(frozen=True)
class Staff:
    """A person of headquarters: sign-in, title, role, and whether they are a program."""

    username: str
    title: str
    role: str
    name: str = ""


@dataclass(frozen=True)
class Department:
    """A unit of headquarters; the first person leads it."""

    name: str
    staff: Sequence[Staff]


@dataclass(frozen=True)
class Region:
    """A sales region: its key in the customers' region field, its name, its teams' sizes."""

    key: str
    name: str
    teams: Sequence[int]
    energy: float = 1.0
    """How well it sells, against the company's mean."""
    silent: int = 0
    """So many of its last teams have followed up nobody for the last days (G01)."""


@dataclass(frozen=True)
class Size:
    """How much of the company is made. Counts are aims over the whole history."""

    days: int
    regions: Sequence[Region]
    departments: Sequence[Department]
    customers: int
    groups: int
    openings: int
    leads_a_day: float
    deals_a_head: float
    """New deals that a salesperson opens with known customers in a year."""
    repairs: int


@dataclass(frozen=True)
class ProductGiven:
    """A product on the price list, in yuan."""

    name: str
    code: str
    family: str
    unit_of_measure: str
    price: Decimal
    is_active: bool = True


REGIONS = (
    Region("east", "华东", (6, 5, 5), 1.15, silent=1),
    Region("south", "华南", (5, 5, 4), 1.05),
    Region("north", "华北", (5, 5, 4), 0.95),
    Region("southwest", "西南", (5, 5), 0.9),
    Region("central", "华中", (5, 5), 0.85, silent=2),
)
DEPARTMENTS = (
    Department(
        "销售运营部",
        (Staff("ops", "销售运营主管", "sales_ops"), Staff("ops2", "销售运营专员", "sales_ops")),
    ),
    Department(
        "售前支持部",
        (
            Staff("presales", "售前支持经理", "presales"),
            *(Staff(f"presales{n}", "售前工程师", "presales") for n in range(2, 6)),
        ),
    ),
    Department("法务部", (Staff("legal", "法务主管", "legal"),)),
    Department(
        "财务部",
        (Staff("finance", "财务主管", "finance"), Staff("finance2", "应收会计", "finance")),
    ),
    Department(
        "信息部",
        (
            Staff("admin", "系统管理员", "administrator"),
            Staff("integrator", "接口账号", "integrator", name="官网与广告接口"),
        ),
    ),
    Department(
        "售后服务部",
        (
            Staff("service", "售后服务经理", "manager"),
            *(Staff(f"service{n}", "服务工程师", "salesperson") for n in range(2, 6)),
        ),
    ),
)
FULL = Size(
    days=365,
    regions=REGIONS,
    departments=DEPARTMENTS,
    customers=250,
    groups=18,
    openings=150,
    leads_a_day=7.4,
    deals_a_head=20.5,
    repairs=205,
)
MINI = Size(
    days=30,
    regions=(Region("east", "华东", (3,)),),
    departments=DEPARTMENTS,
    customers=12,
    groups=2,
    openings=6,
    leads_a_day=1.0,
    deals_a_head=60.0,
    repairs=3,
)
CHIEF = Staff("chief", "全国销售总监", "director")
PARTNER = Staff("bp", "销售 BP", "sales_bp")
"""The sales business partner sits at the top, and so serves every region."""
REGIONAL_TITLE, MANAGER_TITLE, SELLER_TITLE = "大区总监", "区域销售经理", "销售代表"
FIRST_SIGN_INS: Mapping[str, str] = {
    "director": "director",
    "manager": "manager",
    "salesperson": "sales",
}
"""The sign-in of the first person of a role; they sit in the first region's first team."""
TEAM_NAMES = ("一部", "二部", "三部")


def _product(name: str, code: str, family: str, unit: str, price: int) -> ProductGiven:
    return ProductGiven(name, code, family, unit, Decimal(price))


PRODUCTS = (
    _product("全自动生化分析仪 BC-800", "IVD-001", "in_vitro_diagnostics", "set", 680000),
    _product("全自动化学发光免疫分析仪 CL-600", "IVD-002", "in_vitro_diagnostics", "set", 920000),
    _product("五分类血细胞分析仪 HX-500", "IVD-003", "in_vitro_diagnostics", "set", 260000),
    _product("凝血分析仪 CA-300", "IVD-004", "in_vitro_diagnostics", "set", 210000),
    _product("尿液分析工作站 UW-200", "IVD-005", "in_vitro_diagnostics", "set", 160000),
    _product("实时荧光定量 PCR 仪 Q96", "IVD-006", "in_vitro_diagnostics", "set", 330000),
    _product("核酸提取仪 NE-32", "IVD-007", "in_vitro_diagnostics", "set", 120000),
    _product("样本前处理流水线 TLA-1", "IVD-008", "in_vitro_diagnostics", "set", 2600000),
    _product("64 排螺旋 CT", "IMG-001", "imaging", "set", 4200000),
    _product("1.5T 磁共振系统", "IMG-002", "imaging", "set", 6500000),
    _product("悬吊式数字化 X 线机 DR-70", "IMG-003", "imaging", "set", 780000),
    _product("移动式 DR-M", "IMG-004", "imaging", "set", 460000),
    _product("彩色多普勒超声 US-90", "IMG-005", "imaging", "set", 1250000),
    _product("便携超声 US-20", "IMG-006", "imaging", "set", 180000),
    _product("乳腺机 MM-3D", "IMG-007", "imaging", "set", 2300000),
    _product("骨密度仪 BD-5", "IMG-008", "imaging", "set", 390000),
    _product("多参数监护仪 PM-12", "LIF-001", "life_support", "set", 28000),
    _product("中央监护系统 CMS-32", "LIF-002", "life_support", "set", 350000),
    _product("有创呼吸机 VT-60", "LIF-003", "life_support", "set", 240000),
    _product("无创呼吸机 NV-20", "LIF-004", "life_support", "set", 68000),
    _product("除颤监护仪 DF-8", "LIF-005", "life_support", "set", 56000),
    _product("输注工作站 IW-16", "LIF-006", "life_support", "set", 96000),
    _product("血液净化机 HP-10", "LIF-007", "life_support", "set", 165000),
    _product("麻醉机 AN-70", "SUR-001", "surgery", "set", 310000),
    _product("LED 手术无影灯 OL-72", "SUR-002", "surgery", "set", 88000),
    _product("电动手术床 OT-5", "SUR-003", "surgery", "set", 135000),
    _product("4K 腔镜系统 EN-4K", "SUR-004", "surgery", "set", 1480000),
    _product("高频电刀 ES-300", "SUR-005", "surgery", "set", 78000),
    _product("脉动真空灭菌器 ST-1200", "STE-001", "sterilisation", "set", 290000),
    _product("低温等离子灭菌器 PL-150", "STE-002", "sterilisation", "set", 220000),
    _product("清洗消毒器 WD-360", "STE-003", "sterilisation", "set", 175000),
    _product("内镜清洗工作站 EC-4", "STE-004", "sterilisation", "set", 145000),
    _product("下肢康复训练系统 RE-10", "REH-001", "rehabilitation", "set", 260000),
    _product("中频治疗仪 MF-6", "REH-002", "rehabilitation", "set", 36000),
    _product("生化试剂年度包", "CON-001", "consumables", "year", 420000),
    _product("发光试剂年度包", "CON-002", "consumables", "year", 560000),
    _product("一次性呼吸管路", "CON-003", "consumables", "box", 1800),
    _product("检验信息系统 LIS", "SOF-001", "software_service", "set", 380000),
    _product("设备全保维保服务", "SOF-002", "software_service", "year", 150000),
    ProductGiven(
        "四分类血细胞分析仪 HX-200（停售）", "IVD-090", "in_vitro_diagnostics", "set",
        Decimal(98000), is_active=False,
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Mix:
    """How often something is chosen, by key."""

    weights: Mapping[str, float] = field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        """The keys, in order."""
        return list(self.weights)

    @property
    def shares(self) -> list[float]:
        """Their weights, in the same order."""
        return list(self.weights.values())


INDUSTRIES = Mix(
    {
        "public_tertiary_hospital": 30, "public_secondary_hospital": 22, "private_hospital": 14,
        "primary_care": 9, "independent_lab": 7, "health_check_center": 5,
        "research_institute": 4, "cdc": 3, "distributor": 4, "pharma": 2,
    }
)  # fmt: skip
SOURCES = Mix(
    {
        "website": 20, "wechat_official": 16, "search_ad": 18, "feed_ad": 14, "exhibition": 10,
        "academic_meeting": 7, "referral": 6, "cold_call": 5, "tender_notice": 3,
        "channel_partner": 1,
    }
)  # fmt: skip
WARMTH: Mapping[str, float] = {
    "website": 1.15, "wechat_official": 0.95, "search_ad": 0.8, "feed_ad": 0.45, "exhibition": 1.0,
    "academic_meeting": 1.5, "referral": 2.1, "cold_call": 0.7, "tender_notice": 1.4,
    "channel_partner": 1.3,
}  # fmt: skip
"""How interested a lead of a source is, against the mean."""
BUDGETS: Mapping[str, tuple[int, int]] = {
    "up_to_100k": (20_000, 100_000),
    "from_100k_to_300k": (100_000, 300_000),
    "from_300k_to_500k": (300_000, 500_000),
    "from_500k_to_1m": (500_000, 1_000_000),
    "from_1m_to_3m": (1_000_000, 3_000_000),
    "above_3m": (3_000_000, 8_000_000),
}
"""Budget ranges in yuan."""
