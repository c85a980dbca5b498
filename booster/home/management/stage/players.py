"""Who plays in the demo, and the worker that runs behind the scene."""

from dataclasses import dataclass
from datetime import datetime

from booster.academies.models import Edition
from booster.chronicle.tasks import run_errands
from booster.people import actions as people
from booster.people.models import Person
from booster.post import actions as post
from booster.post.models import Letter

CAST = {  # first letter of the name: first letter of what they do
    "olga": ("Olga Ostermann", "DE", "woman", "Organises all editions. 27 people and a host are to be chosen."),
    "ren": ("Ren Reeve", "NL", "", "Reads as an evaluator: files wait for a declaration, for marks, for a signature."),
    "paula": ("Paula Pereira", "PT", "woman", "Applied as a participant, and is asked to complete her application."),
    "pavel": ("Pavel Petrov", "BG", "man", "Took part in the 1st edition: his seat, and what was decided."),
    "hana": ("Hana Horváth", "SK", "woman", "Writes an offer to host the 3rd edition, together with a partner."),
    "petra": ("Petra Pokorná", "CZ", "woman", "Partner in Hana’s offer: her part is to be filled in and signed off."),
    "henrik": ("Henrik Holm", "DK", "man", "Hosted the 1st edition; his offer was chosen."),
    "rosa": ("Rosa Romano", "IT", "woman", "Reads the desk of the 2nd edition for the ministry, and changes nothing."),
    "otto": ("Otto Oksanen", "FI", "man", "Runs the installation: letters, errands, settings."),
}
ORDER = ("olga", "ren", "paula", "pavel", "hana", "petra", "henrik", "rosa", "otto")


@dataclass(frozen=True, slots=True)
class Players:
    olga: Person
    ren: Person
    paula: Person
    pavel: Person
    hana: Person
    petra: Person
    henrik: Person
    rosa: Person
    otto: Person


def call_in(at: datetime) -> Players:
    """Everybody whom one may sign in as, with an address that is confirmed."""
    found = {}
    for key in ORDER:
        name, country, gender, line = CAST[key]
        given, _gap, family = name.partition(" ")
        person = people.ensure_person(
            email=f"{key}@example.org", name=name, given_name=given, family_name=family, country=country,
            gender=gender, by=None, at=at,
        )  # fmt: skip
        people.confirm_address(person=person, by=person, at=at)
        found[key] = people.put_in_cast(person=person, line=line, by=None, at=at)
    people.appoint_operator(person=found["otto"], by=None, at=at)
    return Players(**found)


def release_letters(edition: Edition, at: datetime, players: Players) -> None:
    """What was written for this edition so far goes out."""
    work_off(at)
    post.release(Letter.objects.filter(edition_id=edition.pk, state="held"), by=players.olga, at=at)
    work_off(at)


def work_off(at: datetime) -> None:
    """What the worker would have done by then: reactions to all that happened, and the letters kept in the post box."""
    run_errands(at=at)
    post.keep_in_box(Letter.objects.due(at)[:500], at=at)
