from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chronicle", "0001_initial")]

    operations = [
        migrations.AddIndex(model_name="fact", index=models.Index(fields=["edition_id", "id"], name="fact_ledger")),
    ]
