"""`closeloop demo`: the demo company; with --size, volumes for the benches."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from closeloop.demo import actions
from closeloop.demo.errors import NotEmpty
from closeloop.demo.volume import loading
from closeloop.org.me import demo_accounts


class Command(BaseCommand):
    help = "Load the demo company, or with --size so many deals for the benches."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--size", type=int, help="deals to load by COPY for the benches")
        parser.add_argument("--entries", type=int, default=0, help="activity entries per deal")
        parser.add_argument("--seed", type=int, default=actions.SEED)
        parser.add_argument("--today", type=date.fromisoformat, help="the day history ends at")
        parser.add_argument("--force", action="store_true", help="load beside other people's work")

    def handle(self, *args: Any, **options: Any) -> None:
        today = options["today"] or timezone.localdate()
        try:
            self._load(today, options)
        except NotEmpty as refused:
            raise CommandError(f"{type(refused).__doc__} {refused.data}") from refused
        self._tell_sign_ins()

    def _load(self, today: date, options: dict[str, Any]) -> None:
        if actions.is_loaded() and not options["force"]:
            self.stderr.write("The demo company is loaded already.")
            return
        if options["size"] is not None:
            self._load_volume(today, options)
            return
        loaded = actions.load_company(today=today, seed=options["seed"], is_forced=options["force"])
        self._report(loaded)

    def _load_volume(self, today: date, options: dict[str, Any]) -> None:
        deals: int = options["size"]
        took = loading.load_volume(
            deals,
            today=today,
            seed=options["seed"],
            entries=options["entries"],
            is_forced=options["force"],
        )
        rate = deals / max(took["whole"], 0.1)
        self.stderr.write(f"{deals:,} deals, {rate:,.0f} a second, seconds: {took}")

    def _report(self, loaded: actions.Loaded) -> None:
        for title, numbers in (("rows", loaded.counts), ("seconds", loaded.took_s)):
            told = ", ".join(f"{name} {number:,}" for name, number in numbers.items())
            self.stderr.write(f"{title}: {told}")

    def _tell_sign_ins(self) -> None:
        for account in demo_accounts():
            self.stdout.write(
                f"{account['username']:<12} {account['password']}  {account['name']}"
                f"（{account['position']}）"
            )
