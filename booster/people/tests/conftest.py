"""What the tests of this room share."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from booster.kit import inlets
from booster.post.models import Letter


@pytest.fixture(autouse=True)
def _home_is_the_profile(settings: Any) -> None:
    """After signing in one lands on a page of this room: the rooms above are not our business here."""
    settings.LOGIN_REDIRECT_URL = "people:profile"


@pytest.fixture
def last_letter(db: None) -> Callable[[str], Letter]:
    return lambda address: Letter.objects.filter(address=address).order_by("-pk").first()


@pytest.fixture
def code_for(last_letter: Callable[[str], Letter]) -> Callable[[str], str]:
    """The code in the newest letter to an address."""
    return lambda address: re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", last_letter(address).body, re.MULTILINE).group()


@pytest.fixture
def destination() -> Iterator[Callable[[str, Callable[..., str]], None]]:
    """``destination("seat", lambda request, link: "/seats/7/")``: as an upper room would register it."""
    registered = []

    def register(purpose: str, where: Callable[..., str]) -> None:
        place = f"people.link.{purpose}"
        inlets.offer({place: [where]})
        registered.append((place, where))

    yield register
    for place, where in registered:
        inlets._fragments[place].remove(where)
