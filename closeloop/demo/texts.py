"""What people write in the demo company (data): comments, reasons, notes."""

TALKS = (
    "已与科室主任当面沟通，关注点是通量和售后响应，下周三带工程师去现场测算样本量。",
    "设备科要求补充同级医院的装机清单，周五前发过去。",
    "采购中心说预算已上会，等财务批复，预计两周。",
    "客户问到与院内系统对接的费用，已请售前出接口说明。",
    "竞品给了更长的账期，我们可以用延保两年来换。",
    "主任出差，演示改到下周二上午，已和使用科室确认人员。",
    "试用反馈良好，检验师希望界面再简化，已记录给产品。",
    "招标参数已核对，三条参数我们都满足。",
    "今天拜访确认了痛点顺序：停机第一，成本第二。",
    "客户希望年底前装机，需要提前锁定货期。",
    "电话沟通二十分钟，对方愿意安排现场演示。",
    "财务对分期付款没有意见，等院长签字。",
)
VAGUE = ("已联系", "再沟通", "客户反馈良好", "跟进中", "持续关注")
"""Phrases that say nothing; some people write them (D08)."""
QUESTIONS = (
    "@{name} 这个客户的方案周四前能给到吗？",
    "@{name} 请帮忙看下接口说明，客户信息科在问。",
    "@{name} 合同第七条付款节点，客户想改成验收后 30 天，可以吗？",
)
REVIEWS = (
    "@{name} 这个商机停了两周了，卡在哪里？今天下班前给个说法。",
    "@{name} 决策链只有使用人，院领导还没接触，本周把拜访约上。",
    "@{name} 金额较大，下次拜访我一起去。",
    "@{name} 预计成交日期已过，请更新并说明原因。",
    "@{name} 竞争应对预案要在报价前备案，别等客户问了才写。",
)
SEAL_EXCUSES = (
    "客户要求再确认报价明细",
    "合同细节需回到报价阶段核对",
    "等客户回复，先退回",
    "报价有效期需要更新",
)
"""What is written when a stage is stepped back only because its clock runs (requirements C13)."""
STEP_BACKS = (
    "客户更换了负责人，需要重新确认需求",
    "演示后客户提出新的参数要求",
    "预算缩减，需要重新出方案",
    "客户要求增加配置，重新报价",
)
EXCEPTION_REASONS = (
    "客户院长下周出国，必须本周签，缺的材料周一补上",
    "客户不允许通话录音，已有书面纪要",
    "原件在快递途中，单号已发群里",
    "老客户续采，决策链与上次相同",
    "招标公告已发，等不到材料齐全",
)
GRANTS = ("同意，周一补齐", "情况属实，同意一次", "同意，请在备注中说明", "")
REFUSALS = (
    "材料不齐不能走，先补决策链图",
    "不同意，客户录音可以改为面谈纪要后再走",
    "请先补齐再申请",
)
HANDOVERS = "片区调整，由 @{name} 接手，客户资料已当面交接。"
FAULTS = (
    "开机自检不通过", "运行中报错停机", "结果偏高且重复性差", "异响明显", "屏幕无显示",
    "压力不足报警", "样本针堵塞", "图像有条纹伪影", "频繁误报警", "温度达不到设定值",
)  # fmt: skip
TITLES = {
    "decision_maker": ("院长", "副院长", "总经理"),
    "influencer": ("院办主任", "学科带头人", "医务处处长"),
    "technical": ("设备科科长", "信息科科长", "医学工程师"),
    "user": ("检验科主任", "影像科主任", "护士长", "技师长"),
    "purchasing": ("采购中心主任", "采购专员", "招标办主任"),
    "finance": ("财务科科长", "财务总监"),
    "opponent": ("副主任医师", "科室副主任"),
}
"""Titles of contacts by their part in the decision chain."""
DEPARTMENTS = {
    "decision_maker": "management", "influencer": "management", "technical": "equipment",
    "user": "laboratory", "purchasing": "purchasing", "finance": "finance",
    "opponent": "laboratory",
}  # fmt: skip
