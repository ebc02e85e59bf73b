"""A published version's definition never changes."""

from django.db import migrations

FROZEN = """
CREATE FUNCTION sla_policyversion_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.definition IS DISTINCT FROM OLD.definition
       OR NEW.number <> OLD.number OR NEW.policy_id <> OLD.policy_id THEN
        RAISE EXCEPTION 'a published version is frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sla_policyversion_frozen BEFORE UPDATE OR DELETE ON sla_policyversion
    FOR EACH ROW EXECUTE FUNCTION sla_policyversion_frozen();
"""


class Migration(migrations.Migration):
    """Freeze published versions."""

    dependencies = [("sla", "0001_initial")]
    operations = [
        migrations.RunSQL(
            FROZEN,
            "DROP TRIGGER sla_policyversion_frozen ON sla_policyversion;"
            "DROP FUNCTION sla_policyversion_frozen",
        )
    ]
