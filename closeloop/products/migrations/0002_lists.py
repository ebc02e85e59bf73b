"""Counting of products."""

from django.db import migrations

from closeloop.desk.migrations._tally_sql import tally_triggers


class Migration(migrations.Migration):
    """Attach the tally triggers."""

    dependencies = [("products", "0001_initial"), ("desk", "0002_tally_trigger")]
    operations = [
        migrations.RunSQL(
            *tally_triggers("products_product", record_type="'product'", amount="0")
        ),
    ]
