"""A plan's words fitted to the situation by a language model, where one is on (requirement D12)."""

from pydantic import BaseModel, Field

from closeloop.identity.actor import Actor
from closeloop.language import gateway
from closeloop.playbooks.queries.planning import Plan, line_of

PURPOSE = "playbooks.plan"
_ASKED = (
    "你是企业销售教练。根据情况和每一步给定的话术、资料与案例，为每一步写一段可以直接对客户说的话，"
    "不超过八十字，口语，不夸大，不编造数据与案例。保留形如 [[NAME1]] 的标记。按步骤顺序给出。"
)


class Words(BaseModel):
    """What to say at each step, in order."""

    steps: list[str] = Field(min_length=1, max_length=10)


def words_for(plan: Plan, *, actor: Actor) -> tuple[list[str], str]:
    """What a model makes of each step, and its name; nothing and an empty name without one."""
    answer = gateway.ask(
        purpose=PURPOSE,
        instructions=_ASKED,
        text=_told(plan),
        output=Words,
        names=plan.context.names,
        actor=actor,
    )
    if answer is None or len(answer.output.steps) != len(plan.steps):
        return [], ""
    return answer.output.steps, answer.model


def _told(plan: Plan) -> str:
    lines = [f"情况：{plan.situation}"]
    for number, step in enumerate(plan.steps, start=1):
        lines.append(f"第{number}步：{step.name['zh-CN']}（{step.aim['zh-CN']}）")
        for label, found in (("话术", step.says), ("资料", step.shows), ("案例", step.case)):
            if found is not None:
                lines.append(f"  {label}：{found.entry.title.get('zh-CN', '')}")
        if step.says is not None:
            lines.append(f"  参考说法：{line_of(step.says.entry, 'zh-CN')}")
    return "\n".join(lines)
