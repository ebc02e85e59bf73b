"""What a provider's client raises, as a refusal that an administrator understands."""

from collections.abc import Iterator
from contextlib import contextmanager

from closeloop.integrations import errors
from closeloop.notices.channels.outcomes import Unsent


@contextmanager
def told_plainly(provider: str) -> Iterator[None]:
    """Turn what the client raises into ProviderFailed with the provider's own code."""
    try:
        yield
    except Unsent as failed:
        raise errors.ProviderFailed(
            {"provider": provider, "reason": failed.code, "said": failed.detail}
        ) from failed
