"""A published version's definition never changes."""

from django.db import migrations

FROZEN = """
CREATE FUNCTION process_version_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.definition IS DISTINCT FROM OLD.definition
       OR NEW.number <> OLD.number OR NEW.blueprint_id <> OLD.blueprint_id THEN
        RAISE EXCEPTION 'a published version is frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER process_version_frozen BEFORE UPDATE OR DELETE ON process_version
    FOR EACH ROW EXECUTE FUNCTION process_version_frozen();
"""


class Migration(migrations.Migration):
    """Freeze published versions."""

    dependencies = [("process", "0002_initial")]
    operations = [
        migrations.RunSQL(
            FROZEN,
            "DROP TRIGGER process_version_frozen ON process_version;"
            "DROP FUNCTION process_version_frozen",
        )
    ]
