"""A kept sentence is told in the language of whoever reads it."""

import pytest

from booster.kit import words

GERMAN = {
    "The maximum for {label} ({most}) is reached.": "Die Höchstzahl für {label} ({most}) ist erreicht.",
    "Put in by hand.": "Von Hand gewählt.",
    "Germany": "Deutschland",
    "“%(text)s” is not a number.": "„%(text)s“ ist keine Zahl.",
    "Nobody is left.": "Niemand ist übrig.",
    "Line %(number)s: %(why)s": "Zeile %(number)s: %(why)s",
}
words.N_("The maximum for {label} ({most}) is reached.")
words.N_("“%(text)s” is not a number.")
words.N_("Nobody is left.")
words.N_("Line %(number)s: %(why)s")


def say(text: str) -> str:
    return GERMAN.get(text, text)


def test_a_mark_leaves_the_text_as_it_is() -> None:
    assert words.N_("Not evaluated.") == "Not evaluated."
    assert words.plural("one file", "%(n)s files") == ("one file", "%(n)s files")


@pytest.mark.parametrize(
    "kept, said",
    [
        ("The maximum for Germany (3) is reached.", "Die Höchstzahl für Deutschland (3) ist erreicht."),
        ("The maximum for {label} (%s) is reached.", "Die Höchstzahl für {label} (%s) ist erreicht."),
        ("Put in by hand.", "Von Hand gewählt."),
        ("The organiser's own words (3).", "The organiser's own words (3)."),
        ("", ""),
        ("“Germany” is not a number.", "„Germany“ ist keine Zahl."),
        ("Germany: Nobody is left.", "Deutschland: Niemand ist übrig."),
        ("Seats: rows: “many {why}” is not a number.", "Seats: rows: „many {why}“ ist keine Zahl."),
        ("Line 3: Seats: “many” is not a number.", "Zeile 3: Seats: „many“ ist keine Zahl."),
        (
            "The maximum for A (3) is reached. The maximum for B (2) is reached.",
            "Die Höchstzahl für A (3) ist erreicht. Die Höchstzahl für B (2) ist erreicht.",
        ),
        ("Nobody is left. Come tomorrow.", "Nobody is left. Come tomorrow."),
        ("Germany: the organiser's own words: no.", "Germany: the organiser's own words: no."),
    ],
)
def test_a_kept_sentence_is_told_in_the_reader_s_language(kept: str, said: str) -> None:
    assert words.told(kept, say) == said
