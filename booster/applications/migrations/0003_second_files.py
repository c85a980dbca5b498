# Second rounds

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('academies', '0001_initial'),
        ('applications', '0002_told_at'),
        ('calls', '0002_second_rounds'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='application',
            name='one_draft_each',
        ),
        migrations.AddField(
            model_name='application',
            name='follows',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='second_file', to='applications.application'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(condition=models.Q(('follows__isnull', True), ('state', 'draft')), fields=('call', 'applicant'), name='one_draft_each'),
        ),
    ]
