from django.db import migrations, models

from booster.kit.rows import OnRows


def mark_rolling(apps, schema_editor):
    apps.get_model("calls", "Call").objects.filter(
        pk__in=apps.get_model("calls", "CutOff").objects.values("call")
    ).update(rolling=True)


class Migration(migrations.Migration):
    dependencies = [("calls", "0003_marks_shared")]

    operations = [
        migrations.AddField(
            model_name="call",
            name="rolling",
            field=models.BooleanField(default=False),
        ),
        OnRows(mark_rolling, OnRows.noop),
    ]
