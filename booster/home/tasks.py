"""Work that needs several rooms at once."""

from datetime import datetime, timedelta

from django.conf import settings

from booster.applications import actions as applications
from booster.applications.models import Application
from booster.calls.models import Call
from booster.chronicle import actions as noting
from booster.chronicle import queries as chronicle
from booster.cohort.models import Seat
from booster.home import letters
from booster.kit.beats import Beat
from booster.people import queries as persons
from booster.post import actions as post
from booster.post.models import Letter
from booster.selection import queries as selection
from booster.selection.models import Complaint

SILENCE = timedelta(minutes=30)


def erase_unsuccessful(*, at: datetime) -> int:
    """Applications that led to nothing are erased when their call says so; the counts stay.

    Kept are the chosen, whoever moved up from the reserve list, and every file about which a complaint is open. A call
    whose results have not been told to everybody keeps all.
    """
    erased = 0
    for call in Call.objects.filter(state__in=["closed", "settled"], decisions__state="told").distinct():
        if not selection.has_decided(call):
            continue
        seats = Seat.objects.exclude(state__in=["waiting", "dropped"])
        seated = seats.filter(application__call=call).values_list("application_id", flat=True)
        went_on = Application.objects.filter(call=call, second_file__seat__in=seats).values_list("pk", flat=True)
        disputed = Complaint.objects.filter(decision__call=call, state__in=["received", "admitted"])
        keep = {
            *selection.chosen_ids(call),
            *seated,
            *went_on,
            *disputed.values_list("decision__application_id", flat=True),
        }
        erased += applications.erase_due(call=call, keep=keep, at=at)
    return erased


def tell_operators(*, at: datetime) -> int:
    """Write to the operators when an errand was given up since they were last told; how many letters.

    Once a day at most, and never twice about the same.
    """
    newest = chronicle.errands("given_up").values_list("pk", flat=True).first()
    if newest is None or Letter.objects.filter(kind=letters.TROUBLE, written_at__gt=at - timedelta(days=1)).exists():
        return 0
    count = chronicle.errands("given_up").count()
    drafts = [letters.trouble(person, newest=newest, count=count) for person in persons.operators()]
    told = set(Letter.objects.filter(key__in=[one["key"] for one in drafts]).values_list("key", flat=True))
    fresh = [one for one in drafts if one["key"] not in told]
    post.drop_many(fresh, by=None, at=at)
    return len(fresh)


def tell_of_silence(*, at: datetime) -> int:
    """Write to the operators when no worker had been there for half an hour and one is back; how many letters.

    While it is silent nobody can write: that is what ``/readyz`` and the page of operations are for.
    """
    since = noting.mark_presence(at=at)
    if since is None or at - since < SILENCE or settings.BOOSTER_DEMO:  # a demo sleeps when nobody looks at it
        return 0
    drafts = [letters.silence(person, since=since, until=at) for person in persons.operators()]
    post.drop_many(drafts, by=None, at=at)
    return len(drafts)


BEATS = [
    Beat("home.tell_of_silence", timedelta(minutes=1), tell_of_silence),
    Beat("home.erase_unsuccessful", timedelta(days=1), erase_unsuccessful),
    Beat("home.tell_operators", timedelta(minutes=10), tell_operators),
]
