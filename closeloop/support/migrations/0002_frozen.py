"""A published version's definition never changes."""

from django.db import migrations

FROZEN = """
CREATE FUNCTION support_setup_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.definition IS DISTINCT FROM OLD.definition
       OR NEW.number <> OLD.number THEN
        RAISE EXCEPTION 'a published version is frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER support_setup_frozen BEFORE UPDATE OR DELETE ON support_setup
    FOR EACH ROW EXECUTE FUNCTION support_setup_frozen();
"""


class Migration(migrations.Migration):
    """Freeze published versions."""

    dependencies = [("support", "0001_initial")]
    operations = [
        migrations.RunSQL(
            FROZEN,
            "DROP TRIGGER support_setup_frozen ON support_setup;"
            "DROP FUNCTION support_setup_frozen",
        )
    ]
