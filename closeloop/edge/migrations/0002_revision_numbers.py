"""Revision numbers that no transaction gets twice, not even after a rollback."""

from django.db import migrations

NUMBERS = "CREATE SEQUENCE edge_revision_number START 2"


class Migration(migrations.Migration):
    """Create the sequence of revision numbers."""

    dependencies = [("edge", "0001_initial")]
    operations = [migrations.RunSQL(NUMBERS, "DROP SEQUENCE edge_revision_number")]
