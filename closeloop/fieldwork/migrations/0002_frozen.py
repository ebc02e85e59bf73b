"""Published standards never change; what counts is corrected by a new entry, never edited."""

from django.db import migrations

FROZEN = """
CREATE FUNCTION fieldwork_version_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.definition IS DISTINCT FROM OLD.definition
       OR NEW.number <> OLD.number THEN
        RAISE EXCEPTION 'a published version is frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fieldwork_standardversion_frozen BEFORE UPDATE OR DELETE
    ON fieldwork_standardversion
    FOR EACH ROW EXECUTE FUNCTION fieldwork_version_frozen();

CREATE FUNCTION fieldwork_followup_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- What the law says must be forgotten is taken out of the text, in a transaction that says so.
    IF current_setting('closeloop.erasing', true) = 'on' AND TG_OP = 'UPDATE'
       AND NEW.author_id = OLD.author_id AND NEW.state = OLD.state AND NEW.at = OLD.at THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a follow-up that counts is frozen' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER fieldwork_followup_frozen BEFORE UPDATE OR DELETE ON fieldwork_followup
    FOR EACH ROW WHEN (OLD.state = 'counted') EXECUTE FUNCTION fieldwork_followup_frozen();

CREATE FUNCTION fieldwork_doubt_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.kind <> OLD.kind OR NEW.followup_id <> OLD.followup_id THEN
        RAISE EXCEPTION 'a doubt is judged, never dropped' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fieldwork_doubt_frozen BEFORE UPDATE OR DELETE ON fieldwork_followupdoubt
    FOR EACH ROW EXECUTE FUNCTION fieldwork_doubt_frozen();
"""


class Migration(migrations.Migration):
    """Freeze published standards, follow-ups that count, and doubts."""

    dependencies = [("fieldwork", "0001_initial")]
    operations = [
        migrations.RunSQL(
            FROZEN,
            "DROP TRIGGER fieldwork_doubt_frozen ON fieldwork_followupdoubt;"
            "DROP TRIGGER fieldwork_followup_frozen ON fieldwork_followup;"
            "DROP TRIGGER fieldwork_standardversion_frozen ON fieldwork_standardversion;"
            "DROP FUNCTION fieldwork_doubt_frozen, fieldwork_followup_frozen,"
            " fieldwork_version_frozen",
        )
    ]
