"""When a message may leave: quiet hours and digests in the reader's own time (pure)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

OFF, HOURLY, DAILY = "off", "hourly", "daily"


@dataclass(frozen=True)
class Hours:
    """One person's hours, as times of day in their zone."""

    zone: ZoneInfo
    quiet_from: time | None = None
    quiet_to: time | None = None
    digest: str = OFF
    digest_at: time = time(8, 30)

    def free_at(self, moment: datetime) -> datetime:
        """The moment itself, or the end of the quiet hours that it falls into."""
        if self.quiet_from is None or self.quiet_to is None or self.quiet_from == self.quiet_to:
            return moment
        local = moment.astimezone(self.zone)
        of_day = local.time()
        if self.quiet_from < self.quiet_to:
            is_quiet = self.quiet_from <= of_day < self.quiet_to
        else:
            is_quiet = of_day >= self.quiet_from or of_day < self.quiet_to
        return self._next(moment, self.quiet_to) if is_quiet else moment

    def digest_after(self, moment: datetime) -> datetime:
        """When the next digest leaves: the next full hour, or the time of day that was chosen."""
        if self.digest == HOURLY:
            local = moment.astimezone(self.zone)
            full = local.replace(minute=0, second=0, microsecond=0)
            return self.free_at((full + timedelta(hours=1)).astimezone(moment.tzinfo))
        return self.free_at(self._next(moment, self.digest_at))

    def _next(self, moment: datetime, of_day: time) -> datetime:
        """The next moment after this one with that time of day."""
        local = moment.astimezone(self.zone)
        found = datetime.combine(local.date(), of_day, tzinfo=self.zone)
        if found <= local:
            found = datetime.combine(local.date() + timedelta(days=1), of_day, tzinfo=self.zone)
        return found.astimezone(moment.tzinfo)
