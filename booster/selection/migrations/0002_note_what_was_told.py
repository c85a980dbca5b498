"""Applications whose decision was told before they kept the moment themselves."""

from django.db import migrations
from django.db.models import OuterRef, Subquery

from booster.kit.rows import OnRows


def note(apps, _schema):
    Application, Decision = apps.get_model("applications", "Application"), apps.get_model("selection", "Decision")
    told = Decision.objects.filter(application=OuterRef("pk"), told_at__isnull=False)
    Application.objects.filter(pk__in=Decision.objects.filter(told_at__isnull=False).values("application")).update(
        told_at=Subquery(told.values("told_at")[:1])
    )


class Migration(migrations.Migration):
    dependencies = [("selection", "0001_initial"), ("applications", "0002_told_at")]

    operations = [OnRows(note, OnRows.noop)]
