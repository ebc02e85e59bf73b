"""A published version's definition never changes."""

from django.db import migrations

FROZEN = """
CREATE FUNCTION scoring_scorecardversion_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.definition IS DISTINCT FROM OLD.definition
       OR NEW.number <> OLD.number OR NEW.scorecard_id <> OLD.scorecard_id THEN
        RAISE EXCEPTION 'a published version is frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER scoring_scorecardversion_frozen BEFORE UPDATE OR DELETE ON scoring_scorecardversion
    FOR EACH ROW EXECUTE FUNCTION scoring_scorecardversion_frozen();
"""


class Migration(migrations.Migration):
    """Freeze published versions."""

    dependencies = [("scoring", "0001_initial")]
    operations = [
        migrations.RunSQL(
            FROZEN,
            "DROP TRIGGER scoring_scorecardversion_frozen ON scoring_scorecardversion;"
            "DROP FUNCTION scoring_scorecardversion_frozen",
        )
    ]
