"""Which version of the product last brought the database up to date (config/preparation.py)."""

from django.db import migrations

TABLE = """
    CREATE TABLE edge_preparation (
        is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
        digest text NOT NULL,
        at timestamptz NOT NULL DEFAULT now()
    )
"""


class Migration(migrations.Migration):
    """Create the table of one row."""

    dependencies = [("edge", "0002_revision_numbers")]
    operations = [migrations.RunSQL(TABLE, "DROP TABLE edge_preparation")]
