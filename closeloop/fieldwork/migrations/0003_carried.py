"""A follow-up that counts goes over to the lead that its own was merged into, and back."""

from django.db import migrations

CARRIED = """
CREATE OR REPLACE FUNCTION fieldwork_followup_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- What the law says must be forgotten is taken out of the text, in a transaction that says so.
    IF current_setting('closeloop.erasing', true) = 'on' AND TG_OP = 'UPDATE'
       AND NEW.author_id = OLD.author_id AND NEW.state = OLD.state AND NEW.at = OLD.at THEN
        RETURN NEW;
    END IF;
    -- A merge says which record it belongs to from now on, and nothing else of it.
    IF current_setting('closeloop.carrying', true) = 'on' AND TG_OP = 'UPDATE'
       AND to_jsonb(NEW) - 'record_id' = to_jsonb(OLD) - 'record_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a follow-up that counts is frozen' USING ERRCODE = 'restrict_violation';
END $$;
"""
FROZEN = """
CREATE OR REPLACE FUNCTION fieldwork_followup_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('closeloop.erasing', true) = 'on' AND TG_OP = 'UPDATE'
       AND NEW.author_id = OLD.author_id AND NEW.state = OLD.state AND NEW.at = OLD.at THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a follow-up that counts is frozen' USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    """Let the record of a follow-up change where leads are merged."""

    dependencies = [("fieldwork", "0002_frozen")]
    operations = [migrations.RunSQL(CARRIED, FROZEN)]
