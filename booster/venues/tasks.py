"""Work that comes round: what is due in the week is told on Mondays, what is due tomorrow the day before."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from booster.kit.beats import Beat
from booster.kit.times import zone
from booster.post import actions as post
from booster.post.models import Letter
from booster.venues import letters, queries
from booster.venues.models import HostTask, Venue

FROM_HOUR = 7
MONDAY = 0


def remind_of_week(*, at: datetime) -> int:
    """On Mondays from seven in the morning, in the edition's zone: what is late, and what is due until Sunday."""

    def wanted(task: HostTask, today: date) -> bool:
        return today.weekday() == MONDAY and task.due_on is not None and task.due_on < today + timedelta(days=7)

    return _remind("week", letters.week, wanted, at=at)


def remind_of_tomorrow(*, at: datetime) -> int:
    """What is due tomorrow, from seven in the morning of the day before."""

    def wanted(task: HostTask, today: date) -> bool:
        return task.due_on == today + timedelta(days=1)

    return _remind("tomorrow", letters.tomorrow, wanted, at=at)


def _remind(
    kind: str, write: Callable[..., Any], wanted: Callable[[HostTask, date], bool], *, at: datetime
) -> int:  # fmt: skip
    """One letter a person and day; the letter's key keeps it to one however often this runs."""
    local: dict[int, datetime] = {}
    due = []
    for task in queries.due_before(at.date() + timedelta(days=9)):
        here = local.setdefault(task.venue.edition_id, at.astimezone(zone(task.venue.edition.zone)))
        if here.hour >= FROM_HOUR and wanted(task, here.date()):
            due.append(task)
    people = queries.people_by_side({task.venue.edition_id for task in due}) if due else {}
    asked = [
        (venue, side, person, tasks)
        for venue, side, tasks in _bundles(due)
        for person in people.get((venue.edition_id, side), [])
    ]
    days = {venue.pk: local[venue.edition_id].date() for venue, *_rest in asked}
    keys = {letters.key_of(kind, venue, person, str(days[venue.pk])) for venue, _side, person, _tasks in asked}
    known = set(Letter.objects.filter(key__in=keys).values_list("key", flat=True)) if keys else set()
    drafts = [
        write(venue, side, person, tasks, on=days[venue.pk], at=at)
        for venue, side, person, tasks in asked
        if letters.key_of(kind, venue, person, str(days[venue.pk])) not in known
    ]
    post.drop_many(drafts, by=None, at=at)
    return len(drafts)


def _bundles(due: Sequence[HostTask]) -> list[tuple[Venue, str, list[HostTask]]]:
    """The tasks by venue and side."""
    in_order = sorted(due, key=lambda task: (task.venue_id, task.owner, task.due_on, task.pk))
    grouped = groupby(in_order, key=lambda task: (task.venue_id, task.owner))
    return [(tasks[0].venue, side, tasks) for (_venue, side), group in grouped if (tasks := list(group))]


BEATS = [
    Beat("venues.remind_of_week", timedelta(hours=1), remind_of_week),
    Beat("venues.remind_of_tomorrow", timedelta(hours=1), remind_of_tomorrow),
]
