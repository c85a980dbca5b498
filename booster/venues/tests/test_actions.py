from datetime import UTC, date, datetime, timedelta

import pytest

from booster.academies import actions as academies
from booster.academies.access import roles_of
from booster.academies.models import Role
from booster.applications.models import Application
from booster.chronicle.actions import record
from booster.chronicle.models import Errand, Fact
from booster.chronicle.tasks import run_errands
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.kit.moves import Stale
from booster.people.models import Person
from booster.post.models import Letter
from booster.selection import facts as selection
from booster.venues import actions, queries, reactions, tasks
from booster.venues.actions import Task
from booster.venues.models import AgreementSignature, HostTask, Room, Venue
from booster.venues.rules import RoomPlan
from booster.venues.tests import make
from conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def call(olga):
    return make.call(at=NOW, organiser=olga)


@pytest.fixture
def venue(hana, olga):
    return make.venue(hana, at=NOW, organiser=olga)


def fresh(venue):
    return queries.venues_of(venue.edition).get(pk=venue.pk)


def letters(kind):
    return sorted(Letter.objects.filter(kind=f"venues.{kind}").values_list("address", flat=True))


def sign_both(venue, hana, olga):
    actions.sign(venue=venue, side="host", revision=venue.revision, by=hana, at=NOW)
    return actions.sign(venue=venue, side="organiser", revision=venue.revision, by=olga, at=NOW)


def tell(offer, outcome="chosen"):
    record(selection.TOLD, thing=offer, by=None, at=NOW, outcome=outcome, rank=1)
    run_errands(at=NOW)


def test_a_chosen_offer_becomes_a_venue_with_rooms_tasks_agreement_and_hosts(call, hana, pavel, sana):
    offer = make.offer(call, hana, at=NOW)
    make.partner(offer, pavel)
    make.partner(offer, sana, state="left")
    tell(offer)
    venue = Venue.objects.get()
    assert (venue.name, venue.host, venue.city, venue.state) == (
        "Mill Hall", "Technical University of Žilina", "Žilina", "proposed",
    )  # fmt: skip
    assert [(room.name, room.cabaret, room.minutes) for room in venue.rooms.all()] == [
        ("Plenary", 60, None),
        ("Attic", 8, 2),
    ]
    assert venue.tasks.get(title="Measure the wireless network").due_on == date(2023, 1, 1)
    assert venue.tasks.count() == 14
    assert {person.email for person in queries.hosts_of(call.edition_id)} == {hana.email, pavel.email}
    assert letters("chosen") == [hana.email, pavel.email]
    assert "/l/" in Letter.objects.filter(kind="venues.chosen").first().body


def test_the_agreement_says_what_the_offer_says(venue):
    text = venue.agreement
    for line in (
        "# Hosting Edition cba-1", "Technical University of Žilina, called the host",
        "from 2 March 2023 to 3 March 2023",
        "Plenary: 60 seats at round tables", "carries 250 devices at once", "The rooms, free of charge.",
        "Lunch and breaks on each day, at the price named in the offer.", "45 hotel rooms held", "at most 1800 euro",
        "A study visit: The foundry.", "Free until 30 days before.", "Regulation (EU) 2016/679 applies to both sides.",
    ):  # fmt: skip
        assert line in text
    assert "Cancelling" in text
    assert "logo" in text
    assert "not paid for" in text


def test_an_agreement_without_days_or_figures_reads_well(hana):
    bare = {key: None for key in make.OFFER if key not in ("venue_name", "organisation_name")}
    call = make.call(at=NOW, legs=make.editions.FIRST_EDITION[:1])
    academy = call.edition.academy
    academy.operator, academy.regime = "EISMEA", "eudpr"
    academy.save()
    venue = actions.adopt(application=make.offer(call, hana, at=NOW, **bare), by=None, at=NOW)
    assert "(EISMEA)" in venue.agreement
    assert "Regulation (EU) 2018/1725" in venue.agreement
    assert "two devices a person" in venue.agreement
    assert "None" not in venue.agreement
    assert set(venue.tasks.values_list("due_on", flat=True)) == {None}


def test_telling_twice_makes_one_venue_and_one_letter(call, hana):
    offer = make.offer(call, hana, at=NOW)
    tell(offer)
    tell(offer)
    assert Venue.objects.count() == 1
    assert actions.adopt(application=offer, by=None, at=NOW) == Venue.objects.get()
    assert letters("chosen") == [hana.email]


def test_others_than_the_chosen_offer_become_nothing(call, hana, olga):
    reserve = make.offer(call, hana, at=NOW)
    tell(reserve, "reserve")
    tell(call.edition, "chosen")  # a fact about another kind of thing
    withdrawn = make.offer(call, hana, at=NOW, reference="V-0002")
    withdrawn.state = "withdrawn"
    withdrawn.save()
    tell(withdrawn)
    assert not Venue.objects.exists()
    assert not Errand.objects.filter(state="given_up").exists()
    with pytest.raises(Refused, match="Only an offer that was sent"):
        actions.adopt(application=withdrawn, by=olga, at=NOW)


def test_a_second_chosen_offer_waits_until_the_first_venue_is_given_up(venue, pavel, olga):
    second = make.offer(venue.application.call, pavel, at=NOW, reference="V-0002")
    tell(second)
    assert Venue.objects.count() == 1
    with pytest.raises(Refused, match="has a venue already"):
        actions.adopt(application=second, by=olga, at=NOW)
    actions.step_back(venue=venue, side="host", reason="Flooded.", by=olga, at=NOW)
    assert actions.adopt(application=second, by=olga, at=NOW).state == "proposed"


def test_an_offer_without_words_takes_its_title(call):
    offer = make.offer(call, None, at=NOW, venue_name="", organisation_name="", city=None, reach=None)
    offer.title = "Somewhere"
    venue = actions.adopt(application=offer, by=None, at=NOW)
    assert (venue.name, venue.host, venue.city, venue.getting_there) == ("Somewhere", "Somewhere", "", "")
    assert queries.hosts_of(call.edition_id) == []


def test_both_signatures_make_it_agreed_and_everybody_hears(venue, hana, olga):
    actions.sign(venue=venue, side="host", revision=1, by=hana, at=NOW)
    run_errands(at=NOW)
    assert (venue.state, letters("your_turn")) == ("proposed", [olga.email])
    assert venue.tasks.get(key="sign").done_by == hana
    actions.sign(venue=venue, side="organiser", revision=1, by=olga, at=NOW)
    run_errands(at=NOW)
    assert (fresh(venue).state, letters("agreed")) == ("agreed", sorted([hana.email, olga.email]))
    with pytest.raises(NotNow, match="Both sides have signed"):
        actions.sign(venue=venue, side="host", revision=1, by=hana, at=NOW)
    with pytest.raises(NotNow, match="cannot be changed any more"):
        actions.rewrite(venue=venue, agreement="Other.", revision=1, by=olga, at=NOW)


def test_nobody_signs_twice_for_both_sides_or_for_a_third(venue, hana):
    with pytest.raises(Refused, match="two sides"):
        actions.sign(venue=venue, side="public", revision=1, by=hana, at=NOW)
    actions.sign(venue=venue, side="organiser", revision=1, by=hana, at=NOW)
    with pytest.raises(NotNow, match="Your side has signed"):
        actions.sign(venue=venue, side="organiser", revision=1, by=hana, at=NOW)
    with pytest.raises(Refused, match="somebody else has to sign"):
        actions.sign(venue=venue, side="host", revision=1, by=hana, at=NOW)


def test_a_change_after_one_signature_makes_it_void_and_says_so(venue, hana, olga):
    actions.sign(venue=venue, side="host", revision=1, by=hana, at=NOW)
    run_errands(at=NOW)
    actions.rewrite(venue=venue, agreement="# New\r\nText", revision=1, by=olga, at=NOW)
    run_errands(at=NOW)
    assert (venue.revision, venue.agreement) == (2, "# New\nText\n")
    assert letters("changed") == [hana.email]
    assert venue.tasks.get(key="sign").done_at is None
    assert [one.stands for one in queries.signatures_of(venue)] == [False]
    assert queries.signed_sides(venue) == set()
    actions.sign(venue=venue, side="organiser", revision=2, by=olga, at=NOW)
    assert venue.state == "proposed"
    actions.sign(venue=venue, side="host", revision=2, by=hana, at=NOW)
    assert venue.state == "agreed"
    assert AgreementSignature.objects.count() == 3


def test_what_was_read_is_what_is_signed(venue, hana, olga):
    before = fresh(venue)
    actions.rewrite(venue=venue, agreement="Other.", revision=1, by=olga, at=NOW)
    with pytest.raises(Stale):
        actions.sign(venue=before, side="host", revision=1, by=hana, at=NOW)
    with pytest.raises(Stale):
        actions.rewrite(venue=before, agreement="Third.", revision=1, by=olga, at=NOW)
    assert not AgreementSignature.objects.exists()


def test_the_same_text_again_changes_nothing(venue, olga):
    actions.rewrite(venue=venue, agreement=f" {venue.agreement}", revision=1, by=olga, at=NOW)
    assert venue.revision == 1
    assert not Fact.objects.filter(kind="venues.rewritten").exists()


def test_a_letter_that_asks_for_a_signature_is_not_written_when_things_went_on(venue, hana, olga):
    sign_both(venue, hana, olga)
    run_errands(at=NOW)
    assert letters("your_turn") == []
    for reaction in (reactions.write_chosen, reactions.write_changed, reactions.write_agreed):
        reaction(Fact(kind="x", thing_id=999_999, payload={"revision": 2}), at=NOW)
    reactions.write_your_turn(Fact(kind="x", thing_id=999_999, payload={}), at=NOW)
    reactions.write_stepped_back(Fact(kind="x", thing_id=999_999, payload={}), at=NOW)
    assert letters("agreed") == sorted([hana.email, olga.email])


def test_the_host_is_asked_when_the_organisers_sign_first(venue, hana, olga):
    actions.sign(venue=venue, side="organiser", revision=1, by=olga, at=NOW)
    run_errands(at=NOW)
    assert letters("your_turn") == [hana.email]


def test_stepping_back_ends_the_role_and_tells_both_sides_why(venue, hana, olga):
    with pytest.raises(Refused, match="Say why"):
        actions.step_back(venue=venue, side="host", reason="  ", by=hana, at=NOW)
    actions.step_back(venue=venue, side="host", reason=" The roof leaks. ", by=hana, at=NOW)
    run_errands(at=NOW)
    assert (venue.edition_id, "host") not in roles_of(Person.objects.get(pk=hana.pk))
    assert (letters("stepped_back"), letters("released")) == ([olga.email], [hana.email])
    assert "The roof leaks." in Letter.objects.get(kind="venues.stepped_back").body
    assert "/editions/cba-1/venue/" in Letter.objects.get(kind="venues.stepped_back").body
    with pytest.raises(NotNow):
        actions.step_back(venue=venue, side="host", reason="Again.", by=hana, at=NOW)


def test_a_place_is_ready_when_everything_before_the_days_is_done(venue, hana, olga):
    sign_both(venue, hana, olga)
    with pytest.raises(Refused, match="Tasks are still open"):
        actions.prepare(venue=venue, by=olga, at=NOW)
    bill = venue.tasks.get(title="Send the bill and the figures")
    for task in venue.tasks.filter(done_at=None).exclude(pk=bill.pk):
        actions.finish_task(task=task, by=hana, at=NOW)
    assert actions.prepare(venue=venue, by=olga, at=NOW).state == "ready"


def test_the_description_is_written_only_when_it_differs(venue, hana):
    actions.describe(venue=venue, name="Mill Hall", about="", by=hana, at=NOW)
    assert not Fact.objects.filter(kind="venues.described").exists()
    actions.describe(venue=venue, name="The Mill", about="A mill.", by=hana, at=NOW)
    assert (fresh(venue).name, fresh(venue).about) == ("The Mill", "A mill.")


def test_rooms_are_added_changed_and_removed(venue, hana):
    yard = actions.set_room(venue=venue, plan=RoomPlan("Yard", theatre=30), by=hana, at=NOW)
    assert yard.position == 2
    actions.set_room(venue=venue, plan=RoomPlan("Yard", theatre=25), room=yard, by=hana, at=NOW)
    with pytest.raises(Refused, match="has that name"):
        actions.set_room(venue=venue, plan=RoomPlan("Attic"), room=yard, by=hana, at=NOW)
    with pytest.raises(Refused, match="has that name"):
        actions.set_room(venue=venue, plan=RoomPlan("Yard"), by=hana, at=NOW)
    assert Room.objects.get(pk=yard.pk).theatre == 25
    for room in list(venue.rooms.all()):
        actions.remove_room(room=room, by=hana, at=NOW)
    assert actions.set_room(venue=venue, plan=RoomPlan("First"), by=hana, at=NOW).position == 0


def test_tasks_are_set_finished_taken_up_again_and_removed(venue, hana, olga):
    new = actions.set_task(venue=venue, task=Task(title="Flags", owner="host"), by=olga, at=NOW)
    known = actions.set_task(
        venue=venue, task=Task(title="Flags", owner="organiser", due_on=date(2023, 2, 1)), known=new, by=olga, at=NOW
    )
    assert (known.pk, known.owner) == (new.pk, "organiser")
    twin = HostTask.objects.get(pk=new.pk)
    with pytest.raises(Stale, match="open already"):
        actions.reopen_task(task=known, by=olga, at=NOW)
    actions.finish_task(task=known, by=olga, at=NOW)
    with pytest.raises(Stale):
        actions.finish_task(task=twin, by=hana, at=NOW)
    assert HostTask.objects.get(pk=new.pk).done_by == olga
    actions.reopen_task(task=known, by=olga, at=NOW)
    actions.remove_task(task=known, by=olga, at=NOW)
    assert venue.tasks.count() == 14


def test_only_a_signature_finishes_the_task_to_sign(venue, hana):
    with pytest.raises(Refused, match="Sign the agreement"):
        actions.finish_task(task=venue.tasks.get(key="sign"), by=hana, at=NOW)
    with pytest.raises(Refused, match="this task stays"):
        actions.remove_task(task=venue.tasks.get(key="sign"), by=hana, at=NOW)
    actions.sign(venue=venue, side="host", revision=1, by=hana, at=NOW)
    with pytest.raises(Refused, match="when the agreement changes"):
        actions.reopen_task(task=venue.tasks.get(key="sign"), by=hana, at=NOW)


MONDAY = datetime(2022, 11, 28, 9, 0, tzinfo=UTC)  # tasks of day -90 and before are late, nothing is due this week


def test_on_mondays_each_side_reads_once_what_is_late_and_due(venue, hana):
    for early in (MONDAY - timedelta(hours=4), MONDAY + timedelta(days=1)):
        assert tasks.remind_of_week(at=early) == 0
    actions.set_task(venue=venue, task=Task(title="Flags", owner="host", due_on=date(2022, 12, 4)), by=hana, at=NOW)
    actions.set_task(venue=venue, task=Task(title="Next week", owner="host", due_on=date(2022, 12, 5)), by=hana, at=NOW)
    assert tasks.remind_of_week(at=MONDAY) == 1
    assert tasks.remind_of_week(at=MONDAY + timedelta(hours=5)) == 0
    letter = Letter.objects.get(kind="venues.week")
    assert (letter.address, letter.state) == (hana.email, "released")
    assert "Late:\n- Read and sign the agreement (Wed 2 Nov 2022)" in letter.body
    assert "Due this week:\n- Hold beds in three price bands (Fri 2 Dec 2022)\n- Flags (Sun 4 Dec 2022)" in letter.body
    assert "Next week" not in letter.body
    assert tasks.remind_of_week(at=MONDAY + timedelta(days=7)) == 1


def test_the_day_before_whoever_owns_the_task_is_reminded_once(venue, hana, olga):
    eve = datetime(2023, 1, 15, 8, 0, tzinfo=UTC)  # 46 days before; the organisers send the programme on the 16th
    assert tasks.remind_of_tomorrow(at=eve) == 1
    assert tasks.remind_of_tomorrow(at=eve) == 0
    letter = Letter.objects.get(kind="venues.tomorrow")
    assert (letter.address, "Send the programme" in letter.body) == (olga.email, True)
    assert f"/venues/{venue.pk}/" in letter.body


def test_a_host_who_has_said_no_language_reads_that_of_the_offer(venue, olga):
    Application.objects.filter(pk=venue.application_id).update(language="de")
    letters = Letter.objects.exclude(kind="venues.chosen")
    assert tasks.remind_of_week(at=MONDAY) == 1
    assert tasks.remind_of_tomorrow(at=datetime(2023, 1, 15, 8, 0, tzinfo=UTC)) == 1  # the organisers' own task
    assert dict(letters.values_list("kind", "language")) == {"venues.week": "de", "venues.tomorrow": "en"}
    assert "2. November 2022)" in letters.get(kind="venues.week").body.replace("Nov.", "November")


def test_nobody_is_reminded_for_a_place_that_was_given_up(venue, olga):
    actions.step_back(venue=venue, side="organiser", reason="No.", by=olga, at=NOW)
    assert tasks.remind_of_week(at=MONDAY) == 0


def test_a_side_without_people_gets_no_reminder(call):
    actions.adopt(application=make.offer(call, None, at=NOW), by=None, at=NOW)
    assert tasks.remind_of_week(at=MONDAY) == 0


def test_a_host_appointed_later_gets_the_letters_too(venue, pavel):
    academies.appoint(edition=venue.edition, person=pavel, role=Role.HOST, by=None, at=NOW)
    assert tasks.remind_of_week(at=MONDAY) == 2
