# Second rounds

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('academies', '0001_initial'),
        ('applications', '0003_second_files'),
        ('calls', '0002_second_rounds'),
    ]

    operations = [
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('capacity', models.PositiveSmallIntegerField(default=1)),
                ('taken', models.PositiveSmallIntegerField(default=0)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('link', models.URLField(blank=True, max_length=500)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='calls.call')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='academies.edition')),
            ],
            options={
                'ordering': ['call_id', 'starts_at', 'place', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Booking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('booked_at', models.DateTimeField()),
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='booking', to='applications.application')),
                ('slot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='interviews.slot')),
            ],
            options={
                'ordering': ['slot__starts_at', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.UniqueConstraint(fields=('call', 'starts_at', 'place'), name='slot_once'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.CheckConstraint(condition=models.Q(('taken__lte', models.F('capacity'))), name='slot_not_overbooked'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.CheckConstraint(condition=models.Q(('capacity__gt', 0), ('minutes__gt', 0)), name='slot_lasts_and_holds'),
        ),
    ]
