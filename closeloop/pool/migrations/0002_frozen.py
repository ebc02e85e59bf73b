"""A published version's definition never changes."""

from django.db import migrations

FROZEN = """
CREATE FUNCTION pool_poolversion_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.definition IS DISTINCT FROM OLD.definition
       OR NEW.number <> OLD.number OR NEW.pool_id <> OLD.pool_id THEN
        RAISE EXCEPTION 'a published version is frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pool_poolversion_frozen BEFORE UPDATE OR DELETE ON pool_poolversion
    FOR EACH ROW EXECUTE FUNCTION pool_poolversion_frozen();
"""


class Migration(migrations.Migration):
    """Freeze published versions."""

    dependencies = [("pool", "0001_initial")]
    operations = [
        migrations.RunSQL(
            FROZEN,
            "DROP TRIGGER pool_poolversion_frozen ON pool_poolversion;"
            "DROP FUNCTION pool_poolversion_frozen",
        )
    ]
