"""One transaction around a piece of work, and what must be recorded even when it is refused."""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

from closeloop.engine.refusals import Refusal

Result = TypeVar("Result")
Aftermath = Callable[[], None]


def with_aftermath(refusal: Refusal, aftermath: Aftermath) -> Refusal:
    """The refusal, carrying what the edge does after it has rolled the work back."""
    refusal.aftermath = aftermath  # type: ignore[attr-defined]
    return refusal


def aftermath_of(refusal: BaseException) -> Aftermath | None:
    """What is to be done after the rollback, or None."""
    return getattr(refusal, "aftermath", None)


def perform(work: Callable[[], Result]) -> Result:
    """Run work in one transaction; a Refusal rolls it back, its aftermath commits by itself.

    For paths without HTTP (commands, jobs, imports); requests get the same from UnitOfWork.
    """
    try:
        with transaction.atomic():
            return work()
    except Refusal as refusal:
        settle(refusal)
        raise


def settle(refusal: BaseException) -> None:
    """Do a refusal's aftermath in a transaction of its own."""
    after = aftermath_of(refusal)
    if after is not None:
        with transaction.atomic():
            after()
