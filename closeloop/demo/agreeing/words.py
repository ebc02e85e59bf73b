"""What people write to approvals (data)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The words that go with one kind of request."""

    wishes: tuple[str, ...]
    agreed: tuple[str, ...]
    refused: tuple[str, ...]
    returned: tuple[str, ...]
    mended: tuple[str, ...]
    withdrawn: tuple[str, ...]


URGES = ("客户在催，请今天看一下", "客户希望本周用印，麻烦尽快", "已超过一个工作日，烦请处理", "")
HANDED_ON = ("出差中，请代为审核", "此单由你跟进，请审核", "本周休假，转你处理")
CONTRACT = Words(
    wishes=(
        "客户希望本周用印",
        "条款与标准文本一致，仅付款节点有调整",
        "客户法务已确认文本",
        "请优先处理，月底前要回签",
        "",
        "",
    ),
    agreed=(
        "同意",
        "同意，注意首付款到账后再发货",
        "条款无异议",
        "配置与报价一致，同意",
        "同意，质保期按标准执行",
        "已核对主体与账户",
        "",
        "",
        "",
        "",
    ),
    refused=(
        "账期超过 180 天，超出授权，不同意",
        "毛利低于底线，请重新谈价后再报",
        "违约责任上不封顶，公司不能接受",
        "付款以终端回款为前提，风险不可控",
    ),
    returned=(
        "付款条款与报价单不一致，请核对后重新提交",
        "合同缺少验收标准附件，请补充",
        "签约主体与开票信息不一致，请更正",
        "交货期写的是 30 天，工厂排期要 45 天，请与客户确认",
        "配置清单少了校准品，请补齐",
    ),
    mended=(
        "已按意见修改，请再看",
        "附件已补充",
        "已与客户确认并更正",
        "",
    ),
    withdrawn=("客户要求调整配置，先撤回", "客户采购计划推迟，先撤回", "文本有误，改后再报"),
)
"""For what a gate waits for."""
OWN_WISH = Words(
    wishes=(
        "竞品报价低 8%，客户要求跟进",
        "客户承诺两年试剂用量",
        "区域标杆，后续有三家分院",
        "续约客户，维持去年折扣",
        "",
    ),
    agreed=(
        "同意",
        "同意，换账期缩短到 60 天",
        "同意本次，下不为例",
        "可以，请在报价单注明",
        "",
        "",
    ),
    refused=(
        "折扣过深，先用延保和培训去谈",
        "没有看到竞品报价依据，不同意",
        "去年已给过一次，请守住价格",
    ),
    returned=("请补充竞品报价截图或客户函件", "理由不充分，折扣请再收一收", "请写清试剂承诺用量"),
    mended=("已下调折扣并补充依据", "已与客户谈回一部分", "依据已补充"),
    withdrawn=("客户接受了原价，撤回", "改走整包方案，撤回"),
)
"""For what people ask for by themselves."""
