"""Signing pages for the interfaces of WeCom's and DingTalk's apps; all processes share a ticket."""

import secrets
from dataclasses import dataclass

from django.core.cache import cache
from django.utils import timezone

from closeloop.edge import sealing
from closeloop.integrations import errors, page_signing, queries
from closeloop.integrations.actions.outcomes import told_plainly
from closeloop.integrations.queries import SetUp
from closeloop.notices.vendors.dingtalk import DingTalk
from closeloop.notices.vendors.tokens import EARLY_S, key_of
from closeloop.notices.vendors.wecom import WeCom

PURPOSE = "integrations.page_ticket"


@dataclass(frozen=True)
class Signed:
    """What `wx.config`, `wx.agentConfig` and `dd.config` ask for."""

    corp_id: str
    agent_id: str
    timestamp: int
    nonce: str
    signature: str


def sign_page(key: str, *, url: str, origin: str, for_agent: bool = False) -> Signed:
    """Sign a page of ours, for the company or (WeCom only) for its application.

    Raises PagesNotSigned, PageNotOwn, AccountIncomplete and ProviderFailed.
    """
    found = _able(key, for_agent=for_agent)
    if not page_signing.is_own_page(url, origin=origin):
        raise errors.PageNotOwn()
    if not found.is_on or not found.settings["corp_id"]:
        raise errors.AccountIncomplete({"provider": key})
    ticket = _ticket(found, for_agent=for_agent)
    nonce, timestamp = secrets.token_hex(8), int(timezone.now().timestamp())
    made = page_signing.signature(ticket, nonce=nonce, timestamp=timestamp, url=url)
    settings = found.settings
    return Signed(settings["corp_id"], settings["agent_id"], timestamp, nonce, made)


def check_tickets(key: str) -> None:
    """Ask anew for what pages are signed with, where they are; raises ProviderFailed."""
    found = queries.set_up(key)
    if key not in page_signing.SCRIPT_HOSTS or not found.settings["corp_id"]:
        return
    for for_agent in (False, True) if key == "wecom" else (False,):
        cache.delete(_cache_key(found, for_agent=for_agent))
        _ticket(found, for_agent=for_agent)


def _able(key: str, *, for_agent: bool) -> SetUp:
    found = queries.set_up(key)
    if key not in page_signing.SCRIPT_HOSTS or (for_agent and key != "wecom"):
        raise errors.PagesNotSigned({"provider": key})
    return found


def _ticket(found: SetUp, *, for_agent: bool) -> str:
    cache_key = _cache_key(found, for_agent=for_agent)
    kept = cache.get(cache_key)
    if kept is not None:
        try:
            return sealing.unseal(kept, purpose=PURPOSE)
        except sealing.Unopenable:
            cache.delete(cache_key)
    key = found.provider.key
    client = queries.client_of(key)
    with told_plainly(key):
        if isinstance(client, WeCom):
            fresh = client.page_ticket(for_agent=for_agent)
        elif isinstance(client, DingTalk):
            fresh = client.page_ticket()
        else:
            raise errors.PagesNotSigned({"provider": key})
    life_s = max(fresh.life_s - EARLY_S, fresh.life_s // 2)
    cache.set(cache_key, sealing.seal(fresh.token, purpose=PURPOSE), life_s)
    return fresh.token


def _cache_key(found: SetUp, *, for_agent: bool) -> str:
    """By everything that was entered: other credentials have another ticket."""
    entered = (f"{name}={value}" for name, value in sorted(found.settings.items()))
    part = "agent" if for_agent else "company"
    return f"page-ticket:{key_of(found.provider.key, part, *entered)}"
