"""WeCom's customer contact as it is documented: mass messages are tasks that a colleague confirms.

Sources: developer.work.weixin.qq.com/document/path/92135, 93338, 92994.
"""

from typing import Any

from tests.twins.loopback import Asked
from tests.twins.wecom import WeComTwin

UNCONFIRMED, SENT, NO_FRIEND = 0, 1, 2


class WeComCustomersTwin(WeComTwin):
    """`contacts` are the customers of each colleague; `tasks` what colleagues are asked to send."""

    routes = {
        **WeComTwin.routes,
        "POST /cgi-bin/externalcontact/add_msg_template": "take_task",
        "POST /cgi-bin/externalcontact/batch/get_by_user": "list_followed",
        "POST /cgi-bin/externalcontact/get_groupmsg_send_result": "tell_results",
    }

    def __init__(self) -> None:
        super().__init__()
        self.contacts: dict[str, set[str]] = {}
        self.tasks: dict[str, dict[str, Any]] = {}
        self.results: dict[str, dict[str, int]] = {}
        self.followed: list[dict[str, Any]] = []
        self.page_size = 100

    def confirm(self, message_id: str, status: int = SENT) -> None:
        """The colleague sends it, or WeCom says why it cannot be sent."""
        self.results[message_id] = dict.fromkeys(self.results[message_id], status)

    def follow(self, user_id: str, contact_id: str, name: str, *mobiles: str, **more: str) -> None:
        """A colleague has somebody outside, with these numbers noted."""
        self.followed.append(
            {
                "external_contact": {
                    "external_userid": contact_id, "name": name, "type": 2, "gender": 0,
                    "corp_name": more.get("company", ""), "position": "", "avatar": "",
                },
                "follow_info": {
                    "userid": user_id, "remark": more.get("remark", ""), "description": "",
                    "createtime": self.now_s, "remark_corp_name": more.get("noted_company", ""),
                    "remark_mobiles": list(mobiles), "add_way": 1, "tag_id": [],
                },
            }
        )  # fmt: skip

    def list_followed(self, asked: Asked) -> Any:
        refused = self._refused(asked)
        if refused:
            return refused
        wanted = set(asked.body["userid_list"])
        if not wanted or len(wanted) > 100:
            return {"errcode": 40058, "errmsg": "userid_list invalid"}
        rows = [each for each in self.followed if each["follow_info"]["userid"] in wanted]
        if not rows:
            return {"errcode": 84061, "errmsg": "not external contact"}
        begin = int(asked.body.get("cursor") or 0)
        shown = rows[begin : begin + self.page_size]
        more = str(begin + self.page_size) if len(rows) > begin + self.page_size else ""
        return {
            "errcode": 0, "errmsg": "ok", "external_contact_list": shown, "next_cursor": more,
            "fail_info": {"unlicensed_userid_list": []},
        }  # fmt: skip

    def take_task(self, asked: Asked) -> Any:
        refused = self._refused(asked)
        if refused:
            return refused
        body = asked.body
        if not body.get("text", {}).get("content") and not body.get("attachments"):
            return {"errcode": 41063, "errmsg": "text and attachments both empty"}
        if len(body.get("attachments", ())) > 9:
            return {"errcode": 40058, "errmsg": "too many attachments"}
        held = self.contacts.get(body["sender"], set())
        failed = [each for each in body["external_userid"] if each not in held]
        message_id = f"msgGCAAAXtWyujaWJHDDGi0mAAA{len(self.tasks)}"
        if len(failed) < len(body["external_userid"]):
            self.tasks[message_id] = body
            taken = [each for each in body["external_userid"] if each in held]
            self.results[message_id] = dict.fromkeys(taken, UNCONFIRMED)
        return {"errcode": 0, "errmsg": "ok", "fail_list": failed, "msgid": message_id}

    def tell_results(self, asked: Asked) -> Any:
        refused = self._refused(asked)
        if refused:
            return refused
        body = asked.body
        found = self.results.get(body["msgid"])
        if found is None or self.tasks[body["msgid"]]["sender"] != body["userid"]:
            return {"errcode": 40097, "errmsg": "invalid msgid"}
        rows = [
            {
                "external_userid": contact,
                "userid": body["userid"],
                "status": status,
                "send_time": 1763863200 if status == SENT else 0,
            }
            for contact, status in found.items()
        ]
        return {"errcode": 0, "errmsg": "ok", "next_cursor": "", "send_list": rows}
