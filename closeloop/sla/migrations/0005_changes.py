"""In which transaction a clock last changed, so that figures can follow in commit order."""

from django.db import migrations, models

MARKS = """
CREATE FUNCTION sla_clock_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed_xid := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;
CREATE TRIGGER sla_clock_changes
    BEFORE INSERT OR UPDATE OF state, due_at, owner_id, unit_id, closed_at, breached_at
    ON sla_clock FOR EACH ROW EXECUTE FUNCTION sla_clock_changes();
"""


class Migration(migrations.Migration):
    """A number kept by a trigger, and its order."""

    dependencies = [("sla", "0004_fewer_indexes")]
    operations = [
        migrations.AddField(
            "clock", "changed_xid", models.BigIntegerField(default=0, db_default=0, editable=False, help_text="kept by a trigger")
        ),
        migrations.AddIndex(
            "clock", models.Index(fields=["changed_xid", "id"], name="clock_changes")
        ),
        migrations.RunSQL(
            MARKS,
            "DROP TRIGGER sla_clock_changes ON sla_clock; DROP FUNCTION sla_clock_changes()",
        ),
    ]
