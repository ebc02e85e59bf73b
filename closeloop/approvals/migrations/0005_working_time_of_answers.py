"""How long an answer took in working time; asks that ended before are counted at setup."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column that may be empty, and an index of the asks that lack it."""

    dependencies = [("approvals", "0004_request_files")]
    operations = [
        migrations.AddField("ask", "worked_s", models.FloatField(null=True)),
        migrations.AddIndex(
            "ask",
            models.Index(
                fields=["id"],
                name="ask_untimed",
                condition=models.Q(worked_s=None, asked_at__isnull=False, ended_at__isnull=False),
            ),
        ),
    ]
