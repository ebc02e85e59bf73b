"""Targets of any metric that adds up; those there are stay of what is won."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column that is empty for what is won, and the constraint with it."""

    dependencies = [("metrics", "0006_targets")]
    operations = [
        migrations.AddField("target", "metric", models.TextField(default="", blank=True)),
        migrations.RemoveConstraint("target", "metrics_target_once"),
        migrations.AddConstraint(
            "target",
            models.UniqueConstraint(
                fields=["unit", "person", "month", "metric"],
                name="metrics_target_once",
                nulls_distinct=False,
            ),
        ),
    ]
