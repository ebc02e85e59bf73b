"""The kinds of behaviour there are, and what is told with each (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass

Name = Mapping[str, str]


@dataclass(frozen=True)
class Kind:
    """A kind of behaviour; `data` are the values by which rules may tell one from another."""

    key: str
    name: Name
    data: tuple[str, ...] = ()


def _kind(key: str, zh: str, en: str, *data: str) -> Kind:
    return Kind(key, {"zh-CN": zh, "en-US": en}, data)


KINDS: Mapping[str, Kind] = {
    kind.key: kind
    for kind in (
        _kind("page_view", "浏览页面", "Page viewed", "path", "topic"),
        _kind("dwell", "停留", "Time on page", "seconds", "path", "topic"),
        _kind("download", "下载资料", "Download", "file", "topic"),
        _kind("video_play", "观看视频", "Video watched", "video", "topic", "seconds"),
        _kind("form", "提交表单", "Form sent", "form", "topic"),
        _kind("demo_booked", "预约演示", "Demo booked", "topic"),
        _kind("mail_open", "打开邮件", "Mail opened", "mail", "topic"),
        _kind("mail_click", "点击邮件链接", "Link in a mail", "mail", "url", "topic"),
        _kind("chat", "在线咨询", "Chat", "topic"),
        _kind("event_visit", "参加活动", "Event visited", "event", "topic"),
        _kind("unsubscribed", "退订", "Unsubscribed", "mail"),
        _kind("custom", "其他行为", "Other", "name", "topic"),
    )
}
