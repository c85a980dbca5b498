from django.db import migrations


class Migration(migrations.Migration):
    """The tables keep their rows and get the names of their new room."""

    dependencies = [("applications", "0003_second_files")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterModelTable("ColumnMapping", "intake_columnmapping"),
                migrations.AlterModelTable("Intake", "intake_intake"),
                migrations.AlterModelTable("IntakeProblem", "intake_intakeproblem"),
            ],
            state_operations=[
                migrations.DeleteModel("IntakeProblem"),
                migrations.DeleteModel("Intake"),
                migrations.DeleteModel("ColumnMapping"),
            ],
        )
    ]
