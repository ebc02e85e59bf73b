"""What lets a page use the interfaces of the app that shows it (JS-SDK): the signature (pure).

Sources: developer.work.weixin.qq.com/document/path/90506 (both tickets, signature),
open.dingtalk.com/document/orgapp/jsapi-authentication.
"""

import hashlib
from urllib.parse import urlsplit

SCRIPT_HOSTS = {"wecom": "res.wx.qq.com", "dingtalk": "g.alicdn.com"}
"""Where the script of each app lies; the page loads it from nowhere else."""
AGENTS = {"wecom": "wxwork/", "dingtalk": "dingtalk"}
"""How each app names itself among a browser's names, in small letters."""


def signature(ticket: str, *, nonce: str, timestamp: int, url: str) -> str:
    """SHA-1 over ticket, nonce, time and address in the documented order."""
    text = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={url}"
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def is_own_page(url: str, *, origin: str) -> bool:
    """Whether an address lies at this origin and has no fragment."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return f"{parts.scheme}://{parts.netloc}" == origin and "#" not in url


def app_of(user_agent: str) -> str | None:
    """The app in which a browser of this name runs."""
    names = user_agent.lower()
    return next((key for key, name in AGENTS.items() if name in names), None)
