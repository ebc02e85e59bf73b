"""What integrations may be refused for."""

from closeloop.engine.refusals import Refusal, RefusalKind


class ProviderUnknown(Refusal):
    """Choose WeCom, DingTalk, Feishu or single sign-on."""

    code = "provider_unknown"
    kind = RefusalKind.NOT_FOUND


class AccountInvalid(Refusal):
    """Mend the marked settings.

    `data`: errors.
    """

    code = "account_invalid"
    kind = RefusalKind.INVALID


class AccountIncomplete(Refusal):
    """Enter the missing settings and switch the integration on first."""

    code = "account_incomplete"
    kind = RefusalKind.CONFLICT


class ProviderFailed(Refusal):
    """The provider did not do it: look up its code, mend the settings, or try again later.

    `data`: provider, reason (the provider's code), said.
    """

    code = "provider_failed"
    kind = RefusalKind.CONFLICT


class NothingToRead(Refusal):
    """Single sign-on has no address book; only WeCom, DingTalk and Feishu do."""

    code = "nothing_to_read"
    kind = RefusalKind.INVALID


class PagesNotSigned(Refusal):
    """Only WeCom and DingTalk have interfaces for which a page is signed."""

    code = "pages_not_signed"
    kind = RefusalKind.INVALID


class PageNotOwn(Refusal):
    """Name a page of this installation, without what follows a #."""

    code = "page_not_own"
    kind = RefusalKind.INVALID


class SyncNotFound(Refusal):
    """Read the address book again; there is no such difference."""

    code = "sync_not_found"
    kind = RefusalKind.NOT_FOUND


class SyncDone(Refusal):
    """This difference was applied already; read the address book again to see what is left."""

    code = "sync_done"
    kind = RefusalKind.CONFLICT


class SyncOutdated(Refusal):
    """The organisation has changed since; read the address book again and look at it anew."""

    code = "sync_outdated"
    kind = RefusalKind.CONFLICT


class RoleNeeded(Refusal):
    """Choose the role that new people are to have."""

    code = "role_needed"
    kind = RefusalKind.INVALID


class LinkTaken(Refusal):
    """Somebody else has this id at the provider; take it from them first.

    `data`: name.
    """

    code = "link_taken"
    kind = RefusalKind.CONFLICT


class SignatureWrong(Refusal):
    """Check token and key on both sides: this message was not signed with them."""

    code = "signature_wrong"
    kind = RefusalKind.FORBIDDEN


class MessageStale(Refusal):
    """Check the clocks: this message is older than five minutes, or from the future."""

    code = "message_stale"
    kind = RefusalKind.FORBIDDEN
