from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from booster.applications.rules.entries import Entry, RowProblem, Sent, superseded
from booster.calls.rules.templates import PARTICIPANTS, VENUES
from booster.intake.rules import answers as reading
from booster.intake.rules.answers import answers_of, read_sheet, with_lines
from booster.intake.rules.columns import aliases
from booster.kit.sheets import Sheet
from booster.questions.rules.questions import parse

DEADLINE = datetime(2022, 10, 24, 16, 0, tzinfo=UTC)
FORM = parse(PARTICIPANTS.sections)
OFFER = parse(VENUES.sections)
HEADS = ("ID", "Created", "Changed", "Lang", "Mail", "Years")
COLUMNS = {"id": 0, "created": 1, "changed": 2, "language": 3, "email": 4, "years": 5}


def sheet(*rows: tuple, headers: tuple = HEADS) -> Sheet:
    cells = [(n, {i: v for i, v in enumerate(row) if v is not None}) for n, row in enumerate(rows, start=2)]
    return Sheet("Sheet", 1, headers, tuple(cells), ())


def read(*rows: tuple, file_zone: str = "UTC", headers: tuple = HEADS) -> reading.Reading:
    return read_sheet(FORM, sheet(*rows, headers=headers), COLUMNS, file_zone=file_zone)


# ------------------------------------------------------------------------------------------------ rows


def test_a_row_becomes_an_entry_with_its_own_id_and_moments():
    found = read(("001-7", "24/10/2022 16:00", "25/10/2022 09:30", "EN-gb", " Ana@Example.org ", "about 7"))
    assert found.problems == []
    assert found.entries == [
        Entry(
            row=2,
            id="001-7",
            submitted_at=DEADLINE,
            changed_at=datetime(2022, 10, 25, 9, 30, tzinfo=UTC),
            language="en",
            answers={"email": "ana@example.org", "years": 7},
            address="ana@example.org",
        )
    ]


def test_a_change_before_the_sending_counts_as_the_sending():
    [entry] = read(("1", "24/10/2022 16:00", "20/10/2022 09:30", "", "a@example.org", None)).entries
    assert entry.changed_at == entry.submitted_at == DEADLINE
    assert entry.language == "en"


def test_without_a_date_of_creation_the_last_change_counts_as_the_sending():
    [entry] = read(("1", None, "20/10/2022 09:30", "", "a@example.org", None)).entries
    assert entry.submitted_at == datetime(2022, 10, 20, 9, 30, tzinfo=UTC)


def test_the_zone_of_the_header_goes_before_that_of_the_file():
    named = ("ID", "Created (Brussels time)", "Changed", "Lang", "Mail", "Years")
    row = ("1", "24/10/2022 18:00", None, "", "a@example.org", None)
    assert read(row, headers=named).entries[0].submitted_at == DEADLINE
    assert read(row, file_zone="Europe/Brussels").entries[0].submitted_at == DEADLINE
    assert read(row).entries[0].submitted_at == datetime(2022, 10, 24, 18, 0, tzinfo=UTC)


def test_rows_without_id_or_date_are_refused_with_the_reason_and_empty_rows_passed_over():
    found = read(
        (None, "24/10/2022 16:00", None, "", "a@example.org", None),
        ("2", "yesterday", None, "", "b@example.org", None),
        (" ", "\u200b", None, None, None, None),
        ("3", None, None, "", "c@example.org", None),
    )
    assert found.entries == []
    assert [(p.row, p.id, p.field, p.refused) for p in found.problems] == [
        (2, "", "id", True),
        (3, "2", "created", False),
        (3, "2", "created", True),
        (5, "3", "created", True),
    ]


def test_an_id_twice_counts_once_and_with_other_answers_the_later_row_is_refused():
    row = ("1", "24/10/2022 16:00", None, "", "a@example.org", 4)
    found = read(row, row, (*row[:5], 5))
    assert [(entry.row, entry.answers["years"]) for entry in found.entries] == [(2, 4)]
    assert found.problems == [RowProblem(4, "1", "id", "Row 2 has the same id with other answers.", refused=True)]


def test_what_does_not_fit_is_kept_as_it_was_written_and_told():
    found = read(("1", "24/10/2022 16:00", None, "", "ana at home", "a long while"))
    assert found.entries[0].answers == {"email": "ana at home", "years": "a long while"}
    assert found.entries[0].address == ""
    assert [(p.row, p.id, p.field) for p in found.problems] == [(2, "1", "email"), (2, "1", "years")]


def test_ids_are_cut_to_what_fits_and_hidden_characters_leave_them():
    found = read((f"\u200b\u202e{'9' * 60}", "24/10/2022 16:00", None, "", "a@example.org", None))
    assert found.entries[0].id == "9" * 40


# --------------------------------------------------------------------------------------------- answers


def test_six_thousand_characters_stay_and_are_told():
    answers, problems = answers_of(FORM, {"challenge": "x" * 6000})
    assert len(answers["challenge"]) == 6000
    assert [problem.key for problem in problems] == ["challenge"]


def test_formulas_and_scripts_stay_text_and_hidden_characters_go():
    answers, problems = answers_of(
        FORM, {"challenge": "=1+1", "goal": "<script>alert(1)</script>", "city": "\u202eAth\u200bens\u202c"}
    )
    assert answers == {"challenge": "=1+1", "goal": "<script>alert(1)</script>", "city": "Athens"}
    assert problems == []


def test_several_values_of_one_cell_are_parted_at_semicolons_bars_and_lines():
    options = [option.label for option in FORM.questions["topics"].options][:3]
    values = [option.value for option in FORM.questions["topics"].options][:3]
    for between in (";", "|", "\n"):
        answers, problems = answers_of(FORM, {"topics": f" {between} ".join(options)})
        assert (answers["topics"], problems) == (values, [])


def test_partners_are_read_from_one_cell_and_imply_the_offer_together():
    answers, _problems = answers_of(OFFER, {"partners": "City of Porto: premises; Port Authority"})
    assert [line["name"] for line in answers["partners"]] == ["City of Porto", "Port Authority"]
    assert answers["partners"][0]["part"] == "premises"
    assert answers["consortium"] is True


def test_what_the_file_says_of_the_offer_together_is_not_overruled():
    answers, _problems = answers_of(OFFER, {"partners": "City of Porto: premises", "consortium": "No"})
    assert answers["consortium"] is False


def test_parts_of_a_person_come_from_their_own_columns():
    answers, _problems = answers_of(OFFER, {"contact.name": "Hana Horváth", "contact.email": "hana@example.org"})
    assert answers["contact"]["name"] == "Hana Horváth"
    assert answers["contact"]["email"] == "hana@example.org"


def test_a_table_in_a_single_cell_is_no_table():
    answers, problems = answers_of(OFFER, {"rooms": "Great hall, 60 seats"})
    assert (answers, problems) == ({}, [])


def test_dates_are_taken_as_people_type_them():
    assert reading.cell(datetime(2022, 1, 2, 3, 4)) == "2022-01-02T03:04:00"
    assert reading.cell(3) == 3


def test_the_address_of_an_offer_is_that_of_its_contact():
    columns = {"id": 0, "created": 1, "contact.email": 2}
    found = read_sheet(
        OFFER, sheet(("1", "24/10/2022", "Hana@Example.org"), headers=("ID", "Created", "Mail")), columns,
        file_zone="UTC",
    )  # fmt: skip
    assert found.entries[0].address == "hana@example.org"


def test_lines_of_another_sheet_join_the_answer_that_they_name():
    entries = [Entry(2, "1", DEADLINE, DEADLINE, "en"), Entry(3, "2", DEADLINE, DEADLINE, "en")]
    lines = {"1": [{"name": "Plenary", "cabaret": "about 50", "theatre": 90}], "9": [{"name": "Nobody's"}]}
    found = with_lines(entries, "rooms", lines, OFFER.questions["rooms"])
    assert found.problems == []
    assert found.entries[0].answers["rooms"][0]["cabaret"] == 50
    assert "rooms" not in found.entries[1].answers


def test_lines_that_cannot_be_read_are_told_with_the_row_of_their_answer():
    entries = [Entry(7, "1", DEADLINE, DEADLINE, "en")]
    found = with_lines(entries, "rooms", {"1": [{"name": "Plenary", "cabaret": "loads"}]}, OFFER.questions["rooms"])
    assert [(p.row, p.id, p.field) for p in found.problems] == [(7, "1", "rooms")]


def test_every_question_but_files_has_a_header_that_it_is_known_by():
    wanted = reading.spellings(OFFER)
    assert wanted["contact.email"][0] == "Contact person E-mail address"
    assert "book_rooms.plenary" in wanted
    assert "letters" not in wanted
    assert aliases("no such field") == ()


# -------------------------------------------------------------------------------------- who wrote twice

answer = st.builds(
    lambda person, minutes: (f"p{person}", DEADLINE + timedelta(minutes=minutes)),
    st.integers(0, 4),
    st.integers(-40, 20),
)


@given(st.lists(answer, max_size=25), st.randoms(use_true_random=False))
def test_of_one_persons_answers_at_most_one_counts_whatever_the_order(answers, dice):
    sent = [Sent(f"{number:03}", person, at) for number, (person, at) in enumerate(answers)]
    replaced = superseded(sent, deadline_at=DEADLINE)
    shuffled = list(sent)
    dice.shuffle(shuffled)
    assert superseded(shuffled, deadline_at=DEADLINE) == replaced
    by_id = {one.id: one for one in sent}
    for person in {one.person for one in sent}:
        in_time = [one for one in sent if one.person == person and one.submitted_at <= DEADLINE]
        standing = [one for one in in_time if one.id not in replaced]
        assert len(standing) == min(1, len(in_time))
        assert all(one.submitted_at <= standing[0].submitted_at for one in in_time)
    for old, new in replaced.items():
        assert by_id[old].person == by_id[new].person
        assert new not in replaced
        assert by_id[new].submitted_at >= by_id[old].submitted_at
        if by_id[old].submitted_at <= DEADLINE:
            assert by_id[new].submitted_at <= DEADLINE


def test_a_late_answer_replaces_none_in_time_and_is_not_replaced_itself():
    early = Sent("1", "p", DEADLINE - timedelta(days=1))
    late = Sent("2", "p", DEADLINE + timedelta(minutes=1))
    later = Sent("3", "p", DEADLINE + timedelta(minutes=2))
    assert superseded([late, early], deadline_at=DEADLINE) == {}
    assert superseded([late, later], deadline_at=DEADLINE) == {}


def test_of_two_at_the_same_moment_the_later_id_counts():
    sent = [Sent("b", "p", DEADLINE), Sent("a", "p", DEADLINE)]
    assert superseded(sent, deadline_at=DEADLINE) == {"a": "b"}
