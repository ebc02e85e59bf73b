"""Published versions never change; steps taken are only added."""

from django.db import migrations

FROZEN = """
CREATE FUNCTION nurture_version_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.definition IS DISTINCT FROM OLD.definition
       OR NEW.number <> OLD.number THEN
        RAISE EXCEPTION 'a published version is frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER nurture_pathversion_frozen BEFORE UPDATE OR DELETE ON nurture_pathversion
    FOR EACH ROW EXECUTE FUNCTION nurture_version_frozen();
CREATE TRIGGER nurture_templateversion_frozen BEFORE UPDATE OR DELETE ON nurture_templateversion
    FOR EACH ROW EXECUTE FUNCTION nurture_version_frozen();
"""


class Migration(migrations.Migration):
    """Freeze published versions of paths and templates."""

    dependencies = [("nurture", "0001_initial")]
    operations = [
        migrations.RunSQL(
            FROZEN,
            "DROP TRIGGER nurture_pathversion_frozen ON nurture_pathversion;"
            "DROP TRIGGER nurture_templateversion_frozen ON nurture_templateversion;"
            "DROP FUNCTION nurture_version_frozen",
        )
    ]
