import pytest

from booster.kit import wiring
from booster.kit.facts import Kind

SENT = Kind("post.sent", "{actor} sent {thing}")
BORN = Kind("calls.born", "{thing} was born")


@pytest.fixture(autouse=True)
def _own_table(monkeypatch):
    monkeypatch.setattr(wiring, "_reactions", {})
    monkeypatch.setattr(wiring, "_kinds", {})


def answer(fact, *, at) -> None: ...


def count(fact, *, at) -> None: ...


def test_a_kind_is_known_by_its_name_once_declared():
    wiring.declare([SENT, BORN])
    assert wiring.kind("post.sent") is SENT
    assert wiring.kind("post.forgotten") is None
    assert wiring.kinds() == [BORN, SENT]


def test_reactions_are_listed_once_by_their_name():
    wiring.listen({SENT: [answer]})
    wiring.listen({SENT: [answer, count], BORN: [count]})
    name = wiring.name_of(answer)
    assert name == f"{__name__}.answer"
    assert wiring.listeners("post.sent") == {name: answer, f"{__name__}.count": count}
    assert wiring.listeners("nothing.happened") == {}
    assert wiring.lines() == [
        f"calls.born -> {__name__}.count", f"post.sent -> {__name__}.answer", f"post.sent -> {__name__}.count",
    ]  # fmt: skip
