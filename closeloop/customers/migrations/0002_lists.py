"""Counting of customers and contacts."""

from django.db import migrations

from closeloop.desk.migrations._tally_sql import tally_triggers


class Migration(migrations.Migration):
    """Attach the tally triggers."""

    dependencies = [("customers", "0001_initial"), ("desk", "0002_tally_trigger")]
    operations = [
        migrations.RunSQL(
            *tally_triggers("customers_customer", record_type="'customer'", amount="0")
        ),
        migrations.RunSQL(
            *tally_triggers("customers_contact", record_type="'contact'", amount="0")
        ),
    ]
