# Second rounds

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('selection', '0002_note_what_was_told'),
    ]

    operations = [
        migrations.AlterField(
            model_name='decision',
            name='outcome',
            field=models.CharField(choices=[('chosen', 'Chosen'), ('shortlisted', 'On the shortlist'), ('reserve', 'On the reserve list'), ('not_chosen', 'Not chosen'), ('not_eligible', 'Not eligible')], max_length=12),
        ),
    ]
