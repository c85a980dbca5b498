"""What is remembered of files that were taken in: which column is which, and what became of the rows."""

from django.conf import settings
from django.db import models

from booster.calls.models import Call


class ColumnMapping(models.Model):
    """Which column of a file answers which question, as an organiser corrected it for a call."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="column_mappings")
    sheet = models.CharField(max_length=20)  # "participants", "offers", "rooms", "dates", "evaluators", "evaluations"
    columns = models.JSONField(default=dict)  # {field: header text}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "sheet"], name="mapping_once")]

    def __str__(self) -> str:
        return self.sheet


class Intake(models.Model):
    """One import of a file: what it held, what was taken in, what was refused and why."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="intakes")
    kind = models.CharField(max_length=20)
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    new_count = models.PositiveIntegerField(default=0)
    known_count = models.PositiveIntegerField(default=0)
    refused_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-taken_at"]

    def __str__(self) -> str:
        return self.filename


class IntakeProblem(models.Model):
    """Something in a row of an imported file that a person should see; ``refused`` rows were not taken in."""

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="problems")
    row = models.PositiveIntegerField()
    external_id = models.CharField(max_length=60, blank=True)
    field = models.CharField(max_length=60, blank=True)
    message = models.CharField(max_length=300)
    refused = models.BooleanField(default=False)

    class Meta:
        ordering = ["intake_id", "row", "pk"]

    def __str__(self) -> str:
        return self.message
