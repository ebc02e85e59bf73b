"""`closeloop setup`: the shipped roles and the standard pack, as often as one likes.

With --company and --admin it also makes the company's root unit and the first administrator, whose
one-time password it prints; that person must choose another at the first sign-in.
"""

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from closeloop.approvals import actions as approvals
from closeloop.designer import actions, packs, queries
from closeloop.edge import actions as edge
from closeloop.identity import actions as identity
from closeloop.identity.actions import NewUser
from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import User
from closeloop.org import actions as org
from closeloop.org.actions import PositionGiven
from closeloop.org.models import Role, Unit

STANDARD = "standard"


class Command(BaseCommand):
    help = "Install the shipped roles and the standard pack; optionally the first administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", default="", help="name of the root unit")
        parser.add_argument("--admin", default="", help="sign-in name of the administrator")
        parser.add_argument("--prepared-by", default="", help="digest of the version to note")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            org.install_roles()
            if queries.installed_digest(STANDARD) != packs.digest_of(STANDARD):
                actions.install_pack(packs.read_pack(STANDARD), actor=SYSTEM)
            approvals.time_answers()
            if options["admin"] and not User.objects.filter(username=options["admin"]).exists():
                self._make_admin(options["admin"], options["company"] or "公司")
            if options["prepared_by"]:
                edge.note_preparation(options["prepared_by"])

    def _make_admin(self, username: str, company: str) -> None:
        root = Unit.objects.filter(parent=None).first()
        if root is None:
            root = org.create_unit(name=company, parent_id=None, actor=SYSTEM)
        password = secrets.token_urlsafe(12)
        role = Role.objects.get(key="administrator")
        user = org.create_user(
            NewUser(username=username, name=username),
            positions=[PositionGiven(unit_id=root.pk, role_id=role.pk, is_primary=True)],
            actor=SYSTEM,
        )
        identity.set_password(user.pk, password=password, actor=SYSTEM, is_temporary=True)
        self.stdout.write(f"{username}  {password}  (to be changed at the first sign-in)")
