import pytest

from booster.chronicle.tests import make
from booster.kit import wiring


@pytest.fixture
def wired(monkeypatch):
    """An empty table of who listens, to be filled by the test; declared kinds stay known."""
    monkeypatch.setattr(wiring, "_reactions", {})
    monkeypatch.setattr(wiring, "_kinds", dict(wiring._kinds))
    wiring.declare([make.KNOCKED, make.RANG, make.BROUGHT])
    return wiring
