"""Stored files: what they are, who brought them, how long they stay."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from booster.library.states import SCAN


class DocumentQuerySet(models.QuerySet["Document"]):
    def seen_by(self, person: Any) -> "DocumentQuerySet":
        """One's own uploads. The room that owns a file decides who else may have it, and hands it out."""
        return self.filter(uploaded_by=person) if person.is_authenticated else self.none()

    def kept(self) -> "DocumentQuerySet":
        return self.filter(removed_at=None)

    def overdue(self, at: Any) -> "DocumentQuerySet":
        return self.kept().filter(kept_until__lte=at)

    def to_erase(self) -> "DocumentQuerySet":
        return self.filter(erased_at=None).exclude(removed_at=None).order_by("id")

    def to_scan(self, at: Any) -> "DocumentQuerySet":
        """Never looked at, or stored while there was no scanner."""
        return self.kept().filter(scan__in=("unscanned", "absent"), scan_after__lte=at).order_by("id")


class Document(models.Model):
    """One stored file. The bytes lie in the storage under ``stored``; the row outlives them as proof of removal."""

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=120)
    stored = models.CharField(max_length=200, unique=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_at = models.DateTimeField()
    kept_until = models.DateTimeField(null=True, db_index=True)
    removed_at = models.DateTimeField(null=True)  # nobody gets it any more
    erased_at = models.DateTimeField(null=True)  # the bytes are gone
    scan = models.CharField(max_length=20, default=SCAN.start)
    scan_after = models.DateTimeField()
    scan_attempts = models.PositiveSmallIntegerField(default=0)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-id"]
        constraints = [models.CheckConstraint(condition=Q(scan__in=SCAN.states), name="document_scan_known")]
        indexes = [
            models.Index(
                fields=["scan_after"],
                condition=Q(scan__in=("unscanned", "absent"), removed_at=None),
                name="document_to_scan",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")
