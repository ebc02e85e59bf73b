"""A published flow's definition never changes."""

from django.db import migrations

FROZEN = """
CREATE FUNCTION approvals_flow_version_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.definition IS DISTINCT FROM OLD.definition
       OR NEW.number <> OLD.number OR NEW.flow_id <> OLD.flow_id THEN
        RAISE EXCEPTION 'a published flow is frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER approvals_flow_version_frozen BEFORE UPDATE OR DELETE ON approvals_flowversion
    FOR EACH ROW EXECUTE FUNCTION approvals_flow_version_frozen();
"""


class Migration(migrations.Migration):
    """Freeze published flows."""

    dependencies = [("approvals", "0001_initial")]
    operations = [
        migrations.RunSQL(
            FROZEN,
            "DROP TRIGGER approvals_flow_version_frozen ON approvals_flowversion;"
            "DROP FUNCTION approvals_flow_version_frozen",
        )
    ]
