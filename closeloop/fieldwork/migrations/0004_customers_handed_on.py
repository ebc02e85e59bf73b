"""An index of who was given which customer: read with every follow-up that falls due.

Without it a customer's whole history is gone through for the few times it was handed on.
"""

from django.db import migrations


class Migration(migrations.Migration):
    """Make the index on every partition; the verb is that of `queries.lines`."""

    dependencies = [("activity", "0005_by_verb"), ("fieldwork", "0003_carried")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX activity_entry_customer_assigned ON activity_entry (record_id)"
            " WHERE verb = 'customer.assigned'",
            "DROP INDEX activity_entry_customer_assigned",
        )
    ]
