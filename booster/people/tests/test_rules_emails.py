import pytest
from hypothesis import given
from hypothesis import strategies as st

from booster.people.rules import emails


@pytest.mark.parametrize(
    "typed, address",
    [
        ("participant.147@example.org", "participant.147@example.org"),
        (" raul.62@example.org", "raul.62@example.org"),
        ("ERNST.66@EXAMPLE.ORG", "ernst.66@example.org"),
        ("raul.62 @ example.org ", "raul.62@example.org"),
        ("raul. 62@example .org", "raul.62@example.org"),
        ("raul.62@exam ple.org", "raul.62@example.org"),
        ("ann\u200b@example.org\u00a0", "ann@example.org"),
        ("mailto:ann@example.org", "ann@example.org"),
        ("E-mail: ann@example.org", "ann@example.org"),
        ("Ann Lee <Ann@example.org>", "ann@example.org"),
        ("<ann@example.org>,", "ann@example.org"),
        ("'ann@example.org'.", "ann@example.org"),
        ("ann@example.org (work)", "ann@example.org"),
        ("ann@example.org; office hours only", "ann@example.org"),
        ("ann@example.org; ben@example.org", "ann@example.org"),
        ("ann@example.org\nben@example.org", "ann@example.org"),
        ("ann@example.org or ben@example.org", "ann@example.org"),
        ("ann@bücher.example", "ann@xn--bcher-kva.example"),
        ("ann＠example.org", "ann@example.org"),
        ("o'neil+x_y-z@sub.example-1.org", "o'neil+x_y-z@sub.example-1.org"),
    ],
)
def test_a_usable_address_is_found_however_it_was_typed(typed, address):
    assert emails.normalise(typed) == address
    assert emails.usable(typed)
    assert emails.same_person_key(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        *[
            None,
            "",
            " ",
            "-",
            "n/a",
            "none",
            5,
            "not-an-address",
            "a@b",
            "x@@y.org",
            "foo at bar dot org",
            "a(at)b.org",
        ],
        *[
            "@example.org",
            "ann@",
            "ann@.org",
            "ann@example..org",
            "a..b@example.org",
            "a.@example.org",
        ],
        *["ann@example.c", "ann@example.123", "ann@127.0.0.1", "ann@localhost", "ann@example.invalid", "ann@-x.org"],
        *[
            "john@doe@example.org",
            "ann@example,org",
            "john,doe@example.org",
            "raul 62@example.org",
            "Ann ann@example.org",
        ],
        *["müller@example.org", "ann@example.org, ben@", "a" * 65 + "@example.org", "ann@" + "a" * 64 + ".org"],
        *[
            "ann@" + "a.b" * 100 + ".org",
            '=HYPERLINK("a@b.org")',
            "<script>@x.org",
            "ann@\u2024.org",
            "ann@ex_ample.org",
        ],
    ],
)
def test_what_no_letter_reaches_is_not_usable(typed):
    assert not emails.usable(typed)
    assert emails.same_person_key(typed) is None


def test_people_without_an_address_are_never_the_same_person():
    assert emails.normalise(None) == ""
    assert emails.same_person_key("n/a") is None


@given(st.text(max_size=60))
def test_normalising_twice_is_normalising_once_when_usable(text):
    if emails.usable(text):
        address = emails.normalise(text)
        assert emails.normalise(address) == address
        assert address.count("@") == 1
        assert address.isascii()


@given(st.emails())
def test_case_and_outer_spaces_never_matter(address):
    assert emails.normalise(f" {address.upper()} ") == emails.normalise(address)
