"""Work that needs several rooms at once."""

from datetime import datetime, timedelta

from booster.applications import actions as applications
from booster.applications.models import Application
from booster.calls.models import Call
from booster.cohort.models import Seat
from booster.kit.beats import Beat
from booster.selection import queries as selection
from booster.selection.models import Complaint


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


BEATS = [Beat("home.erase_unsuccessful", timedelta(days=1), erase_unsuccessful)]
