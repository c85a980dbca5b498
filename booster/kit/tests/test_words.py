"""A kept sentence is told in the language of whoever reads it."""

import pytest

from booster.kit import words

GERMAN = {
    "The maximum for {label} ({most}) is reached.": "Die Höchstzahl für {label} ({most}) ist erreicht.",
    "Put in by hand.": "Von Hand gewählt.",
    "Germany": "Deutschland",
}
words.N_("The maximum for {label} ({most}) is reached.")


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
    ],
)
def test_a_kept_sentence_is_told_in_the_reader_s_language(kept: str, said: str) -> None:
    assert words.told(kept, say) == said
