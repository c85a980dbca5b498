from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booster.craft import reading as plain

BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.mark.parametrize(
    "typed, cleaned",
    [
        (None, ""),
        (16, "16"),
        (3.0, "3"),
        (0.25, "0.25"),
        (" raul.62@example.org", "raul.62@example.org"),
        ("TEXTILE CLUSTER CHODOV ", "TEXTILE CLUSTER CHODOV"),
        ("Zu viel 🚀 — «und» ‘quotes’\u200b\xa0 x", "Zu viel 🚀 — «und» ‘quotes’  x"),
        ("\ufeffName\u00ad of\u202e it\u2066", "Name of it"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\tb\x00c\x07d", "a bcd"),
        ("e\u0301", "é"),
        ("👩\u200d💻 and f\u200di", "👩\u200d💻 and fi"),
        ("\ud800broken\uffff", "broken"),
        ("\u3000\u2009", ""),
    ],
)
def test_cleaning_keeps_what_can_be_seen(typed, cleaned):
    assert plain.clean(typed) == cleaned


@pytest.mark.parametrize(
    "typed, folded",
    [
        ("Ελλάδα", "ελλαδα"),
        ("ΕΛΛΆΣ", "ελλασ"),
        ("Łódź & Straße", "lodz and strasse"),
        ("Bistriţa", "bistrita"),
        ("Bistrița", "bistrita"),
        ("  Proximity &  social-economy!", "proximity and social economy"),
        ("İstanbul ı Ærø Đakovo", "istanbul i aero dakovo"),
        ("ﬁ ½", "fi 1 2"),
        ("Михайлина", "михаилина"),
        (None, ""),
    ],
)
def test_folding_forgets_accents_case_and_punctuation(typed, folded):
    assert plain.fold(typed) == folded


@settings(deadline=None)
@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert plain.clean(plain.clean(text)) == plain.clean(text)


@settings(deadline=None)
@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert plain.fold(plain.fold(text)) == plain.fold(text)


@settings(deadline=None)
@given(st.text())
def test_invisible_characters_never_change_the_fold(text):
    assert plain.fold("\u200b".join(plain.clean(text))) == plain.fold(plain.clean(text)) or "\u200d" in text


def test_a_latin_letter_hidden_in_a_greek_word_is_seen_through():
    assert "Aττική" != "Αττική"
    assert plain.skeleton("Aττική") == plain.skeleton("Αττική")


@pytest.mark.parametrize(
    "one, other, near",
    [
        ("germany", "germany", True),
        ("germany", "gremany", True),
        ("germany", "germny", True),
        ("germany", "germanyy", True),
        ("germany", "garmany", True),
        ("germany", "gramny", False),
        ("a", "", True),
        ("", "", True),
        ("ab", "ba", True),
        ("slovenia", "slovakia", False),
    ],
)
def test_one_slip_is_one_letter(one, other, near):
    assert plain.one_slip(one, other) is near
    assert plain.one_slip(other, one) is near


@pytest.mark.parametrize(
    "text, words",
    [("Zu viel, zu schnell 🚀 — «und» ‘quotes’\u200b\xa0 xxxx", 7), ("", 0), ("— – …", 0), ("a\nb\tc", 3)],
)
def test_words_are_counted_as_a_person_counts(text, words):
    assert plain.word_count(text) == words


@pytest.mark.parametrize(
    "typed, number",
    [
        (16, 16),
        (3.0, 3),
        ("1.250", 1250),
        ("1,250", 1250),
        ("1'250", 1250),
        ("1’250", 1250),
        ("12 000", 12000),
        ("12\u202f000", 12000),
        ("1.250.000", 1250000),
        ("1.250,00", 1250),
        ("12.0", 12),
        ("about 7", 7),
        ("about\xa07", 7),
        ("ca. 15", 15),
        ("ca.15", 15),
        ("a dozen", 12),
        ("120 entities", 120),
        ("etwa 15", 15),
        ("~20", 20),
        ("15+", 15),
        (">15", 15),
        ("over 100 members", 100),
        ("5 (five)", 5),
        ("seven", 7),
        ("none", 0),
        ("10-12", 10),
        ("10 – 12 members", 10),
        ("between 10 and 12", 10),
        ("1 250 - 1 300", 1250),
        ("€ 8,000", 8000),
        ("12 000.-", 12000),
        ("60 m2", 60),
        ("-5", -5),
        ("１２", 12),
        ("2022_", 2022),
        (None, None),
        ("", None),
        ("n/a", None),
        ("–", None),
    ],
)
def test_whole_numbers_are_read_as_people_write_them(typed, number):
    assert plain.whole_number(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        "1.25",
        3.5,
        "0.500",
        "<15",
        "up to 15",
        "under 15",
        "max. 15",
        "7 of 12",
        "2 members and 3",
        "1.2.3",
        "12-10",
        "1-2-3",
        "1 million",
        "many",
        "=1+1",
        "#REF!",
        "#N/A",
        True,
        datetime(2022, 10, 19),
        float("nan"),
        float("inf"),
        "9" * 30,
        "1/0x",
        "12,34,567",
        "x" * 6000,
    ],
)
def test_what_is_no_whole_number_is_refused_with_a_sentence(typed):
    with pytest.raises(plain.Unclear) as refused:
        plain.whole_number(typed)
    assert str(refused.value).endswith(".")
    assert len(str(refused.value)) < 200


@settings(deadline=None)
@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_every_integer_is_read_back_however_it_is_grouped(number):
    assert plain.whole_number(number) == number
    assert plain.whole_number(str(number)) == number
    for mark in ",. '\u202f":
        assert plain.whole_number(f"{number:,}".replace(",", mark)) == number


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_text_breaks_the_readers(text):
    for reader in (plain.whole_number, plain.decimal_number, plain.day, lambda t: plain.moment(t, UTC)):
        with suppress(plain.Unclear):
            reader(text)
    assert plain.yes_no(text) in (True, False, None)


@pytest.mark.parametrize(
    "typed, number",
    [
        (0.25, 0.25),
        ("0,5", 0.5),
        ("0.500", 0.5),
        ("2.0 FTE", 2.0),
        ("0,5 VZÄ", 0.5),
        ("about 0.4", 0.4),
        ("approx. 0,25 FTE", 0.25),
        (".5", 0.5),
        ("5.", 5.0),
        ("½", 0.5),
        ("1½", 1.5),
        ("1 1/2", 1.5),
        ("3/4", 0.75),
        ("half", 0.5),
        ("80 %", 0.8),
        ("1.250", 1.25),
        ("1.250,5", 1250.5),
        ("1,250.5", 1250.5),
        ("12 000,5", 12000.5),
        ("2-3 FTE", 2.0),
        ("-9.05095", -9.05095),
        ("48.8412", 48.8412),
        ("", None),
    ],
)
def test_decimal_numbers_are_read_as_people_write_them(typed, number):
    assert plain.decimal_number(typed) == pytest.approx(number)


@pytest.mark.parametrize("typed", ["less than 1", "0.5.5", "1 to 2 to 3", "full", "2 or 3", False, "0.5 or so"])
def test_what_is_no_decimal_number_is_refused(typed):
    with pytest.raises(plain.Unclear):
        plain.decimal_number(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "Yes",
        " yes\u200b",
        "Y",
        True,
        1,
        1.0,
        "1.0",
        "true",
        "x",
        "✓",
        "✔️",
        "oui",
        "Ja",
        "sí",
        "Sì",
        "tak",
        "ano",
        "igen",
        "kyllä",
        "jah",
        "taip",
        "evet",
        "da",
        "Да",
        "ναι",
        "NAI",
        "sim",
        "Yes, I agree",
        "I agree",
        "I consent",
        "yes, both days",
        "Yes please",
        "oui / yes",
        "[x]",
        "wahr",
        "I can attend both days",
        "My organisation agrees",
        "I have read the privacy notice and consent",
        "Ja, ich stimme zu",
    ],
)
def test_a_yes_in_any_language_is_yes(typed):
    assert plain.yes_no(typed) is True


@pytest.mark.parametrize(
    "typed",
    [
        "No",
        "n",
        False,
        0,
        "0",
        "false",
        "nein",
        "non",
        "nie",
        "não",
        "όχι",
        "ΟΧΙ",
        "нет",
        "☐",
        "✗",
        "No, only online",
        "I do not agree",
        "I don’t agree",
        "not",
        "[ ]",
        "I cannot attend",
        "I disagree",
        "My organisation does not agree",
        "Nein / no",
        "falsch",
        "not agreed",
    ],
)
def test_a_no_in_any_language_is_no(typed):
    assert plain.yes_no(typed) is False


@pytest.mark.parametrize(
    "typed",
    [
        None,
        "",
        "  ",
        "maybe",
        "n/a",
        "Yes, but only day 1",
        "Yes if my board agrees",
        "yes / no",
        "Yes and no",
        "yes?",
        "not sure",
        "Not sure yet",
        "I can attend day one",
        "I agree with day one",
        "Yes, online",
        "I can attend online",
        "both",
        "I agree not",
        "No problem",
        "perhaps",
        "2",
        "i",
    ],
)
def test_what_is_neither_stays_open(typed):
    assert plain.yes_no(typed) is None


@pytest.mark.parametrize(
    "typed, moment",
    [
        ("19/10/2022 02:42", datetime(2022, 10, 19, 2, 42, tzinfo=BRUSSELS)),
        ("19/10/2022 02:42:11", datetime(2022, 10, 19, 2, 42, 11, tzinfo=BRUSSELS)),
        ("19.10.22 2:42", datetime(2022, 10, 19, 2, 42, tzinfo=BRUSSELS)),
        ("19-Oct-2022 02:42", datetime(2022, 10, 19, 2, 42, tzinfo=BRUSSELS)),
        ("Wed, 19 October 2022, 14:05", datetime(2022, 10, 19, 14, 5, tzinfo=BRUSSELS)),
        ("Wednesday October 19, 2022 2:42 PM", datetime(2022, 10, 19, 14, 42, tzinfo=BRUSSELS)),
        ("19/10/2022 12:15 am", datetime(2022, 10, 19, 0, 15, tzinfo=BRUSSELS)),
        ("19/10/2022 à 02h42", datetime(2022, 10, 19, 2, 42, tzinfo=BRUSSELS)),
        ("2022-10-19T02:42:00Z", datetime(2022, 10, 19, 2, 42, tzinfo=UTC)),
        ("2022-10-19 02:42:00.123+02:00", datetime(2022, 10, 19, 2, 42, tzinfo=timezone(timedelta(hours=2)))),
        ("2022-10-19 02:42 -0330", datetime(2022, 10, 19, 2, 42, tzinfo=timezone(-timedelta(hours=3, minutes=30)))),
        ("24/10/2022 18:00 CEST", datetime(2022, 10, 24, 16, 0, tzinfo=UTC)),
        ("24/10/2022 16:00 UTC", datetime(2022, 10, 24, 16, 0, tzinfo=UTC)),
        ("24/10/2022 18:00 GMT+2", datetime(2022, 10, 24, 16, 0, tzinfo=UTC)),
        ("24/10/2022 18:00 UTC+02:00", datetime(2022, 10, 24, 16, 0, tzinfo=UTC)),
        ("Mon Oct 24 2022 18:00:00 GMT+0200 (Central European Summer Time)", datetime(2022, 10, 24, 16, tzinfo=UTC)),
        ("2022-10-24T18:00:00+02:00[Europe/Brussels]", datetime(2022, 10, 24, 16, 0, tzinfo=UTC)),
        ("24/10/2022 18:00:01 (Brussels time)", datetime(2022, 10, 24, 16, 0, 1, tzinfo=UTC)),
        ("October 24, 2022 04:00:00 PM", datetime(2022, 10, 24, 16, 0, tzinfo=BRUSSELS)),
        ("Oct 24, 2022 6 pm", datetime(2022, 10, 24, 18, 0, tzinfo=BRUSSELS)),
        ("Mon Oct 24 18:00:00 2022", datetime(2022, 10, 24, 18, 0, tzinfo=BRUSSELS)),
        ("24. Oktober 2022, 18:00 Uhr", datetime(2022, 10, 24, 18, 0, tzinfo=BRUSSELS)),
        ("24 août 2022 18h", datetime(2022, 8, 24, 18, 0, tzinfo=BRUSSELS)),
        ("24-Oct-22 18:00", datetime(2022, 10, 24, 18, 0, tzinfo=BRUSSELS)),
        ("20221024T180000Z", datetime(2022, 10, 24, 18, 0, tzinfo=UTC)),
        ("2022. 10. 24. 18:00", datetime(2022, 10, 24, 18, 0, tzinfo=BRUSSELS)),
        ("44853.1125", datetime(2022, 10, 19, 2, 42, tzinfo=BRUSSELS)),
        (44853.1125, datetime(2022, 10, 19, 2, 42, tzinfo=BRUSSELS)),
        (44858.66666666667, datetime(2022, 10, 24, 16, 0, tzinfo=BRUSSELS)),
        (44853, datetime(2022, 10, 19, tzinfo=BRUSSELS)),
        (date(2022, 10, 19), datetime(2022, 10, 19, tzinfo=BRUSSELS)),
        (datetime(2022, 10, 19, 2, 42), datetime(2022, 10, 19, 2, 42, tzinfo=BRUSSELS)),
        (datetime(2022, 10, 19, 2, 42, tzinfo=UTC), datetime(2022, 10, 19, 2, 42, tzinfo=UTC)),
        ("", None),
        (None, None),
    ],
)
def test_moments_are_read_in_the_zone_of_their_column(typed, moment):
    assert plain.moment(typed, BRUSSELS) == moment


@pytest.mark.parametrize(
    "typed",
    [
        "10/19/2022",
        "31/02/2022",
        "19/10/2022 25:00",
        "19/10/2022 noon",
        "19/10/2022 02:42 PST",
        "hello",
        "12",
        12,
        1666144920,
        True,
        "19 Octember 2022",
        "May 2022",
        "Smarch 3, 2022",
        "24 jui 2022",
        "24/10/2022 18:00 +2 days",
        "24/10/2022 18:00 or 19:00",
        "19 xyz 2022",
        "0/0/0000",
        "19/10/2022 10:00 +99:99",
    ],
)
def test_what_is_no_date_is_refused(typed):
    with pytest.raises(plain.Unclear):
        plain.moment(typed, UTC)


def test_in_the_hour_that_daylight_saving_repeats_the_first_one_is_meant():
    assert plain.moment("30/10/2022 02:30", BRUSSELS).astimezone(UTC) == datetime(2022, 10, 30, 0, 30, tzinfo=UTC)


def test_month_first_columns_are_noticed_and_read():
    column = ["10/05/2022", "10/19/2022 02:42", None, 44853]
    assert plain.writes_day_first(column) is False
    assert plain.moment("10/19/2022 02:42", UTC, day_first=False) == datetime(2022, 10, 19, 2, 42, tzinfo=UTC)
    assert plain.day("10/05/2022", day_first=False) == date(2022, 10, 5)
    assert plain.writes_day_first(["05/10/2022", "06/10/2022"]) is True
    assert plain.writes_day_first(["19/10/2022", "10/19/2022"]) is True


def test_days_drop_the_time():
    assert plain.day("09/03/2023") == date(2023, 3, 9)
    assert plain.day(datetime(2023, 3, 9, 12)) == date(2023, 3, 9)
    assert plain.day("2023-03-09 12:00") == date(2023, 3, 9)
    assert plain.day("") is None
