"""Months for which trails are kept; events may go when they are forgotten, and only then."""

from django.db import migrations, models

FORGETS = """
CREATE OR REPLACE FUNCTION behaviour_event_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('closeloop.forgets', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'behaviour is only ever added' USING ERRCODE = 'restrict_violation';
END $$;
"""
NEVER = """
CREATE OR REPLACE FUNCTION behaviour_event_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'behaviour is only ever added' USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    """Add the table, let the trigger know of forgetting."""

    dependencies = [("behaviour", "0002_events")]
    operations = [
        migrations.CreateModel(
            name="Retention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("strangers_months", models.IntegerField()),
                (
                    "known_months",
                    models.IntegerField(help_text="null is as long as the record", null=True),
                ),
                ("bodies_months", models.IntegerField()),
            ],
        ),
        migrations.RunSQL(FORGETS, NEVER),
    ]
