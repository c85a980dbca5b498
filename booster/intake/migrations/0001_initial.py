import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('applications', '0004_files_taken_in_move_to_intake'),
        ('calls', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # the tables come with their rows from applications, which named them anew
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Intake',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=20)),
                        ('filename', models.CharField(max_length=200)),
                        ('sha256', models.CharField(max_length=64)),
                        ('taken_at', models.DateTimeField()),
                        ('new_count', models.PositiveIntegerField(default=0)),
                        ('known_count', models.PositiveIntegerField(default=0)),
                        ('refused_count', models.PositiveIntegerField(default=0)),
                        ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='intakes', to='calls.call')),
                        ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-taken_at'],
                    },
                ),
                migrations.CreateModel(
                    name='IntakeProblem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('row', models.PositiveIntegerField()),
                        ('external_id', models.CharField(blank=True, max_length=60)),
                        ('field', models.CharField(blank=True, max_length=60)),
                        ('message', models.CharField(max_length=300)),
                        ('refused', models.BooleanField(default=False)),
                        ('intake', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='problems', to='intake.intake')),
                    ],
                    options={
                        'ordering': ['intake_id', 'row', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='ColumnMapping',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sheet', models.CharField(max_length=20)),
                        ('columns', models.JSONField(default=dict)),
                        ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='column_mappings', to='calls.call')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('call', 'sheet'), name='mapping_once')],
                    },
                ),
            ]
        )
    ]
