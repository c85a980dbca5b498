# Choosing by cut-off

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('selection', '0003_shortlisted'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='scenario',
            name='one_adopted_scenario',
        ),
        migrations.AddField(
            model_name='scenario',
            name='cut_off',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddConstraint(
            model_name='scenario',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'adopted')), fields=('call', 'cut_off'), name='one_adopted_scenario'),
        ),
    ]
