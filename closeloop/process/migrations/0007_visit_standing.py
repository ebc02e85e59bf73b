"""What records ended in is read by stage and time."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('process', '0006_visit_at'),
        ('records', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(condition=models.Q(('left_at', None), models.Q(('kind', 'opening'), _negated=True)), fields=['stage', 'entered_at'], include=('record',), name='visit_standing'),
        ),
    ]
