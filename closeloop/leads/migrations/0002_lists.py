"""Counting and list indexes."""

from django.db import migrations

from closeloop.desk.migrations._tally_sql import list_indexes, tally_triggers


class Migration(migrations.Migration):
    """Attach the tally triggers and create the indexes behind lists and boards."""

    dependencies = [("leads", "0001_initial"), ("desk", "0002_tally_trigger")]
    operations = [
        migrations.RunSQL(*tally_triggers("leads_lead", record_type="'lead'", amount="0")),
        migrations.RunSQL(*list_indexes("leads_lead", amount=None)),
    ]
