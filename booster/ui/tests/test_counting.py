import pytest

from booster.ui import counting


@pytest.mark.parametrize(
    "text, words",
    [
        ("", 0),
        (" \n\t ", 0),
        ("one", 1),
        ("one two  three", 3),
        ("one\u00a0two\u2003three\u3000four", 4),
        ("a\u200bb c", 2),
        ("\u200b \ufeff \u2060", 0),
        ("co\u00adoperation", 1),
        ("first\r\nsecond\rthird\nfourth", 4),
        ("Ψηφιακή μετάβαση — и развитие", 5),
        ("don't well-known 3.5", 3),
    ],
)
def test_words_are_what_stands_between_white_space(text, words):
    assert counting.words(text) == words


@pytest.mark.parametrize(
    "text, characters",
    [
        ("", 0),
        ("abc", 3),
        ("e\u0301", 1),
        ("\u1f00", 1),
        ("a\u200bb\ufeff", 2),
        ("a\r\nb", 3),
        ("a\rb\nc", 5),
        ("👍", 1),
        ("👍\U0001f3fd", 2),
        ("\u202eabc\u202c", 3),
    ],
)
def test_characters_are_code_points_and_a_line_end_is_one(text, characters):
    assert counting.characters(text) == characters


def test_six_thousand_characters_cannot_hide_in_one_word():
    text = "x" + "\u200b" * 2999 + "y " * 1500
    assert (counting.words(text), counting.characters(text)) == (1500, 3001)


def test_joined_words_cannot_hide_behind_a_weightless_space():
    assert counting.settled("one\u2060two") == "onetwo"
