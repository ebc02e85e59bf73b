"""Finding what corrects an entry; nearly all entries correct nothing and cost nothing here."""

from django.db import migrations


class Migration(migrations.Migration):
    """An index over corrections alone."""

    dependencies = [("activity", "0003_withheld")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX activity_entry_corrects ON activity_entry (corrects_id) "
            "WHERE corrects_id IS NOT NULL",
            "DROP INDEX activity_entry_corrects",
        )
    ]
