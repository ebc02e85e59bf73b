"""Gives the shipped roles what figures have brought to be allowed."""

from importlib import import_module

from django.db import migrations

_before = import_module("closeloop.org.migrations.0003_new_capabilities")
FIGURES = ["metrics.manage"]


class Migration(migrations.Migration):
    """Roles that a company has made itself stay as they are."""

    dependencies = [("org", "0005_field_work_capabilities")]
    operations = [
        migrations.RunSQL(
            [
                (_before.ADD, [FIGURES, ["administrator", "sales_ops"], FIGURES]),
                (_before.TELL, None),
            ],
            migrations.RunSQL.noop,
        )
    ]
