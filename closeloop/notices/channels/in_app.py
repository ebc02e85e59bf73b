"""The product's own notice centre: the notice itself is the delivery."""

from closeloop.notices.channels.protocol import Guarantee, Outgoing, Sent, SettingField, Settings


class InApp:
    """Always on; written in the transaction of what it tells about."""

    key = "in_app"
    guarantee = Guarantee.EXACTLY_ONCE
    repeats_dropped_s = 0
    is_personal = True
    takes_digests = False
    fields: tuple[SettingField, ...] = ()

    def send(self, message: Outgoing, settings: Settings) -> Sent:
        """Nothing is left to do: the notice is there already."""
        return Sent()
