"""What scoring keeps on a lead, and the index behind lists sorted by it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add score and grade."""

    dependencies = [("leads", "0002_lists")]
    operations = [
        migrations.AddField(
            "lead", "score", models.IntegerField(null=True, help_text="kept by scoring")
        ),
        migrations.AddField(
            "lead", "grade", models.TextField(null=True, help_text="kept by scoring")
        ),
        migrations.RunSQL(
            "CREATE INDEX lead_score ON leads_lead ((coalesce(score, 0)), id)"
            " WHERE deleted_at IS NULL",
            "DROP INDEX lead_score",
        ),
    ]
