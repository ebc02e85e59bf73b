"""Whom a provider vouches for, from what allauth was told."""

from dataclasses import dataclass

from allauth.socialaccount.models import SocialLogin


@dataclass(frozen=True)
class Vouched:
    """Somebody at a provider. `external_id` is empty for people outside the company."""

    provider: str
    external_id: str
    name: str
    phone: str = ""
    emails: tuple[str, ...] = ()


def vouched_for(login: SocialLogin) -> Vouched:
    """What the provider says: its own id, and a phone and mail only where the company gave them.

    An address counts from a company's own book (WeCom, Feishu's enterprise mail) or where single
    sign-on says that it was verified; what people enter about themselves counts for nothing.
    """
    told, provider = login.account.extra_data, login.account.provider
    if provider in ("wecom", "dingtalk"):
        return Vouched(
            provider,
            str(told.get("user_id", "")),
            name=str(told.get("name") or told.get("nick") or ""),
            phone=str(told.get("phone") or told.get("mobile") or ""),
            emails=tuple(filter(None, [str(told.get("email", ""))] * (provider == "wecom"))),
        )
    if provider == "feishu":
        return Vouched(
            provider,
            str(told.get("open_id", "")),
            name=str(told.get("name", "")),
            phone=str(told.get("mobile") or ""),
            emails=tuple(filter(None, [str(told.get("enterprise_email") or "")])),
        )
    verified = tuple(one.email for one in login.email_addresses if one.verified)
    return Vouched(provider, login.account.uid, name=", ".join(verified), emails=verified)
