"""A published version never changes; what was given out is found by its time."""

from django.db import migrations

FROZEN = """
CREATE FUNCTION routing_rulesetversion_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.definition IS DISTINCT FROM OLD.definition
       OR NEW.number <> OLD.number OR NEW.rule_set_id <> OLD.rule_set_id THEN
        RAISE EXCEPTION 'a published version is frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER routing_rulesetversion_frozen BEFORE UPDATE OR DELETE ON routing_rulesetversion
    FOR EACH ROW EXECUTE FUNCTION routing_rulesetversion_frozen();
CREATE INDEX activity_entry_routed ON activity_entry (at)
    WHERE verb IN ('lead.routed', 'lead.not_routed');
"""


class Migration(migrations.Migration):
    """Freeze published versions; index the entries that the fairness report reads."""

    dependencies = [("routing", "0001_initial"), ("activity", "0002_monthly_partitions")]
    operations = [
        migrations.RunSQL(
            FROZEN,
            "DROP INDEX activity_entry_routed;"
            "DROP TRIGGER routing_rulesetversion_frozen ON routing_rulesetversion;"
            "DROP FUNCTION routing_rulesetversion_frozen",
        )
    ]
