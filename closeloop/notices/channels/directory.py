"""Every channel by key, in the order in which screens list them."""

from collections.abc import Mapping

from closeloop.notices.channels.applications import DINGTALK, FEISHU, WECOM
from closeloop.notices.channels.in_app import InApp
from closeloop.notices.channels.mail import Mail
from closeloop.notices.channels.protocol import Channel
from closeloop.notices.channels.robots import Robot
from closeloop.notices.channels.sms import Sms

IN_APP = "in_app"
_CHANNELS: tuple[Channel, ...] = (InApp(), WECOM, DINGTALK, FEISHU, Mail(), Sms(), Robot())
CHANNELS: Mapping[str, Channel] = {channel.key: channel for channel in _CHANNELS}
PERSONAL = tuple(channel.key for channel in _CHANNELS if channel.is_personal)
"""The channels that a person may be reached over."""
