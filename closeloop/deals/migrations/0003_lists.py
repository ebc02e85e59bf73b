"""Counting and list indexes."""

from django.db import migrations

from closeloop.desk.migrations._tally_sql import list_indexes, tally_triggers


class Migration(migrations.Migration):
    """Attach the tally triggers and create the indexes behind lists and boards."""

    dependencies = [("deals", "0002_initial"), ("desk", "0002_tally_trigger")]
    operations = [
        migrations.RunSQL(*tally_triggers("deals_deal", record_type="'deal'", amount="amount")),
        migrations.RunSQL(*list_indexes("deals_deal", amount="amount")),
    ]
