"""The edition that is over: 21 people from all over Europe, a host, letters, a complaint, a signed report."""

from datetime import datetime, timedelta

from booster.academies import actions as academies
from booster.academies.models import Academy, Edition
from booster.applications.models import Application
from booster.calls.models import Call
from booster.cohort import actions as cohort
from booster.cohort.models import Seat
from booster.home.management.stage import calls_of, days, files, offers
from booster.home.management.stage.calling import send_offer
from booster.home.management.stage.days import BEFORE, Days, morning
from booster.home.management.stage.players import Players, work_off
from booster.selection import actions as selection
from booster.selection import queries as choosing
from booster.selection.models import Decision
from booster.selection.queries import reporting
from booster.selection.rules import limits
from booster.venues import actions as hosting
from booster.venues.models import Venue

VENUES_OPENED, VENUES_CLOSED, OPENED = timedelta(days=66), timedelta(days=38), timedelta(days=28)
VENUE_MARKS = {
    "Harbour Hall": "4.5 4 4 4 4.5 4.5 4 4.5",
    "The Kiln House": "4 3.5 4.5 3.5 4.5 3.5 3.5 3",
    "Casa del Agua": "3 3 3.5 3 3.5 3 2.5 2",
}
DECLINES = {
    4: "My colleague is on leave this summer, I cannot be away for four days.",
    9: "We were given the funds for another training.",
}
LAPSES = 14
BANDS = (85, 75, 65)
SOURCE = "The six numbers of the national lottery of the evening before the choice, in the order drawn"
SEED = "4 31 17 42 9 26"
COMPLAINT = (
    "My second evaluation says that no experience is offered. I described our logistics game in the third answer. "
    "Please look whether it was read."
)
ANSWER = (
    "We asked both evaluators. The game was read and is named in the first comment; the second comment speaks of what "
    "it would give to others. The marks stand as they are. We should have said so in the letter."
)


def build(academy: Academy, when: Days, players: Players) -> Edition:
    """The edition from its first call to its end."""
    deadline = when.choosing - BEFORE
    begun = morning(deadline - VENUES_OPENED) - timedelta(days=40)
    edition = academies.plan(
        academy=academy, name="1st Cluster Booster Academy", slug="cba-1", accent="#7a2e6b", by=players.olga, at=begun,
        summary="Two days online and two in Aarhus, with 21 people.", seats_min=20,
    )  # fmt: skip
    academies.set_shape(edition=edition, legs=days.shape(deadline, place="Aarhus"), by=players.olga, at=begun)
    span = (deadline - VENUES_OPENED, deadline)
    academies.set_phases_from_dates(edition=edition, calls=span, by=players.olga, at=begun)
    return academies.step(edition=edition, verb="open", by=players.olga, at=morning(span[0]))


# ---------------------------------------------------------------------------------------------- the host


def venues(edition: Edition, when: Days, players: Players) -> Call:
    """Three offers, one chosen, agreed on and prepared."""
    closes = when.choosing - BEFORE - VENUES_CLOSED
    call = calls_of.opened(edition, Call.Kind.VENUES, opens=closes - timedelta(days=28), closes=closes, by=players.olga)
    there = edition.legs.get(kind="in_person").days.earliest("on").on
    for n, offer in enumerate((offers.AARHUS, offers.AVEIRO, offers.GRANADA)):
        at = morning(closes - timedelta(days=5 - n), 11)
        send_offer(call, {**offer, "dates": offers.dates(there)}, at)
    calls_of.closed(call)
    at = morning(closes + timedelta(days=2))
    files.screen(call, at, players)
    marks = {file.reference: VENUE_MARKS[file.answers["venue_name"]] for file in call.applications.all()}
    files.evaluate(call, [(reference, given, given) for reference, given in marks.items()], at, players)
    _choose_host(call, at + timedelta(days=14), players)
    return call


def _choose_host(call: Call, at: datetime, players: Players) -> None:
    found = {file.answers["venue_name"]: file for file in call.applications.all()}
    selection.note_policy(
        application=found["Harbour Hall"], kind="rotation", favours=True, by=players.olga, at=at,
        text="The academy has not been to the north of Europe.",
    )  # fmt: skip
    selection.choose_venue(
        call=call, chosen=found["Harbour Hall"], runner_up=found["The Kiln House"], by=players.olga, at=at,
        reason="Most points, and a place where people can see what a group of competitors agreed on.",
    )  # fmt: skip
    _tell(call, at + timedelta(hours=3), players)
    _agree(call.edition, found["Harbour Hall"], at + timedelta(days=3), players)


def _agree(edition: Edition, offer: Application, at: datetime, players: Players) -> None:
    """Both sides sign, everything is done in time, the place is ready."""
    venue = Venue.objects.filter(edition=edition).first() or hosting.adopt(application=offer, by=players.olga, at=at)
    hosting.describe(
        venue=venue, by=players.henrik, at=at,
        about="A hall on the harbour front, built for coal, used for trying things out in the open.",
    )  # fmt: skip
    hosting.sign(venue=venue, side="host", revision=venue.revision, by=players.henrik, at=at + timedelta(days=1))
    hosting.sign(venue=venue, side="organiser", revision=venue.revision, by=players.olga, at=at + timedelta(days=2))
    for n, task in enumerate(venue.tasks.filter(done_at__isnull=True)):
        doer = players.henrik if task.owner == "host" else players.olga
        hosting.finish_task(task=task, by=doer, at=at + timedelta(days=6 + 5 * n))
    hosting.prepare(venue=venue, by=players.olga, at=at + timedelta(days=120))
    work_off(at + timedelta(days=120))


# ---------------------------------------------------------------------------------------------- the cohort


def participants(edition: Edition, when: Days, players: Players) -> Call:
    """34 applications, 21 seats, a reserve list that moved up."""
    closes = when.choosing - BEFORE
    call = calls_of.opened(
        edition, Call.Kind.PARTICIPANTS, opens=closes - OPENED, closes=closes, by=players.olga, seats=21
    )
    rows = files.rows_of("first-edition.csv")
    sent = {
        files.apply(call, row, morning(closes - timedelta(days=25 - n % 24), 9 + n % 9)): row
        for n, row in enumerate(rows)
    }
    calls_of.closed(call)
    at = morning(closes + timedelta(days=1))
    files.screen(call, at, players)
    fit = [(reference, row["first"], row["second"]) for reference, row in sent.items() if int(row["members"]) >= 15]
    files.evaluate(call, fit, at, players)
    _choose(call, at + timedelta(days=9), players)
    return call


def _choose(call: Call, at: datetime, players: Players) -> None:
    """Merit first: everybody's chance, the draw announced two days before its seed is known, then drawn and adopted."""
    wish = limits.read({"country": {"max": 2}, "gender": {"woman": {"min": 9}}}, per_organisation=1)
    asked_for = selection.Settings(
        name="Merit first, two per country, 9 women", seats=call.seats, seed=1, wish=wish, policy="merit", bands=BANDS
    )
    before = at - timedelta(days=2)
    scenario = selection.propose(call=call, settings=asked_for, by=players.olga, at=before)
    asked = selection.ask(scenario=scenario, by=players.olga, at=before)
    weighed = selection.keep(scenario=asked, found=choosing.work_out_scenario(asked), by=None, at=before)
    draw = selection.announce(
        scenario=weighed, source=SOURCE, known_at=at - timedelta(hours=1), seen=weighed.portfolio.fingerprint,
        by=players.olga, at=before,
    )  # fmt: skip
    drawn = selection.draw(draw=draw, seed=SEED, by=players.olga, at=at)
    selection.adopt(scenario=drawn, by=players.olga, at=at + timedelta(hours=1))
    _tell(call, at + timedelta(hours=4), players)
    _answer(call, at + timedelta(days=1), players)
    _complain(call, at + timedelta(days=6), players)


def _tell(call: Call, at: datetime, players: Players) -> None:
    """Confirm what was proposed, sign the report, tell everybody together."""
    selection.confirm(call=call, by=players.olga, at=at)
    work_off(at)
    later = at + timedelta(hours=1)
    seen = reporting.digest(reporting.figures(call))
    selection.sign(call=call, part="For the organisers", seen=seen, by=players.olga, at=later)
    selection.tell(call=call, by=players.olga, at=later)
    work_off(later)
    call.refresh_from_db()


def _answer(call: Call, at: datetime, players: Players) -> None:
    """Two decline, one forgets to answer, the others accept; three move up, and a fourth when somebody falls ill."""
    for n, seat in enumerate(Seat.objects.filter(application__call=call, state="offered").order_by("pk"), start=1):
        then = at + timedelta(hours=3 * n)
        if n in DECLINES and seat.person_id != players.pavel.pk:
            cohort.decline(seat=seat, reason=DECLINES[n], by=seat.person, at=then)
        elif n != LAPSES:
            cohort.accept(seat=seat, by=seat.person, at=then)
        work_off(then)
    _moved_up(call, at + timedelta(days=4))
    for seat in Seat.objects.filter(application__call=call, state="offered"):
        cohort.lapse(seat=seat, at=at + timedelta(days=5))
    work_off(at + timedelta(days=5))
    _moved_up(call, at + timedelta(days=6))
    held = Seat.objects.filter(application__call=call, state="accepted", fills__isnull=True)
    ill = held.exclude(person=players.pavel).order_by("-pk")[0]
    cohort.give_back(
        seat=ill, reason="I broke my leg and cannot travel for months.", by=ill.person, at=at + timedelta(days=50)
    )
    work_off(at + timedelta(days=50))
    _moved_up(call, at + timedelta(days=51))


def _moved_up(call: Call, at: datetime) -> None:
    for seat in Seat.objects.filter(application__call=call, state="offered", fills__isnull=False):
        cohort.accept(seat=seat, by=seat.person, at=at)
    work_off(at)


def _complain(call: Call, at: datetime, players: Players) -> None:
    decision = Decision.objects.filter(call=call, outcome="not_chosen").order_by("-points").first()
    assert decision is not None
    complaint = selection.complain(decision=decision, text=COMPLAINT, by=decision.application.applicant, at=at)
    admitted = selection.admit(complaint=complaint, by=players.olga, at=at + timedelta(days=1))
    selection.decide(
        complaint=admitted, answer=ANSWER, changes_decision=False, by=players.olga, at=at + timedelta(days=5)
    )  # fmt: skip
    work_off(at + timedelta(days=5))


def close(edition: Edition, when: Days, players: Players) -> None:
    """Online, in person, follow-up, over; nobody waits for a seat any more."""
    first = when.choosing - BEFORE
    for seat in Seat.objects.filter(edition=edition, state="waiting"):
        cohort.drop(seat=seat, by=players.olga, at=morning(first + timedelta(days=131)))
    for verb, days_later in (("run", 38), ("follow_up", 131), ("close", 540)):
        academies.step(edition=edition, verb=verb, by=players.olga, at=morning(first + timedelta(days=days_later)))
