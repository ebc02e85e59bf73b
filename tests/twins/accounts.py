"""The clients as they are set up for the twins."""

from closeloop.notices.vendors import dingtalk, feishu, wecom
from tests.twins import dingtalk as dingtalk_twin
from tests.twins import feishu as feishu_twin
from tests.twins import wecom as wecom_twin
from tests.twins.dingtalk import DingTalkTwin
from tests.twins.feishu import FeishuTwin
from tests.twins.wecom import WeComTwin

TWINS = {"wecom": WeComTwin, "dingtalk": DingTalkTwin, "feishu": FeishuTwin}


def settings_for(provider: str, url: str) -> dict[str, str]:
    """What an administrator enters, with a twin's address."""
    if provider == "wecom":
        return {
            "base_url": url,
            "corp_id": wecom_twin.CORP_ID,
            "agent_id": wecom_twin.AGENT_ID,
            "secret": wecom_twin.SECRET,
        }
    if provider == "dingtalk":
        return {
            "base_url": url,
            "new_base_url": url,
            "client_id": dingtalk_twin.CLIENT_ID,
            "client_secret": dingtalk_twin.SECRET,
            "agent_id": dingtalk_twin.AGENT_ID,
        }
    return {
        "base_url": url,
        "accounts_url": url,
        "app_id": feishu_twin.APP_ID,
        "app_secret": feishu_twin.SECRET,
    }


SECRET_NAMES = {"wecom": "secret", "dingtalk": "client_secret", "feishu": "app_secret"}


def client_for(
    provider: str, url: str, *, secret: str = ""
) -> wecom.WeCom | dingtalk.DingTalk | feishu.Feishu:
    """The product's client, pointed at a twin."""
    given = settings_for(provider, url)
    if secret:
        given[SECRET_NAMES[provider]] = secret
    if provider == "wecom":
        return wecom.WeCom(wecom.Settings(**given))
    if provider == "dingtalk":
        return dingtalk.DingTalk(dingtalk.Settings(**given))
    return feishu.Feishu(feishu.Settings(**given))


def furnish(provider: str, twin: WeComTwin | DingTalkTwin | FeishuTwin) -> None:
    """A company with two departments below the top and three people, at any provider."""
    if isinstance(twin, FeishuTwin):
        twin.add_department("od-east", "华东大区")
        twin.add_department("od-team", "一组", parent="od-east")
        twin.add_department("od-west", "华西大区")
        east, team = "od-east", "od-team"
        twin.add_member("ou_wang", "王经理", east, mobile="+8613800000001")
        twin.add_member("ou_zhang", "张伟", team, mobile="+8613800000002", leader_user_id="ou_wang")
        twin.add_member("ou_li", "李娜", team, enterprise_email="lina@corp.example")
        return
    twin.add_department(1, "成环科技", parent=0)
    twin.add_department(2, "华东大区", parent=1)
    twin.add_department(3, "一组", parent=2)
    twin.add_department(4, "华西大区", parent=1)
    leader = {"direct_leader": ["wang"]} if provider == "wecom" else {}
    mail = "biz_mail" if provider == "wecom" else "org_email"
    twin.add_member("wang", "王经理", 2, mobile="13800000001")
    twin.add_member("zhang", "张伟", 3, mobile="13800000002", **leader)
    twin.add_member("li", "李娜", 3, **{mail: "lina@corp.example"})


def ids(provider: str, *names: str) -> list[str]:
    """The ids at the provider of people that `furnish` made."""
    return [f"ou_{name}" if provider == "feishu" else name for name in names]
