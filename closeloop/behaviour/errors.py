"""What cannot be done with behaviour."""

from closeloop.engine.refusals import Refusal, RefusalKind


class SiteNotFound(Refusal):
    """Choose one of the sites listed."""

    code = "site_not_found"
    kind = RefusalKind.NOT_FOUND


class SiteExists(Refusal):
    """Choose another key: a site has this one already."""

    code = "site_exists"
    kind = RefusalKind.CONFLICT


class OriginInvalid(Refusal):
    """Give each address as https://www.example.com: scheme and host, no path."""

    code = "site_origin_invalid"
    kind = RefusalKind.INVALID


class OriginUnknown(Refusal):
    """Add this page's address to its site in the tracking settings."""

    code = "track_origin_unknown"
    kind = RefusalKind.FORBIDDEN


class TrackUnreadable(Refusal):
    """Send what the script sends: one JSON object, at most 64 kB and 100 events."""

    code = "track_unreadable"
    kind = RefusalKind.INVALID


class TooManyEvents(Refusal):
    """Send at most 5,000 events at once."""

    code = "behaviour_batch_too_large"
    kind = RefusalKind.INVALID


class LinkInvalid(Refusal):
    """This link was changed on its way or never was one of ours; open the site itself."""

    code = "track_link_invalid"
    kind = RefusalKind.NOT_FOUND
