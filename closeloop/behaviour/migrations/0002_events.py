"""Events in order of time, never changed."""

from django.db import migrations

TIMES = "CREATE INDEX behaviour_event_at ON behaviour_event USING brin (at)"
FROZEN = """
CREATE FUNCTION behaviour_event_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'behaviour is only ever added' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER behaviour_event_frozen BEFORE UPDATE OR DELETE ON behaviour_event
    FOR EACH ROW EXECUTE FUNCTION behaviour_event_frozen();
"""


class Migration(migrations.Migration):
    """Index times by blocks, freeze events."""

    dependencies = [("behaviour", "0001_initial")]
    operations = [
        migrations.RunSQL(TIMES, "DROP INDEX behaviour_event_at"),
        migrations.RunSQL(
            FROZEN,
            "DROP TRIGGER behaviour_event_frozen ON behaviour_event;"
            "DROP FUNCTION behaviour_event_frozen",
        ),
    ]
