"""What an import makes of a table's columns: the plan, its shape and its proposals (pure)."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from closeloop.fields.specs import FieldSpec
from closeloop.transfer.translation import flat

OWNER, UNIT, STAGE = "@owner", "@unit", "@stage"
ENTERED_AT, OUTCOME, CREATED_AT = "@entered_at", "@outcome_reason", "@created_at"
ORG = "org"
"""The record type of tables whose rows are people and units."""
PERSON, SUPERIOR, USERNAME, EMAIL = "@person", "@superior", "@username", "@email"
ROOT, ROLE, SUPERIOR_ROLE = "@root", "@role", "@superior_role"
ORG_TARGETS = (PERSON, SUPERIOR, UNIT, USERNAME, EMAIL, ROOT, ROLE, SUPERIOR_ROLE)
SPECIAL = (OWNER, UNIT, STAGE, ENTERED_AT, OUTCOME, CREATED_AT)
"""What a column may say beside fields. Moments of the past go with opening entries only."""
PLACEHOLDERS = frozenset(
    {"null", "n/a", "#n/a", "na", "nan", "none", "nil", "-", "--", "—", "/", "select", "请选择",
     "无", "空", "未知", "(空白)", "tbd"}
)  # fmt: skip
"""Texts that often stand for nothing; they are offered as empty, and are data until chosen."""
_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    OWNER: (
        "owner",
        "sales agent",
        "sales_agent",
        "sales rep",
        "负责人",
        "销售",
        "跟进人",
        "销售人员",
    ),
    UNIT: ("unit", "team", "部门", "团队", "所属部门"),
    STAGE: ("stage", "deal stage", "deal_stage", "status", "阶段", "销售阶段", "状态"),
    CREATED_AT: ("created", "created at", "created_on", "created_at", "创建时间", "创建日期"),
    "name": ("title", "full name", "lead name", "名称", "姓名", "公司名称", "客户名称"),
    "customer": ("account", "company", "account name", "客户", "公司", "客户名称"),
    "company": ("account", "organization", "单位", "公司名称", "公司"),
    "amount": ("value", "close_value", "deal value", "金额", "成交金额", "预计金额"),
    "expected_close": ("close_date", "close date", "预计成交日期", "成交日期"),
    "phone": ("mobile", "tel", "telephone", "cell", "电话", "手机", "手机号", "联系电话"),
    "email": ("e-mail", "mail", "邮箱", "电子邮箱"),
    "source": ("来源", "来源渠道", "线索来源", "lead source", "channel"),
    "industry": ("sector", "行业", "所属行业"),
    "parent": ("subsidiary_of", "parent account", "上级客户", "母公司"),
}

_ORG_WORDS: Mapping[str, tuple[str, ...]] = {
    PERSON: ("name", "person", "agent", "sales_agent", "sales agent", "姓名", "员工", "销售"),
    SUPERIOR: ("manager", "superior", "supervisor", "上级", "经理", "直属上级", "负责人"),
    UNIT: ("unit", "team", "region", "regional_office", "office", "部门", "大区", "区域", "团队"),
    USERNAME: ("username", "login", "用户名", "账号", "工号"),
    EMAIL: ("email", "e-mail", "邮箱"),
}


class NewField(BaseModel):
    """A user field that the import makes for a column."""

    model_config = ConfigDict(extra="forbid")
    key: str = Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")
    name: dict[str, str]
    type: Literal[
        "text", "long_text", "number", "money", "date", "datetime", "boolean", "choice",
        "phone", "email", "url", "credit_code",
    ] = "text"  # fmt: skip


class ColumnPlan(BaseModel):
    """What one column is taken for. A column without target is left out.

    `values`: what single texts mean (null: nothing). `when_empty`: what stands for an empty cell.
    `unmatched`: what becomes of a choice that nobody knows. `create_missing`: further values of
    records that a reference names and that do not exist yet; null: they are not made.
    """

    model_config = ConfigDict(extra="forbid")
    column: str
    target: str | None = None
    new_field: NewField | None = None
    values: dict[str, Any] = Field(default_factory=dict)
    when_empty: Any = None
    unmatched: Literal["refuse", "add", "empty"] = "refuse"
    create_missing: dict[str, Any] | None = None
    date_order: Literal["", "mdy", "dmy"] = ""


class Plan(BaseModel):
    """What an import makes of a table. `constants` fill targets that no column gives.

    `empties` are texts that mean nothing in every column.
    """

    model_config = ConfigDict(extra="forbid")
    columns: list[ColumnPlan] = Field(default_factory=list)
    constants: dict[str, Any] = Field(default_factory=dict)
    empties: list[str] = Field(default_factory=list)

    @property
    def by_target(self) -> dict[str, ColumnPlan]:
        """The columns that are taken, by what they are taken for."""
        return {column.target: column for column in self.columns if column.target}


def proposed(
    names: Sequence[str], specs: Mapping[str, FieldSpec], *, remembered: Plan | None = None
) -> Plan:
    """A plan for these columns: as it was the last time, else by the names of the fields."""
    if remembered is not None:
        return remembered
    taken: set[str] = set()
    columns = []
    for name in names:
        target = _target_for(name, specs, taken)
        if target is not None:
            taken.add(target)
        columns.append(ColumnPlan(column=name, target=target))
    return Plan(columns=columns)


def proposed_for_org(names: Sequence[str]) -> Plan:
    """A plan for a table of people, by the names of its columns."""
    words = {flat(word): target for target, listed in _ORG_WORDS.items() for word in listed}
    taken: set[str] = set()
    columns = []
    for name in names:
        target = words.get(flat(name))
        target = None if target in taken else target
        taken.add(target or "")
        columns.append(ColumnPlan(column=name, target=target))
    return Plan(columns=columns)


def signature(names: Sequence[str]) -> str:
    """What is the same for tables with the same columns, in whatever order."""
    joined = "\x1f".join(sorted(flat(name) for name in names))
    return hashlib.sha256(joined.encode()).hexdigest()


def problems_of(
    plan: Plan,
    *,
    names: Sequence[str],
    specs: Mapping[str, FieldSpec],
    allowed: Mapping[str, str],
    makes_new: bool,
) -> list[dict[str, Any]]:
    """What is wrong with a plan, each with its column or target; empty where it can run.

    `allowed`: what the person may do with each field. `makes_new`: whether rows become records.
    """
    found: list[dict[str, Any]] = []
    targets = {**dict.fromkeys(SPECIAL, ""), **dict.fromkeys(specs, "")}
    seen: dict[str, str] = {}
    for column in plan.columns:
        target = column.new_field.key if column.new_field else column.target
        if target is None:
            continue
        if column.column not in names:
            found.append(_problem(column.column, "column_unknown"))
        if column.new_field is None and target not in targets:
            found.append(_problem(column.column, "target_unknown", target=target))
        if target in seen:
            found.append(_problem(column.column, "target_twice", other=seen[target]))
        seen[target] = column.column
    for target in plan.constants:
        if target not in targets:
            found.append(_problem(target, "target_unknown", target=target))
    given = {*seen, *plan.constants}
    for target in given & set(specs):
        if allowed.get(target, "edit") != "edit":
            found.append(_problem(seen.get(target, target), "field_read_only", target=target))
    if makes_new:
        found.extend(_lacking(specs, given))
    return found


def _lacking(specs: Mapping[str, FieldSpec], given: Iterable[str]) -> list[dict[str, Any]]:
    have = set(given)
    return [
        _problem(spec.key, "required_not_given", target=spec.key)
        for spec in specs.values()
        if spec.is_required and spec.key not in have and "" not in spec.defaults
    ]


def _target_for(name: str, specs: Mapping[str, FieldSpec], taken: set[str]) -> str | None:
    wanted = flat(name)
    for key, spec in specs.items():
        labels = {flat(key), flat(key.replace("_", " ")), *(flat(n) for n in spec.name.values())}
        if key not in taken and wanted in labels:
            return key
    for target, words in _SYNONYMS.items():
        is_there = target in SPECIAL or target in specs
        if is_there and target not in taken and wanted in {flat(word) for word in words}:
            return target
    return None


def _problem(field: str, code: str, **data: Any) -> dict[str, Any]:
    return {"field": field, "code": code, **data}
