"""Files of the kind that survey tools export, from many seeds: the verdicts are those of a careful person."""

import pytest

from booster.applications.tests import exports, make
from booster.intake import actions, queries
from conftest import NOW

pytestmark = pytest.mark.django_db

WRITTEN = {
    "workbook with real dates": ("x.xlsx", exports.as_workbook),
    "days first, commas": ("x.csv", exports.as_text),
    "semicolons and a byte order mark": ("x.csv", lambda e, s: exports.as_text(e, s, comma=";", encoding="utf-8-sig")),
    "months first, am and pm": ("x.csv", lambda e, s: exports.as_text(e, s, written="%m/%d/%Y %I:%M %p")),
    "ISO dates, tabs, UTF-16": (
        "x.csv",
        lambda e, s: exports.as_text(e, s, written="%Y-%m-%dT%H:%M:%SZ", comma="\t", encoding="utf-16"),
    ),
    "month names, am and pm": ("x.csv", lambda e, s: exports.as_text(e, s, written="%B %d, %Y %I:%M:%S %p")),
    "an offset in words": (
        "x.csv",
        lambda e, s: exports.as_text(e, s, written="%a %b %d %Y %H:%M:%S GMT+0000 (Greenwich Mean Time)", comma="|"),
    ),
    "Brussels time": ("x.csv", lambda e, s: exports.as_text(e, s, zone="Europe/Brussels", written="%d.%m.%Y %H:%M")),
}


@pytest.mark.parametrize("way", WRITTEN)
@pytest.mark.parametrize("seed", [1, 20221024])
def test_the_verdicts_are_those_of_a_careful_person(way, seed):
    call = make.call(at=NOW, deadline_at=exports.DEADLINE)
    export = exports.make(seed + len(way))
    name, write = WRITTEN[way]
    reading = queries.read_file(call, write(export, seed), name)
    result = actions.take_in(call=call, reading=reading, by=None, at=NOW)
    assert result.ineligible == export.truth.ineligible
    assert set(result.superseded) == export.truth.superseded
    assert set(result.eligible) == export.truth.eligible
