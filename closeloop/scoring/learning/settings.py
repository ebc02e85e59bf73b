"""What an administrator says about the learned score of a record type, and who sees it (L10)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from closeloop.org import queries as org
from closeloop.org.access import Access
from closeloop.scoring.models import Release, ReleaseState

BY_STAGE = "stage"
LATE = frozenset({"intent_level"})
"""Fields that salespeople fill in when they know already how it stands: they betray the outcome."""


@dataclass(frozen=True)
class Settings:
    """`outcome` is the key of a result (`results`). `rising` maps a column to 1 or -1 where more
    of it must never lower, or never raise, the chance.
    """

    state: str = ReleaseState.OFF
    roles: tuple[str, ...] = ()
    outcome: str = BY_STAGE
    excluded: frozenset[str] = LATE
    rising: Mapping[str, int] | None = None

    @property
    def is_used(self) -> bool:
        """Whether anybody is to see it, so that it is kept up to date."""
        return self.state != ReleaseState.OFF

    def is_shown_to(self, access: Access) -> bool:
        """Whether a viewer sees it."""
        if self.state == ReleaseState.ROLES:
            named = {role.pk for role in org.roles() if role.key in self.roles}
            return bool(named & set(access.role_ids))
        return self.state == ReleaseState.ON


def settings_of(about: str) -> Settings:
    """The settings for a record type; off where nobody has set them."""
    row = Release.objects.filter(feature=feature_of(about)).first()
    if row is None:
        return Settings()
    given = row.settings
    return Settings(
        state=row.state,
        roles=tuple(row.roles),
        outcome=given.get("outcome", BY_STAGE),
        excluded=frozenset(given.get("excluded", LATE)),
        rising=given.get("rising") or {},
    )


def feature_of(about: str) -> str:
    """The name under which the release of a type's learned score is kept."""
    return f"learned_score:{about}"


def as_data(settings: Settings) -> dict[str, object]:
    """The part of the settings that says what is learned."""
    excluded: Collection[str] = settings.excluded
    return {
        "outcome": settings.outcome,
        "excluded": sorted(excluded),
        "rising": dict(settings.rising or {}),
    }
