import pytest

from booster.kit.paging import page
from booster.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(make_person):
    for letter in "abcde":
        make_person(f"Person {letter}", email=f"{letter}@example.org")
    return Person.objects.order_by("email")


@pytest.mark.parametrize(
    "wanted, number, first",
    [("1", 1, "a"), ("3", 3, "e"), ("99", 3, "e"), ("0", 1, "a"), ("-1", 1, "a"), ("x", 1, "a"), (None, 1, "a"),
     ("9" * 400, 1, "a"), (2, 2, "c"), ("٢", 2, "c"), ("²", 1, "a")],
)  # fmt: skip
def test_whatever_stands_in_the_address_gives_a_page(rows, wanted, number, first):
    here = page(rows, number=wanted, size=2)
    assert (here.number, here.pages, here.total) == (number, 3, 5)
    assert here.items[0].email == f"{first}@example.org"


def test_the_neighbours_end_at_both_ends(rows):
    assert [(p.previous, p.next) for p in (page(rows, number=n, size=2) for n in (1, 2, 3))] == [
        (None, 2), (1, 3), (2, None),
    ]  # fmt: skip


def test_an_empty_list_has_one_empty_page(db):
    here = page(Person.objects.none(), number="4")
    assert (here.items, here.number, here.pages, here.total) == ([], 1, 1, 0)


def test_a_page_costs_two_queries_however_long_the_list(rows, django_assert_num_queries):
    for size in (1, 5):
        with django_assert_num_queries(2):
            page(rows, number=1, size=size)
