"""Every write of this room: an offer becomes a venue, is agreed on, furnished, prepared, or given up."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booster.academies import actions as academies
from booster.academies.models import Membership, Role
from booster.applications.models import Application
from booster.calls.models import Call
from booster.chronicle.actions import record
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.kit.moves import Stale, move, settle
from booster.kit.times import local_day
from booster.venues import facts, queries
from booster.venues.models import AgreementSignature, HostTask, Room, Venue
from booster.venues.rules import FILES, SIDES, TASKS, RoomPlan, before_the_end, due_on, rooms_from
from booster.venues.states import HOSTING


@transaction.atomic
def adopt(*, application: Application, by: Any, at: datetime) -> Venue:
    """Make the offer the venue of its edition: rooms out of its answers, the host's role for its people, an agreement
    to sign, the list of things to do. Twice changes nothing.

    Refused for what is no sent offer, and while another venue of the same call is kept.
    """
    if found := Venue.objects.filter(application=application).first():
        return found
    if application.call.kind != Call.Kind.VENUES or application.state != "submitted":
        raise Refused(_("Only an offer that was sent can become a venue."))
    Call.objects.select_for_update().get(pk=application.call_id)  # of two who adopt at once, one waits
    if queries.kept_of_call(application.call_id).exists():
        raise Refused(_("This call has a venue already. Another can follow when that one has been given up."))
    venue = Venue.objects.create(
        edition=application.edition, application=application, adopted_at=at, **_columns(application)
    )
    rooms = rooms_from(application.answers)
    lying = set(application.attachments.values_list("document", flat=True))  # no file but the offer's own
    Room.objects.bulk_create(
        [Room(venue=venue, position=n, **_with_files(room, lying)) for n, room in enumerate(rooms)]
    )
    venue.agreement = queries.draft_of_agreement(venue, rooms=rooms, offer=application.answers)
    venue.save(update_fields=["agreement"])
    HostTask.objects.bulk_create(_usual_tasks(venue, at))
    for person in queries.party_of(application):
        academies.appoint(edition=application.edition, person=person, role=Role.HOST, by=by, at=at)
    record(facts.ADOPTED, thing=venue, by=by, at=at)
    return venue


def _with_files(room: RoomPlan, lying: Collection[int]) -> dict[str, Any]:
    return {name: None if name in FILES and value not in lying else value for name, value in asdict(room).items()}


def _columns(application: Application) -> dict[str, Any]:
    answers = application.answers
    organisation = application.organisation.name if application.organisation else ""
    return {
        "name": _text(answers.get("venue_name")) or application.title[:200] or application.reference,
        "host": _text(answers.get("organisation_name")) or organisation[:200] or application.title[:200],
        "city": _text(answers.get("city"))[:120],
        "country": application.country,
        "latitude": application.latitude,
        "longitude": application.longitude,
        "getting_there": str(answers.get("reach") or "").strip(),
    }


def _text(value: object) -> str:
    return " ".join(str(value or "").split())[:200]


def _usual_tasks(venue: Venue, at: datetime) -> list[HostTask]:
    first, last = queries.days_in_person(venue.edition_id)
    today = local_day(at, venue.edition.zone)
    return [
        HostTask(
            venue=venue, key=plan.key, owner=plan.owner, title=_(plan.title), text=_(plan.text),
            due_on=due_on(plan.days, first=first, last=last, today=today),
        )
        for plan in TASKS
    ]  # fmt: skip


@transaction.atomic
def describe(*, venue: Venue, by: Any, at: datetime, **words: str) -> Venue:
    """Set what the public and the participants read: name, host, city, about, getting_there. Nothing happens when
    nothing differs."""
    changed = sorted(key for key, value in words.items() if getattr(venue, key) != value)
    if changed:
        for key in changed:
            setattr(venue, key, words[key])
        venue.save(update_fields=changed)
        record(facts.DESCRIBED, thing=venue, by=by, at=at)
    return venue


@transaction.atomic
def rewrite(*, venue: Venue, agreement: str, revision: int, by: Any, at: datetime) -> Venue:
    """Change the agreement while it is not signed by both sides. Whoever has signed has to sign again.

    ``Stale`` when the text is not the one that was read (``revision``), ``NotNow`` once both sides have signed.
    """
    text = agreement.replace("\r\n", "\n").strip() + "\n"
    if venue.state != "proposed":
        raise NotNow(_("Both sides have signed: the agreement cannot be changed any more."))
    if text == venue.agreement and revision == venue.revision:
        return venue
    settle(
        venue, expected={"state": "proposed", "revision": revision}, agreement=text, revision=revision + 1
    )  # fmt: skip
    venue.tasks.filter(key="sign").update(done_at=None, done_by=None)
    record(facts.REWRITTEN, thing=venue, by=by, at=at, revision=venue.revision)
    return venue


@transaction.atomic
def sign(*, venue: Venue, side: str, revision: int, by: Any, at: datetime) -> Venue:
    """Sign the agreement as it was read, for one side; with both signatures the hosting is agreed.

    ``Stale`` when the text changed since it was read, ``NotNow`` when the side has signed or all is agreed, Refused
    for one person on both sides.
    """
    if side not in SIDES:
        raise Refused(_("An agreement has two sides: the host and the organisers."))
    if venue.state != "proposed":
        raise NotNow(_("Both sides have signed already."))
    settle(venue, expected={"state": "proposed", "revision": revision}, revision=revision)  # holds the row until we end
    standing = {one.side: one.person_id for one in venue.signatures.filter(revision=revision)}
    if side in standing:
        raise NotNow(_("Your side has signed already."))
    if by.pk in standing.values():
        raise Refused(_("You signed for the other side: somebody else has to sign for this one."))
    AgreementSignature.objects.create(venue=venue, side=side, person=by, revision=revision, signed_at=at)
    if side == "host":
        venue.tasks.filter(key="sign").update(done_at=at, done_by=by)
    record(facts.SIGNED, thing=venue, by=by, at=at, side=side, revision=revision)
    if standing:
        move(venue, HOSTING, "agree")
        record(facts.AGREED, thing=venue, by=by, at=at)
    return venue


@transaction.atomic
def prepare(*, venue: Venue, by: Any, at: datetime) -> Venue:
    """Declare the place ready; Refused while tasks before the days are open."""
    _first, last = queries.days_in_person(venue.edition_id)
    if before_the_end(venue.tasks.filter(done_at__isnull=True), last):
        raise Refused(_("Tasks are still open. Finish them, or remove those that are not needed."))
    move(venue, HOSTING, "prepare")
    record(facts.READY, thing=venue, by=by, at=at)
    return venue


@transaction.atomic
def step_back(*, venue: Venue, side: str, reason: str, by: Any, at: datetime) -> Venue:
    """Give the venue up, for one side and with its reason; the people of the offer host no more."""
    if not reason.strip():
        raise Refused(_("Say why: the other side will read it."))
    move(venue, HOSTING, "step_back")
    people = [person.pk for person in queries.party_of(venue.application)]
    held = Membership.objects.active().filter(edition=venue.edition_id, person__in=people, role=Role.HOST)
    for membership in held.select_related("person"):
        academies.end_role(membership=membership, on=at.date(), by=by, at=at)
    record(facts.STEPPED_BACK, thing=venue, by=by, at=at, side=side, reason=reason.strip())
    return venue


@transaction.atomic
def set_room(*, venue: Venue, plan: RoomPlan, by: Any, at: datetime, room: Room | None = None) -> Room:
    """Add a room, or change ``room``. Refused when another room of the venue has that name."""
    twin = venue.rooms.filter(name=plan.name)
    if (twin.exclude(pk=room.pk) if room else twin).exists():
        raise Refused(_("Another room of this venue has that name."))
    if room is None:
        last = venue.rooms.order_by("-position").values_list("position", flat=True).first()
        room = Room(venue=venue, position=0 if last is None else last + 1)
    for key, value in plan.figures.items():
        setattr(room, key, value)
    room.save()
    record(facts.ROOM_SET, thing=venue, by=by, at=at, room=room.name)
    return room


@transaction.atomic
def remove_room(*, room: Room, by: Any, at: datetime) -> Venue:
    venue, name = room.venue, room.name
    room.delete()
    record(facts.ROOM_REMOVED, thing=venue, by=by, at=at, room=name)
    return venue


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is typed of a task."""

    title: str
    owner: str
    text: str = ""
    due_on: date | None = None


@transaction.atomic
def set_task(*, venue: Venue, task: Task, by: Any, at: datetime, known: HostTask | None = None) -> HostTask:
    """Add a task, or change ``known``."""
    row = known or HostTask(venue=venue)
    for key, value in asdict(task).items():
        setattr(row, key, value)
    row.save()
    record(facts.TASK_SET, thing=venue, by=by, at=at, task=row.title)
    return row


@transaction.atomic
def finish_task(*, task: HostTask, by: Any, at: datetime) -> HostTask:
    """Done. ``Stale`` when somebody else was quicker, Refused for what only a signature finishes."""
    if task.key == "sign":
        raise Refused(_("Sign the agreement: that finishes this task."))
    settle(task, expected={"done_at": None}, done_at=at, done_by=by)
    record(facts.TASK_DONE, thing=task.venue, by=by, at=at, task=task.title)
    return task


@transaction.atomic
def reopen_task(*, task: HostTask, by: Any, at: datetime) -> HostTask:
    if task.done_at is None:
        raise Stale(_("This task is open already."))
    if task.key == "sign":
        raise Refused(_("This task opens again when the agreement changes."))
    settle(task, expected={"done_at": task.done_at}, done_at=None, done_by=None)
    record(facts.TASK_REOPENED, thing=task.venue, by=by, at=at, task=task.title)
    return task


@transaction.atomic
def remove_task(*, task: HostTask, by: Any, at: datetime) -> Venue:
    if task.key == "sign":
        raise Refused(_("The agreement has to be signed: this task stays."))
    venue, title = task.venue, task.title
    task.delete()
    record(facts.TASK_REMOVED, thing=venue, by=by, at=at, task=title)
    return venue
