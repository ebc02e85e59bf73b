"""Handing one message to its provider by the clients that notices have.

Nothing here is sent twice by itself unless the administrator has chosen so for the channel: none
of the providers has a key by which it drops repetitions.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from closeloop.edge import messages
from closeloop.engine.nurture import Channel
from closeloop.notices import configuration
from closeloop.notices.channels import mail, sms, sms_aliyun, sms_tencent
from closeloop.notices.channels.outcomes import GiveUp
from closeloop.notices.channels.protocol import Guarantee, Sent
from closeloop.notices.vendors.wecom import Settings as WeComSettings
from closeloop.notices.vendors.wecom_customers import WeComCustomers
from closeloop.nurture import composing
from closeloop.nurture.plugs import plugs

_SMS: Mapping[str, Callable[..., str]] = {"tencent": sms_tencent.send, "aliyun": sms_aliyun.send}


@dataclass(frozen=True)
class Parcel:
    """One message as it leaves. `out_url` is where its reader unsubscribes, `pixel_url` a picture.

    `sender` is the colleague's id at WeCom.
    """

    channel: Channel
    address: str
    name: str
    said: Mapping[str, Any]
    key: str
    out_url: str = ""
    pixel_url: str = ""
    sender: str = ""


def is_ready(channel: Channel) -> bool:
    """Whether the channel is on and completely set up."""
    if channel is Channel.WECOM:
        return bool(plugs.wecom())
    return channel in configuration.channels_on()


def lacks_code(codes: Mapping[str, str]) -> bool:
    """Whether a text message has no approved template at the company's provider, or at any."""
    provider = configuration.configured("sms").settings.get("provider")
    return not (codes.get(provider) if provider else codes)


def guarantee_of(channel: Channel) -> Guarantee:
    """How often a message may arrive."""
    if channel is Channel.WECOM:
        return Guarantee.AT_MOST_ONCE
    return configuration.configured(channel).guarantee


def send(parcel: Parcel) -> Sent:
    """Send once; raises TryLater, GiveUp (RecipientRefused), Uncertain."""
    return _SENDERS[parcel.channel](parcel)


def drawn(parcel: Parcel) -> str:
    """The whole HTML of a mail."""
    said = parcel.said
    language = said["language"]
    words = {
        "subject": said["subject"],
        "html": said["html"],
        "language": language,
        "company": composing.our_company(),
        "why": messages.say("nurture.mail.why", language, {"company": composing.our_company()}),
        "out": messages.say("nurture.mail.out", language),
        "out_url": parcel.out_url,
        "pixel_url": parcel.pixel_url,
    }
    return render_to_string("nurture/mail.html", words)


def _mail(parcel: Parcel) -> Sent:
    settings = configuration.configured("mail").settings
    sender, said = str(settings["from_address"]), parcel.said
    out = messages.say("nurture.mail.out", said["language"])
    shown = " ".join((settings.get("from_name") or "").split())
    letter = EmailMultiAlternatives(
        subject=said["subject"],
        body=f"{said['text']}\n\n-- \n{composing.our_company()}\n{out}: {parcel.out_url}\n",
        from_email=str(Address(shown, addr_spec=sender)),
        to=[_to(parcel)],
        headers=_headers(parcel, sender),
    )
    letter.attach_alternative(drawn(parcel), "text/html")
    return mail.post(letter, settings)


def _headers(parcel: Parcel, sender: str) -> dict[str, str]:
    """Sources: RFC 8058 (one click), RFC 2369 (List-Unsubscribe)."""
    headers = {"Message-ID": mail.message_id(parcel.key, sender)}
    if parcel.out_url:
        headers["List-Unsubscribe"] = f"<{parcel.out_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _to(parcel: Parcel) -> str:
    try:
        return str(Address(" ".join(parcel.name.split()), addr_spec=parcel.address.strip()))
    except (ValueError, IndexError) as failure:
        raise GiveUp("address_invalid", str(failure)) from failure


def _sms(parcel: Parcel) -> Sent:
    settings = configuration.configured("sms").settings
    provider = settings["provider"]
    code = parcel.said["codes"].get(provider)
    if not code:
        raise GiveUp("sms_code_missing", str(provider))
    number = sms.phone(parcel.address)
    return Sent(_SMS[provider](number, parcel.said["params"], {**settings, "template": code}))


def _wecom(parcel: Parcel) -> Sent:
    links = [(title, url) for title, url in parcel.said.get("links", ())]
    sent = wecom().send_to_customer(
        parcel.address, sender=parcel.sender, text=parcel.said["text"], links=links
    )
    return Sent(sent)


def wecom() -> WeComCustomers:
    """The client of the company's application; raises GiveUp while it is not set up."""
    given = plugs.wecom()
    if not given:
        raise GiveUp("channel_off")
    names = WeComSettings.__dataclass_fields__
    return WeComCustomers(WeComSettings(**{k: v for k, v in given.items() if k in names and v}))


_SENDERS: Mapping[Channel, Callable[[Parcel], Sent]] = {
    Channel.MAIL: _mail,
    Channel.SMS: _sms,
    Channel.WECOM: _wecom,
}
