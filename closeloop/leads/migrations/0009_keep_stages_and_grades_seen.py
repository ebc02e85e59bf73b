"""A lead keeps every stage it was in and every grade it had, so that figures need not look back."""

from django.db import migrations

KEPT = """
CREATE FUNCTION leads_keep_seen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.stages_seen := coalesce(NEW.stages_seen, '{}');
    NEW.grades_seen := coalesce(NEW.grades_seen, '{}');
    IF NEW.stage <> '' AND NOT NEW.stage = ANY(NEW.stages_seen) THEN
        NEW.stages_seen := NEW.stages_seen || NEW.stage;
    END IF;
    IF NEW.grade IS NOT NULL AND NOT NEW.grade = ANY(NEW.grades_seen) THEN
        NEW.grades_seen := NEW.grades_seen || NEW.grade;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER leads_keep_seen BEFORE INSERT OR UPDATE OF stage, grade ON leads_lead
    FOR EACH ROW EXECUTE FUNCTION leads_keep_seen();
"""
UNTIL_NOW = """
UPDATE leads_lead l SET
    stages_seen = coalesce(
        (SELECT array_agg(v.stage ORDER BY v.first) FROM (
            SELECT stage, min(id) AS first FROM process_visit
            WHERE record_id = l.id GROUP BY stage) v),
        array_remove(ARRAY[l.stage], '')),
    grades_seen = coalesce(
        (SELECT array_agg(e.grade ORDER BY e.first) FROM (
            SELECT data ->> 'to' AS grade, min(id) AS first FROM activity_entry
            WHERE record_id = l.id AND verb = 'lead.graded' AND data ->> 'to' IS NOT NULL
            GROUP BY data ->> 'to') e),
        array_remove(ARRAY[l.grade], NULL));
"""


class Migration(migrations.Migration):
    """Keep them from now on, and fill in what was seen until now."""

    dependencies = [
        ("activity", "0005_by_verb"),
        ("leads", "0008_stages_and_grades_seen"),
        ("process", "0006_visit_at"),
    ]
    operations = [
        migrations.RunSQL(UNTIL_NOW, migrations.RunSQL.noop),
        migrations.RunSQL(
            KEPT,
            "DROP TRIGGER leads_keep_seen ON leads_lead; DROP FUNCTION leads_keep_seen",
        ),
    ]
