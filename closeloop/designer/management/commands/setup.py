"""`closeloop setup`: the shipped roles and the standard pack, as often as one likes."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from closeloop.designer import actions, packs
from closeloop.identity.actor import SYSTEM
from closeloop.org import actions as org


class Command(BaseCommand):
    help = "Install the shipped roles and the standard pack (safe to repeat)."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            org.install_roles()
            actions.install_pack(packs.read_pack("standard"), actor=SYSTEM)
        self.stdout.write("roles and standard pack installed")
