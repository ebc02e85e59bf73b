"""Visitors that are no people, by what their browser calls itself (pure)."""

import re

_BOTS = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|headless|phantom|lighthouse|pingdom|uptime|monitor|preview|curl"
    r"|wget|python|java/|okhttp|go-http|libwww|scrapy|axios|node-fetch|facebookexternalhit"
    r"|bytespider|baiduspider|sogou|360spider|yisou|petalbot|semrush|ahrefs|mj12|dataprovider",
    re.IGNORECASE,
)
_LEAST = 12
"""No real browser names itself in fewer letters."""


def is_bot(user_agent: str) -> bool:
    """Whether a browser's name is that of a robot, or none at all."""
    return len(user_agent) < _LEAST or _BOTS.search(user_agent) is not None
