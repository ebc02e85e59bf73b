"""What a published version says never changes."""

from django.db import migrations

FROZEN = """
CREATE FUNCTION playbooks_version_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.content IS DISTINCT FROM OLD.content
       OR NEW.number <> OLD.number OR NEW.entry_id <> OLD.entry_id THEN
        RAISE EXCEPTION 'a published version is frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER playbooks_version_frozen BEFORE UPDATE OR DELETE ON playbooks_version
    FOR EACH ROW EXECUTE FUNCTION playbooks_version_frozen();
"""


class Migration(migrations.Migration):
    """Freeze published versions."""

    dependencies = [("playbooks", "0001_initial")]
    operations = [
        migrations.RunSQL(
            FROZEN,
            "DROP TRIGGER playbooks_version_frozen ON playbooks_version;"
            "DROP FUNCTION playbooks_version_frozen",
        )
    ]
