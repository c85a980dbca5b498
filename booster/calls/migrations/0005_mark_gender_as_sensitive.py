"""Forms that ask for a gender were written before a question could be marked as sensitive."""

from typing import Any

from django.db import migrations

from booster.kit.rows import OnRows


def mark(apps: Any, editor: Any) -> None:
    for version in apps.get_model("calls", "FormVersion").objects.iterator():
        asked = [one for section in version.sections for one in section.get("questions", []) if one["key"] == "gender"]
        for one in asked:
            one["sensitive"] = True
        if asked:
            version.save(update_fields=["sections"])


class Migration(migrations.Migration):
    dependencies = [("calls", "0004_rolling")]

    operations = [OnRows(mark, OnRows.noop)]
