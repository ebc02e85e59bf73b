"""A published version's definition never changes."""

from django.db import migrations

FROZEN = """
CREATE FUNCTION saleslog_setup_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.definition IS DISTINCT FROM OLD.definition
       OR NEW.number <> OLD.number THEN
        RAISE EXCEPTION 'a published version is frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER saleslog_setup_frozen BEFORE UPDATE OR DELETE ON saleslog_setup
    FOR EACH ROW EXECUTE FUNCTION saleslog_setup_frozen();
"""


class Migration(migrations.Migration):
    """Freeze published versions."""

    dependencies = [("saleslog", "0001_initial")]
    operations = [
        migrations.RunSQL(
            FROZEN,
            "DROP TRIGGER saleslog_setup_frozen ON saleslog_setup;"
            "DROP FUNCTION saleslog_setup_frozen",
        )
    ]
