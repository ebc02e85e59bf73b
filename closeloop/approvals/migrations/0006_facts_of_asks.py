"""An ask keeps what figures tell it by: its step, its flow, whose request it is and about what."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = """
CREATE FUNCTION approvals_keep_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT v.node, c.flow_id, c.record_id, c.requester_id, c.unit_id
    INTO NEW.node, NEW.flow_id, NEW.record_id, NEW.requester_id, NEW.unit_id
    FROM approvals_case c, approvals_visit v WHERE c.id = NEW.case_id AND v.id = NEW.visit_id;
    RETURN NEW;
END $$;
CREATE TRIGGER approvals_keep_facts
    BEFORE INSERT OR UPDATE OF case_id, visit_id, node, flow_id, record_id, requester_id, unit_id
    ON approvals_ask FOR EACH ROW EXECUTE FUNCTION approvals_keep_facts();
"""
UNTIL_NOW = """
UPDATE approvals_ask a SET node = v.node, flow_id = c.flow_id, record_id = c.record_id,
    requester_id = c.requester_id, unit_id = c.unit_id
FROM approvals_case c, approvals_visit v WHERE c.id = a.case_id AND v.id = a.visit_id
"""


class Migration(migrations.Migration):
    """The columns, filled for those that are there, and a trigger that fills them from now on."""

    dependencies = [
        ('approvals', '0005_working_time_of_answers'),
        ('org', '0006_figure_capability'),
        ('records', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='ask',
            name='flow',
            field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='approvals.flow'),
        ),
        migrations.AddField(
            model_name='ask',
            name='node',
            field=models.TextField(blank=True, db_default=''),
        ),
        migrations.AddField(
            model_name='ask',
            name='record',
            field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='records.record'),
        ),
        migrations.AddField(
            model_name='ask',
            name='requester',
            field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ask',
            name='unit',
            field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='org.unit'),
        ),
        migrations.RunSQL(UNTIL_NOW, migrations.RunSQL.noop),
        migrations.RunSQL(
            KEPT,
            "DROP TRIGGER approvals_keep_facts ON approvals_ask;"
            " DROP FUNCTION approvals_keep_facts",
        ),
        migrations.AddIndex(
            model_name='ask',
            index=models.Index(fields=['unit', 'ended_at'], name='ask_of_unit'),
        ),
        migrations.AddIndex(
            model_name='ask',
            index=models.Index(fields=['requester', 'ended_at'], name='ask_of_requester'),
        ),
        migrations.AddIndex(
            model_name='ask',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='ask_due'),
        ),
    ]
