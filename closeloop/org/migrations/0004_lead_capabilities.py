"""Gives the shipped roles what the work with leads and with leavers has brought to be allowed."""

from importlib import import_module

from django.db import migrations

_before = import_module("closeloop.org.migrations.0003_new_capabilities")
LEADS = [
    "routing.manage",
    "scoring.manage",
    "pool.manage",
    "capture.manage",
    "nurture.manage",
    "channels.manage",
]
HAND_OVER = ["people.hand_over"]


class Migration(migrations.Migration):
    """Roles that a company has made itself stay as they are."""

    dependencies = [("org", "0003_new_capabilities")]
    operations = [
        migrations.RunSQL(
            [
                (_before.ADD, [LEADS, ["administrator", "sales_ops"], LEADS]),
                (_before.ADD, [HAND_OVER, ["manager", "director"], HAND_OVER]),
                (_before.TELL, None),
            ],
            migrations.RunSQL.noop,
        )
    ]
