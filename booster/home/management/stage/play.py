"""The editions one after the other, in one transaction: the whole demo or nothing."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from booster.academies import actions as academies
from booster.academies.models import Academy
from booster.home.management.stage import calling, choosing, north, past
from booster.home.management.stage.days import Days, days_from
from booster.home.management.stage.players import CAST, ORDER, Players, call_in, work_off

CAST_TEXT = "\n".join(f"  {CAST[key][0]:<16} {CAST[key][3]}" for key in ORDER)
NOTICE = """\
We keep what you write for the purpose of the call that you answer to, show it to those who decide on it, and delete it
when its time is over. You may see, correct and take away your data at any time: write to academy@example.org.
"""


def build(today: datetime) -> Iterator[str]:
    """Fill the empty database as of ``today`` (aware); yields a line when a part begins. Nothing
    holds before the end."""
    with transaction.atomic():
        when = days_from(today)
        yield "The cast and the academy"
        players = call_in(when.ago(800))
        academy = _found(when, players)
        yield from _past(academy, when, players)
        yield from _choosing(academy, when, players)
        yield from _calling(academy, when, players)
        yield "North: a call for participants with cut-offs, the first of them decided"
        north.participants(north.plan(academy, when, players), when, players)
        work_off(when.today)


def _found(when: Days, players: Players) -> Academy:
    return academies.found(
        name="Cluster Booster Academy", slug="cba", operator="Cluster Academy Team", contact="academy@example.org",
        summary="Managers of industrial clusters learn with and from each other, online and in person.",
        privacy_notice=NOTICE, by=players.olga, at=when.ago(790),
    )  # fmt: skip


def _past(academy: Academy, when: Days, players: Players) -> Iterator[str]:
    edition = past.build(academy, when, players)
    yield "1st edition: three offers, a host"
    past.venues(edition, when, players)
    yield "1st edition: 34 applications, 21 people, and what became of it"
    past.participants(edition, when, players)
    past.close(edition, when, players)


def _choosing(academy: Academy, when: Days, players: Players) -> Iterator[str]:
    edition = choosing.plan(academy, when, players)
    yield "2nd edition: nine offers from a file, read by two evaluators"
    choosing.venues(edition, when, players)
    yield "2nd edition: 187 applications, 186 of them from a file, with 338 evaluations"
    call = choosing.participants(edition, when, players)
    choosing.third_readings(call, when, players)
    choosing.ask_and_remind(call, when, players)
    yield "2nd edition: a selection of 27, worked out"
    choosing.try_out(call, when, players)


def _calling(academy: Academy, when: Days, players: Players) -> Iterator[str]:
    yield "3rd edition: its call for venues, open, with questions and offers"
    edition = calling.plan(academy, when, players)
    calling.venues(edition, when, players)
    calling.participants(edition, when, players)
