"""What reached people from outside: the messages that the providers have delivered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parseaddr
from functools import cache

from closeloop.edge import messages
from tests.twins.sms import TencentSmsTwin
from tests.twins.smtp import SmtpTwin
from tests.twins.wecom import WeComTwin

RED = "border-top:4px solid #cf1322"
_COPY = re.compile(r"^(?:\[Copy\] |［抄送］|抄送(?!：))")
_GAP = re.compile(r"\\\{\w+\\\}")


@dataclass(frozen=True)
class Letter:
    """One message as it arrived: its channel, the address, what it says and where it leads."""

    channel: str
    address: str
    title: str
    link: str
    is_red: bool = False
    pdfs: tuple[str, ...] = ()

    @property
    def is_copy(self) -> bool:
        """Whether it says that others must act."""
        return bool(_COPY.match(self.title))

    @property
    def marks(self) -> str:
        """How it stands out, as the tables have it."""
        return " 红" * self.is_red + " 抄送" * self.is_copy

    @property
    def event(self) -> str:
        """What it tells, by its words."""
        return event_of(_COPY.sub("", self.title))


@dataclass
class Postbox:
    """The providers of an office."""

    mail: SmtpTwin
    wecom: WeComTwin
    sms: TencentSmsTwin

    def empty(self) -> Iterator[Letter]:
        """What was delivered since the last time."""
        while self.mail.mails:
            yield _of_mail(self.mail.mails.pop(0))
        while self.wecom.delivered:
            address, message = self.wecom.delivered.pop(0)
            card = message["textcard"]
            yield Letter("wecom", address, card["title"], card["url"])
        while self.sms.delivered:
            number, (title, path) = self.sms.delivered.pop(0)
            yield Letter("sms", number.removeprefix("+86"), title, f"/m/{path}")


def event_of(title: str) -> str:
    """The event whose words fit a title, the one with the most of its own words."""
    fitting = [(len(said), event) for event, said, form in _titles() if form.fullmatch(title)]
    assert fitting, f"no event says: {title}"
    return max(fitting)[1]


@cache
def _titles() -> list[tuple[str, str, re.Pattern[str]]]:
    """Event, its title without what is filled in, and the form of it."""
    found = []
    for code, said in messages.catalogue().items():
        named = re.fullmatch(r"notice\.(.+)\.title", code)
        if named:
            form = re.escape(said["zh-CN"])
            own, pattern = _GAP.sub("", form), re.compile(_GAP.sub(".+", form))
            found.append((named[1], own, pattern))
    return found


def _of_mail(mail: EmailMessage) -> Letter:
    html = mail.get_body(("html",))
    assert html is not None
    text = html.get_content()
    links = re.findall(r'href="([^"]+)"', text)
    files = [part.get_filename() or "" for part in mail.iter_attachments()]
    return Letter(
        "mail",
        parseaddr(str(mail["To"]))[1],
        str(mail["Subject"]).strip(),
        links[0] if links else "",
        is_red=RED in text,
        pdfs=tuple(name for name in files if name.endswith(".pdf")),
    )
