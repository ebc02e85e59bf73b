"""Whose a clock was when it fell due, where it has been handed on since."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = """
CREATE OR REPLACE FUNCTION sla_clock_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed_xid := pg_current_xact_id()::text::bigint;
    IF TG_OP = 'UPDATE' THEN
        IF NEW.due_at IS DISTINCT FROM OLD.due_at THEN
            NEW.handed_on_at := NULL;
            NEW.owed_by_id := NULL;
            NEW.owed_in_id := NULL;
        ELSIF OLD.handed_on_at IS NULL AND OLD.due_at <= now()
            AND (NEW.owner_id, NEW.unit_id) IS DISTINCT FROM (OLD.owner_id, OLD.unit_id)
        THEN
            NEW.handed_on_at := now();
            NEW.owed_by_id := OLD.owner_id;
            NEW.owed_in_id := OLD.unit_id;
        END IF;
    END IF;
    RETURN NEW;
END $$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION sla_clock_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed_xid := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;
"""


def _pointer(to):
    return models.ForeignKey(
        to=to, null=True, db_constraint=False, db_index=False, related_name="+",
        on_delete=django.db.models.deletion.DO_NOTHING,
    )


class Migration(migrations.Migration):
    """Three columns that a trigger keeps."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("org", "0001_initial"),
        ("sla", "0005_changes"),
    ]
    operations = [
        migrations.AddField(
            "clock",
            "handed_on_at",
            models.DateTimeField(
                null=True, editable=False, help_text="first, after it fell due; kept by a trigger"
            ),
        ),
        migrations.AddField("clock", "owed_by", _pointer(settings.AUTH_USER_MODEL)),
        migrations.AddField("clock", "owed_in", _pointer("org.unit")),
        migrations.RunSQL(KEPT, BEFORE),
    ]
