# Second rounds: a call that follows another one

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('academies', '0001_initial'),
        ('calls', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='call',
            name='earlier_seen',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='call',
            name='follows',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='second_round', to='calls.call'),
        ),
        migrations.AddField(
            model_name='call',
            name='round',
            field=models.CharField(choices=[('first', 'First round'), ('full', 'Full application'), ('interview', 'Interview')], default='first', max_length=10),
        ),
        migrations.AddField(
            model_name='call',
            name='shortlist_size',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('follows__isnull', True), ('round', 'first')), models.Q(models.Q(('round', 'first'), _negated=True), ('follows__isnull', False)), _connector='OR'), name='call_round_follows'),
        ),
    ]
