"""Gives the shipped roles what field work has brought to be allowed."""

from importlib import import_module

from django.db import migrations

_before = import_module("closeloop.org.migrations.0003_new_capabilities")
FIELD_WORK = [
    "followups.manage",
    "playbooks.manage",
    "conversations.manage",
    "support.manage",
    "saleslog.manage",
    "privacy.manage",
    "language.manage",
]


class Migration(migrations.Migration):
    """Roles that a company has made itself stay as they are."""

    dependencies = [("org", "0004_lead_capabilities")]
    operations = [
        migrations.RunSQL(
            [
                (_before.ADD, [FIELD_WORK, ["administrator", "sales_ops"], FIELD_WORK]),
                (_before.TELL, None),
            ],
            migrations.RunSQL.noop,
        )
    ]
