"""Persons, organisations, who works where, what somebody agreed to, and private links."""

from typing import Any, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from booster.people.rules import emails

Actor = Any  # a Person, or Django's AnonymousUser


def _is_known(actor: Actor) -> bool:
    return actor is not None and not isinstance(actor, AnonymousUser)


class PersonQuerySet(models.QuerySet["Person"]):
    def seen_by(self, actor: Actor) -> Self:
        """Oneself; operators see everybody. Rooms above open people through what they share with them."""
        if not _is_known(actor):
            return self.none()
        return self if actor.on_duty else self.filter(pk=actor.pk)

    def alive(self) -> Self:
        """Neither merged into another entry nor forgotten."""
        return self.filter(merged_into=None, forgotten_at=None)

    def in_cast(self) -> Self:
        return self.alive().exclude(cast_line="").order_by("pk")


class PersonManager(BaseUserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person who signs in with this address, in whatever case it was typed."""
        person: Person = self.get(email=emails.normalise(username or ""))
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """Anyone with a name in the house; roles are given per edition, never here."""

    class Gender(models.TextChoices):
        WOMAN = "woman", _("Woman")
        MAN = "man", _("Man")
        OTHER = "other", _("Other")

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)  # lower case
    name = models.CharField(_("name"), max_length=200)
    given_name = models.CharField(_("given name"), max_length=100, blank=True)
    family_name = models.CharField(_("family name"), max_length=100, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True, default="")  # empty: not said
    zone = models.CharField(_("time zone"), max_length=64, blank=True)  # empty: as the browser tells
    country = models.CharField(_("country"), max_length=2, blank=True)  # ISO 3166-1 alpha-2, upper case
    gender = models.CharField(_("gender"), max_length=8, blank=True, choices=Gender.choices)
    is_operator = models.BooleanField(_("operates this installation"), default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    signed_out_at = models.DateTimeField(null=True, blank=True)  # sessions begun before it are over
    forgotten_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    cast_line = models.CharField(max_length=200, blank=True)  # the demo alone: what waits for this person

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="people_person_one_per_address"),
            models.CheckConstraint(
                condition=Q(gender="") | Q(gender__in=["woman", "man", "other"]), name="people_person_gender"
            ),
        ]
        indexes = [models.Index(fields=["name"], name="people_person_name")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """Who may open the operator's lists: Django's admin asks for this name."""
        return self.is_operator

    @property
    def on_duty(self) -> bool:
        """Whether an operator's power is taken up now. For operators one query the first time, for others none."""
        if not self.is_operator:
            return False
        if not hasattr(self, "_on_duty"):
            self._on_duty: bool = Shift.objects.running().filter(person_id=self.pk).exists()
        return self._on_duty

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's fingerprint of a session, ended also by "sign out everywhere", not by a new password alone."""
        since = self.signed_out_at.isoformat() if self.signed_out_at else ""
        return salted_hmac(
            "people.Person.session", f"{self.password}|{since}", secret=secret, algorithm="sha256"
        ).hexdigest()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.given_name or self.name


class ShiftQuerySet(models.QuerySet["Shift"]):
    def running(self) -> Self:
        """Those that last, by the database's clock."""
        return self.filter(laid_down_at=None, ends_at__gt=Now())


class Shift(models.Model):
    """A stretch of time for which an operator took up the operator's power, and why. Kept for good."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="shifts")
    reason = models.CharField(max_length=300)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    laid_down_at = models.DateTimeField(null=True, blank=True)  # before its time

    objects = ShiftQuerySet.as_manager()

    class Meta:
        verbose_name = _("shift of an operator")
        verbose_name_plural = _("shifts of operators")
        ordering = ["-begins_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("begins_at")), name="people_shift_in_order")
        ]

    def __str__(self) -> str:
        return self.reason


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def seen_by(self, actor: Actor) -> Self:
        """Where one works or worked; operators see all."""
        if not _is_known(actor):
            return self.none()
        return self if actor.on_duty else self.filter(affiliations__person=actor).distinct()


class Organisation(models.Model):
    class Kind(models.TextChoices):
        CLUSTER = "cluster", _("Cluster organisation")
        UNIVERSITY = "university", _("University or school")
        AGENCY = "agency", _("Agency or chamber")
        AUTHORITY = "authority", _("Public authority")
        RESEARCH_CENTRE = "research centre", _("Research or technology centre")
        OTHER = "other", _("Other")

    name = models.CharField(_("name"), max_length=300)
    key = models.CharField(max_length=300)  # rules.names.organisation_key(name): one entry however it is spelt
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.CLUSTER)
    country = models.CharField(_("country"), max_length=2, blank=True)
    region = models.CharField(_("region"), max_length=120, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    ecosystems = models.JSONField(_("ecosystems"), default=list, blank=True)  # ids of reference.ecosystems
    founded = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    members = models.PositiveIntegerField(_("members"), null=True, blank=True)
    smes = models.PositiveIntegerField(_("of them small and medium-sized"), null=True, blank=True)
    staff_fte = models.DecimalField(_("full-time staff"), max_digits=7, decimal_places=2, null=True, blank=True)
    label = models.CharField(_("label"), max_length=20, blank=True)  # of cluster management: bronze, silver, gold
    maturity = models.CharField(_("maturity"), max_length=20, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(fields=["key", "country"], name="people_organisation_once_a_country"),
            models.CheckConstraint(
                # IS NOT NULL said aloud: a comparison with NULL is neither true nor false, and a check lets that pass.
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="people_organisation_on_earth",
            ),
        ]
        indexes = [models.Index(fields=["name"], name="people_organisation_name")]

    def __str__(self) -> str:
        return self.name


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    def seen_by(self, actor: Actor) -> Self:
        if not _is_known(actor):
            return self.none()
        return self if actor.on_duty else self.filter(person=actor)

    def current(self) -> Self:
        return self.filter(until=None)


class Affiliation(models.Model):
    """Somebody works, or worked, somewhere; days, both ends included."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="affiliations")
    role_title = models.CharField(_("position"), max_length=120, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"], condition=Q(until=None), name="people_affiliation_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.organisation_id}"


class ConsentQuerySet(models.QuerySet["Consent"]):
    def seen_by(self, actor: Actor) -> Self:
        if not _is_known(actor):
            return self.none()
        return self if actor.on_duty else self.filter(person=actor)

    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)


class Consent(models.Model):
    """Somebody agreed to a text in one of its versions; the register that the law asks for. Never deleted by hand."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents")
    what = models.CharField(max_length=80)  # "directory", "photographs", "evaluation rules"…
    version = models.CharField(max_length=40)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)  # where it was given: "application 12", "profile"

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "what", "version"], condition=Q(withdrawn_at=None), name="people_consent_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=models.F("given_at")), name="people_consent_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.version}"


class LinkQuerySet(models.QuerySet["Link"]):
    def seen_by(self, actor: Actor) -> Self:
        """Those that one has made; a link's own reader holds its token instead."""
        if not _is_known(actor):
            return self.none()
        return self if actor.on_duty else self.filter(made_by=actor)


class Link(models.Model):
    """A private link in a letter. The token itself stands nowhere but in the letter; here is its SHA-256."""

    purpose = models.CharField(max_length=40)  # "verify", "continue", "seat", "sign_off", "complain", "editor"…
    digest = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="links")
    address = models.EmailField(max_length=254, blank=True)  # where it was sent, and where a new one would go
    thing_type = models.CharField(max_length=60, blank=True)  # "applications.application"
    thing_id = models.BigIntegerField(null=True, blank=True)
    signs_in = models.BooleanField(default=False)
    expires_at = models.DateTimeField()
    uses_left = models.PositiveSmallIntegerField(null=True, blank=True)  # empty: as often as one likes
    used_at = models.DateTimeField(null=True, blank=True)  # the last time
    revoked_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("private link")
        verbose_name_plural = _("private links")
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("made_at")), name="people_link_lasts"),
            models.CheckConstraint(
                condition=Q(signs_in=False) | Q(person__isnull=False, uses_left__isnull=False),
                name="people_link_signs_one_person_in_once",
            ),
        ]
        indexes = [models.Index(fields=["thing_type", "thing_id", "purpose"], name="people_link_thing")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
