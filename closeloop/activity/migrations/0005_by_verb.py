"""An index by verb and moment: what happened of one kind is read without the rest of its days."""

from django.db import migrations


class Migration(migrations.Migration):
    """Make the index on every partition."""

    dependencies = [("activity", "0004_corrections")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX activity_entry_verb_at ON activity_entry (verb, at)",
            "DROP INDEX activity_entry_verb_at",
        )
    ]
