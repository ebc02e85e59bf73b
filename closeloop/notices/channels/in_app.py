"""The product's own notice centre: the notice itself is the delivery."""

from closeloop.notices.channels.protocol import Guarantee, Outgoing, Outward, Sent, Settings


class InApp(Outward):
    """Always on; written in the transaction of what it tells about."""

    key = "in_app"
    guarantee = Guarantee.EXACTLY_ONCE
    is_on_by_default = True

    def send(self, message: Outgoing, settings: Settings) -> Sent:
        """Nothing is left to do: the notice is there already."""
        return Sent()
