import pytest


@pytest.fixture(autouse=True)
def shelves(settings):
    """An empty storage for each test."""
    settings.STORAGES = dict(settings.STORAGES)
