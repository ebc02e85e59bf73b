"""What fell due of things that clocks are about is found by when it was due."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('org', '0006_figure_capability'),
        ('records', '0001_initial'),
        ('sla', '0006_owed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='clock',
            index=models.Index(condition=models.Q(('about_id__isnull', False)), fields=['about_kind', 'due_at'], include=('about_id',), name='clock_about_due'),
        ),
    ]
