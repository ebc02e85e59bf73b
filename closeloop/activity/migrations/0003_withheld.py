"""What an entry says of a person may be taken out of its data, and only then and only there."""

from django.db import migrations

WITHHOLDS = """
CREATE OR REPLACE FUNCTION activity_entry_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('closeloop.withholds', true) = 'on'
       AND ROW(NEW.id, NEW.xid, NEW.at, NEW.verb, NEW.actor_id, NEW.actor_kind, NEW.record_id,
               NEW.record_type, NEW.unit_id, NEW.corrects_id)
           IS NOT DISTINCT FROM
           ROW(OLD.id, OLD.xid, OLD.at, OLD.verb, OLD.actor_id, OLD.actor_kind, OLD.record_id,
               OLD.record_type, OLD.unit_id, OLD.corrects_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'activity is only ever added' USING ERRCODE = 'restrict_violation';
END $$;
"""
NEVER = """
CREATE OR REPLACE FUNCTION activity_entry_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'activity is only ever added' USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    """Let the trigger know of withholding."""

    dependencies = [("activity", "0002_monthly_partitions")]
    operations = [migrations.RunSQL(WITHHOLDS, NEVER)]
