"""Kept answers, revision counters, the shared cache."""

from django.db import migrations, models
from django.db.models.functions import Now

CACHE = """
CREATE TABLE edge_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX edge_cache_expires ON edge_cache (expires);
"""


class Migration(migrations.Migration):
    """Create what the edge keeps."""

    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="KeptAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asker", models.TextField()),
                ("key", models.TextField()),
                ("fingerprint", models.TextField()),
                ("status", models.SmallIntegerField()),
                ("content_type", models.TextField()),
                ("etag", models.TextField(default="")),
                ("body", models.BinaryField()),
                ("at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["asker", "key"], name="kept_answer_once")
                ]
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("number", models.BigIntegerField(default=1)),
            ],
        ),
        migrations.RunSQL(CACHE, "DROP TABLE edge_cache"),
    ]
