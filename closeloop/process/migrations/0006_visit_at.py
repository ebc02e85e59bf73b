"""Moves of a period are read by when they were made."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("process", "0005_waited")]

    operations = [
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["entered_at"], name="visit_at"),
        ),
    ]
