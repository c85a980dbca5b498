"""A smaller edition whose call for participants is open: a first cut-off is decided on, the next one comes."""

from datetime import date, timedelta

from booster.academies import actions as academies
from booster.academies.models import Academy, Edition
from booster.academies.rules import DayPlan, LegPlan
from booster.calls import actions as calls
from booster.calls.models import Call, CutOff
from booster.cohort import actions as cohort
from booster.cohort.models import Seat
from booster.home.management.stage import calls_of, days, files
from booster.home.management.stage.days import Days, evening, morning
from booster.home.management.stage.players import Players, work_off
from booster.kit.times import local_day
from booster.selection import actions as selection
from booster.selection import queries as choosing
from booster.selection.rules import limits

OPEN_BEFORE, PASSED, NEXT, CLOSES = 36, 15, 11, 32  # days from today: opened, first cut-off, second, deadline
IN_TIME = 6  # so many of the table were sent by the first cut-off
SEATS = 16
ABOUT = "One morning online and two days at the Gulf of Bothnia, for clusters around the Baltic Sea."


def plan(academy: Academy, when: Days, players: Players) -> Edition:
    """A morning online, two days in person; everybody knows the place."""
    today = local_day(when.today, days.ZONE)
    opens, closes = today - timedelta(days=OPEN_BEFORE), today + timedelta(days=CLOSES)
    at = morning(opens) - timedelta(days=30)
    edition = academies.plan(
        academy=academy, name="Cluster Booster Academy North", slug="cba-north", accent="#00647d", by=players.olga,
        at=at, summary=ABOUT, seats_min=8, seats_max=SEATS,
    )  # fmt: skip
    online, there = _weekday(closes + timedelta(days=30), 2), _weekday(closes + timedelta(days=72), 3)
    shape = [
        LegPlan("online", "Online morning", (DayPlan(online, morning(online).time(), morning(online, 13).time()),)),
        days.leg("in_person", "Days in person", there, 2, place="Vaasa"),
    ]
    academies.set_shape(edition=edition, legs=shape, by=players.olga, at=at)
    academies.set_phases_from_dates(edition=edition, calls=(opens, closes), by=players.olga, at=at)
    return academies.step(edition=edition, verb="open", by=players.olga, at=at + timedelta(days=1))


def _weekday(day: date, number: int) -> date:
    """The first day from ``day`` on that is this day of the week, 0 for Monday."""
    return day + timedelta(days=(number - day.weekday()) % 7)


def participants(edition: Edition, when: Days, players: Players) -> Call:
    """Nine applications so far: six were in by the first cut-off and are decided on, three count for the next."""
    today = local_day(when.today, days.ZONE)
    opens, first = today - timedelta(days=OPEN_BEFORE), today - timedelta(days=PASSED)
    call = calls_of.opened(
        edition,
        Call.Kind.PARTICIPANTS,
        opens=opens,
        closes=today + timedelta(days=CLOSES),
        by=players.olga,
        seats=SEATS,
    )
    cut_offs = [
        calls.add_cut_off(call=call, closes_at=evening(day), note=note, by=players.olga, at=morning(opens, 10))
        for day, note in ((first, "Answers a week later"), (today + timedelta(days=NEXT), "Answers two weeks later"))
    ]
    early, late = (rows := files.rows_of("north-edition.csv"))[:IN_TIME], rows[IN_TIME:]
    sent = [files.apply(call, row, morning(first - timedelta(days=IN_TIME - n), 9 + n)) for n, row in enumerate(early)]
    at = morning(first + timedelta(days=1))
    files.screen(call, at, players)
    fit = [
        (key, row["first"], row["second"]) for key, row in zip(sent, early, strict=True) if int(row["members"]) >= 15
    ]
    files.evaluate(call, fit, at, players)
    _choose(call, cut_offs[0], players)
    for n, row in enumerate(late):
        files.apply(call, row, morning(first + timedelta(days=2 + 4 * n), 10 + n))
    return call


def _choose(call: Call, cut_off: CutOff, players: Players) -> None:
    """Four of the first six, told ten days after their cut-off; three have answered."""
    at = cut_off.closes_at + timedelta(days=9)
    wish = limits.read({"country": {"max": 3}}, per_organisation=1)
    asked_for = selection.Settings(name="Four of the first cut-off", seats=4, seed=1, wish=wish, reserves=2)
    scenario = selection.propose(call=call, settings=asked_for, cut_off=str(cut_off.pk), by=players.olga, at=at)
    asked = selection.ask(scenario=scenario, by=players.olga, at=at)
    solved = selection.keep(scenario=asked, found=choosing.work_out_scenario(asked), by=None, at=at)
    selection.adopt(scenario=solved, by=players.olga, at=at + timedelta(hours=1))
    selection.confirm(call=call, cut_off=str(cut_off.pk), by=players.olga, at=at + timedelta(hours=2))
    work_off(at + timedelta(hours=2))
    selection.tell(call=call, cut_off=str(cut_off.pk), by=players.olga, at=at + timedelta(hours=3))
    work_off(at + timedelta(hours=3))
    for n, seat in enumerate(Seat.objects.filter(application__call=call, state="offered").order_by("pk")[:3]):
        cohort.accept(seat=seat, by=seat.person, at=at + timedelta(days=1, hours=n))
    work_off(at + timedelta(days=2))
