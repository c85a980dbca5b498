from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="sharing",
            name="cut_off",
            field=models.CharField(blank=True, max_length=20),
        ),
    ]
