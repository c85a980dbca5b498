import math
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booster.craft.travel import (
    ADEME,
    DESNZ,
    FACTOR_SETS,
    Assumptions,
    BadSpot,
    MixedSets,
    Spot,
    Tonnes,
    distance_km,
    front,
    ranking,
    travel,
)
from booster.craft.travel import journeys as journeys_

# The capitals of the European Union, in the alphabetical order of the countries' English names.
CAPITALS = {
    "Vienna": (48.2082, 16.3738),
    "Brussels": (50.8503, 4.3517),
    "Sofia": (42.6977, 23.3219),
    "Zagreb": (45.8150, 15.9819),
    "Nicosia": (35.1856, 33.3823),
    "Prague": (50.0755, 14.4378),
    "Copenhagen": (55.6761, 12.5683),
    "Tallinn": (59.4370, 24.7536),
    "Helsinki": (60.1699, 24.9384),
    "Paris": (48.8566, 2.3522),
    "Berlin": (52.5200, 13.4050),
    "Athens": (37.9838, 23.7275),
    "Budapest": (47.4979, 19.0402),
    "Dublin": (53.3498, -6.2603),
    "Rome": (41.9028, 12.4964),
    "Riga": (56.9496, 24.1052),
    "Vilnius": (54.6872, 25.2797),
    "Luxembourg": (49.6116, 6.1319),
    "Valletta": (35.8989, 14.5146),
    "Amsterdam": (52.3676, 4.9041),
    "Warsaw": (52.2297, 21.0122),
    "Lisbon": (38.7223, -9.1393),
    "Bucharest": (44.4268, 26.1025),
    "Bratislava": (48.1486, 17.1077),
    "Ljubljana": (46.0569, 14.5058),
    "Madrid": (40.4168, -3.7038),
    "Stockholm": (59.3293, 18.0686),
}
SPOTS = {name: Spot(name, *where) for name, where in CAPITALS.items()}


def forty():
    names = list(CAPITALS)
    return [SPOTS[names[place]] for place in np.random.default_rng(1).choice(27, 40)]


@pytest.mark.parametrize(
    "one, other, km", [("Brussels", "Vienna", 915), ("Lisbon", "Helsinki", 3361), ("Paris", "Nicosia", 2950)]
)
def test_distances_agree_with_published_ones(one, other, km):
    assert distance_km(SPOTS[one], SPOTS[other]) == pytest.approx(km, abs=2)


@pytest.mark.parametrize(
    "place, desnz, ademe",
    [
        ("Budapest", 7.7, 10.4),
        ("Prague", 7.9, 10.7),
        ("Vienna", 8.1, 12.0),
        ("Madrid", 20.9, 28.1),
        ("Nicosia", 24.1, 32.3),
        ("Lisbon", 25.5, 32.8),
    ],
)
def test_forty_people_to_six_capitals_emit_what_was_worked_out_before(place, desnz, ademe):
    (report,) = travel(forty(), [SPOTS[place]])
    assert report.tonnes["desnz"] == pytest.approx(desnz, abs=0.06)
    assert report.tonnes["ademe"] == pytest.approx(ademe, abs=0.06)
    assert report.people == 40


def test_one_journey_by_train_and_one_by_plane_by_hand():
    people = [Spot("near", 50.0, 5.0), Spot("far", 50.0, 25.0)]
    (report,) = travel(people, [Spot("here", 50.0, 4.0)])
    near, far = (distance_km(one, Spot("here", 50.0, 4.0)) for one in people)
    assert near == pytest.approx(71.47, abs=0.02)
    assert report.tonnes["desnz"] == pytest.approx(2 * (near * 1.2 * 0.03546 + far * 1.08 * 0.12576) / 1000)
    assert report.tonnes["ademe"] == pytest.approx(2 * (near * 1.2 * 0.0075 + (far + 95) * 0.1847) / 1000)
    assert report.longest_hours == pytest.approx(3.5 + far / 700)
    assert report.median_hours == pytest.approx((1 + 1.2 * near / 120 + 3.5 + far / 700) / 2)
    assert report.without_rail == 1
    assert "t CO2e (desnz)" in report.sentence


def test_islands_have_no_train_and_hours_may_bound_the_train():
    here, there = Spot("here", 45.0, 10.0), Spot("there", 45.0, 17.0)
    island = Spot("island", 45.0, 10.5, rail=False)
    assert travel([there], [here])[0].without_rail == 0
    assert travel([there], [here], assumptions=Assumptions(rail_hours=6))[0].without_rail == 1
    assert travel([island], [here])[0].without_rail == 1
    assert travel([here], [island])[0].without_rail == 1


def test_nobody_travels_nothing():
    (report,) = travel([], [SPOTS["Paris"]])
    assert (report.tonnes["desnz"], report.median_hours, report.longest_hours, report.people) == (0, 0, 0, 0)
    assert travel([SPOTS["Paris"]], []) == ()


def test_the_sets_name_source_year_row_and_unit_and_differ():
    for one in FACTOR_SETS:
        assert one.source
        assert one.year in (2025, 2026)
        assert one.unit == "kg CO2e per passenger-kilometre"
        assert one.rail_row
        assert all(band.row for band in one.bands)
    assert DESNZ.flight_kg(3700) == pytest.approx(3700 * 1.08 * 0.12576)
    assert DESNZ.flight_kg(3701) == pytest.approx(3701 * 1.08 * 0.11704)
    assert ADEME.flight_kg(1000) == pytest.approx(1095 * 0.2246)


@pytest.mark.parametrize(
    "latitude, longitude, said",
    [
        (None, 4.0, "missing"),
        (50.0, None, "missing"),
        (math.nan, 4.0, "missing"),
        (4.35, 50.85, "swapped"),
        (120.0, 45.0, "swapped"),
        (181.0, 45.0, "not on the globe"),
        (50.0, 190.0, "not on the globe"),
    ],
)
def test_wrong_coordinates_name_their_item(latitude, longitude, said):
    with pytest.raises(BadSpot, match=said) as refusal:
        travel([SPOTS["Paris"], Spot("x", latitude, longitude)], [SPOTS["Rome"]])
    assert refusal.value.item == "x"


def test_without_a_box_any_place_on_the_globe_is_fine():
    assert travel([Spot("x", 4.35, 50.85)], [SPOTS["Rome"]], box=None)[0].people == 1
    assert travel([Spot("x", -33.9, 151.2)], [SPOTS["Rome"]])[0].people == 1
    with pytest.raises(ValueError, match="Speeds"):
        travel([], [], assumptions=Assumptions(air_speed=0))


def test_numpy_and_plain_python_agree(monkeypatch):
    people = forty()
    people[3] = Spot("island", 46.0, 11.0, rail=False)
    plain = travel(people, list(SPOTS.values()))
    monkeypatch.setattr(journeys_, "PLAIN_PAIRS", 0)
    fast = travel(people, list(SPOTS.values()))
    for one, other in zip(plain, fast, strict=True):
        assert other.tonnes == pytest.approx(one.tonnes)
        assert other.median_hours == pytest.approx(one.median_hours)
        assert other.longest_hours == pytest.approx(one.longest_hours)
        assert (other.id, other.without_rail) == (one.id, one.without_rail)


figures = st.dictionaries(
    st.sampled_from("abcdefg"),
    st.fixed_dictionaries({"score": st.integers(0, 4), "carbon": st.integers(0, 4), "price": st.integers(0, 4)}),
    min_size=1,
)
AIMS = {"score": "most", "carbon": "least", "price": "least"}


@settings(max_examples=60, deadline=None)
@given(figures)
def test_the_front_holds_exactly_those_whom_nobody_beats(options):
    found = front(options, AIMS)

    def beats(one, other):
        mine, theirs = ((x["score"], -x["carbon"], -x["price"]) for x in (one, other))
        return mine != theirs and all(a >= b for a, b in zip(mine, theirs, strict=True))

    for name, own in options.items():
        rivals = [other for other, figure in options.items() if beats(figure, own)]
        assert (name in found.ids) == (not rivals)
        assert list(found.beaten.get(name, ())) == rivals


@settings(max_examples=60, deadline=None)
@given(figures, st.integers(0, 9), st.integers(0, 9), st.integers(1, 9))
def test_the_turns_are_where_another_option_comes_first(options, score, carbon, price):
    weights = {"score": score, "carbon": carbon, "price": price}
    result = ranking(options, AIMS, weights)
    total = score + carbon + price
    for name in AIMS:
        rest = total - weights[name]
        if rest == 0:
            continue
        turns = sorted(turn.weight for turn in result.turns if turn.criterion == name)
        for percent in range(1, 100, 3):
            share = percent / 100
            changed = {one: share if one == name else (1 - share) * weights[one] / rest for one in AIMS}
            moved = ranking(options, AIMS, changed)
            best = max(moved.values.values())
            ties = [one for one in moved.order if moved.values[one] > best - 1e-7]
            leader = leader_by_turns(result, name, share)
            assert leader in ties or any(abs(turn - share) < 1e-6 for turn in turns)


def leader_by_turns(result, name, share):
    turns = sorted((turn for turn in result.turns if turn.criterion == name), key=lambda turn: turn.weight)
    chain = [
        (turn.weight, *((turn.before, turn.after) if turn.rising else (turn.after, turn.before))) for turn in turns
    ]
    if not chain:
        return result.order[0]
    leader = chain[0][1]
    for weight, before, after in chain:
        if share <= weight:
            break
        assert before == leader
        leader = after
    return leader


def test_a_turn_is_told_in_one_sentence():
    options = {"A": {"score": 90, "carbon": 30}, "B": {"score": 80, "carbon": 10}, "C": {"score": 70, "carbon": 20}}
    result = ranking(options, {"score": "most", "carbon": "least"}, {"score": 80, "carbon": 20})
    assert result.order == ("A", "B", "C")
    assert result.turns[0].weight == pytest.approx(1 / 3)
    assert result.sentence == "A comes first. A overtakes B when the weight of score falls below 67 %." or (
        result.sentence == "A comes first. B overtakes A when the weight of carbon exceeds 33 %."
    )
    assert result.parts["A"] == {"score": pytest.approx(0.8), "carbon": 0.0}
    below = ranking(options, {"score": "most", "carbon": "least"}, {"score": 20, "carbon": 80})
    assert below.order[0] == "B"
    assert any(turn.sentence == "A overtakes B when the weight of carbon falls below 33 %." for turn in below.turns)


def test_a_tie_that_any_weight_would_break_is_a_turn_at_nought():
    options = {"A": {"score": 0, "carbon": 0}, "B": {"score": 1, "carbon": 0}}
    result = ranking(options, {"score": "most", "carbon": "least"}, {"score": 0, "carbon": 1})
    assert result.order == ("A", "B")
    assert result.sentence == "A comes first. B overtakes A when the weight of score exceeds 0 %."


def test_rankings_of_one_and_of_none():
    assert ranking({"A": {"score": 1}}, {"score": "most"}, {"score": 1}).turns == ()
    assert ranking({}, {"score": "most"}, {"score": 1}).sentence == "There is nothing to rank."
    same = ranking({"A": {"score": 1}, "B": {"score": 1}}, {"score": "most"}, {"score": 1})
    assert same.sentence == "A comes first whatever the weight of any one criterion."


@pytest.mark.parametrize(
    "figure, weight, said",
    [
        ({}, 1, "A has no figure for score"),
        ({"score": None}, 1, "A has no figure for score"),
        ({"score": math.nan}, 1, "A has no figure for score"),
        ({"score": 1}, -1, "The weight of score"),
        ({"score": 1}, math.inf, "The weight of score"),
        ({"score": 1}, None, "The weight of score"),
        ({"score": 1}, 0, "At least one weight"),
    ],
)
def test_gaps_in_figures_and_weights_are_refused_by_name(figure, weight, said):
    with pytest.raises(ValueError, match=said):
        ranking({"A": figure}, {"score": "most"}, {"score": weight})


def geodesic_km(one, other):
    """Vincenty's inverse formula on WGS 84 (Survey Review 23, 1975), to a tenth of a millimetre."""
    long, flat = 6378.137, 1 / 298.257223563
    short = long * (1 - flat)
    across = math.radians(other.longitude - one.longitude)
    low, high = (math.atan((1 - flat) * math.tan(math.radians(spot.latitude))) for spot in (one, other))
    turn = across
    for _ in range(100):
        sine = math.hypot(
            math.cos(high) * math.sin(turn),
            math.cos(low) * math.sin(high) - math.sin(low) * math.cos(high) * math.cos(turn),
        )
        cosine = math.sin(low) * math.sin(high) + math.cos(low) * math.cos(high) * math.cos(turn)
        arc = math.atan2(sine, cosine)
        tilt = math.cos(low) * math.cos(high) * math.sin(turn) / sine
        square = 1 - tilt**2
        middle = cosine - 2 * math.sin(low) * math.sin(high) / square
        part = flat / 16 * square * (4 + flat * (4 - 3 * square))
        before, turn = (
            turn,
            across + (1 - part) * flat * tilt * (arc + part * sine * (middle + part * cosine * (2 * middle**2 - 1))),
        )
        if abs(turn - before) < 1e-12:
            break
    width = square * (long**2 - short**2) / short**2
    big = 1 + width / 16384 * (4096 + width * (-768 + width * (320 - 175 * width)))
    little = width / 1024 * (256 + width * (-128 + width * (74 - 47 * width)))
    drift = cosine * (2 * middle**2 - 1) - little / 6 * middle * (4 * sine**2 - 3) * (4 * middle**2 - 3)
    return short * big * (arc - little * sine * (middle + little / 4 * drift))


def test_great_circles_are_within_half_a_percent_of_the_ellipsoid():
    spots = list(SPOTS.values())
    assert geodesic_km(SPOTS["Brussels"], SPOTS["Vienna"]) == pytest.approx(917.0, abs=1.5)
    for one in spots:
        for other in spots:
            if one.id < other.id:
                assert distance_km(one, other) == pytest.approx(geodesic_km(one, other), rel=0.005)


def test_amounts_of_two_sets_never_go_into_one_sum_or_comparison():
    first, second = travel(forty(), [SPOTS["Vienna"], SPOTS["Madrid"]])
    desnz, ademe = first.tonnes["desnz"], first.tonnes["ademe"]
    for mixed in (
        lambda: desnz + ademe,
        lambda: sum([desnz, ademe]),
        lambda: desnz - ademe,
        lambda: desnz < ademe,
        lambda: desnz > ademe,
        lambda: desnz <= ademe,
        lambda: desnz >= ademe,
    ):
        with pytest.raises(MixedSets, match="desnz and ademe"):
            mixed()
    both = sum([desnz, second.tonnes["desnz"]])
    assert (both.set, float(both)) == ("desnz", pytest.approx(29.0, abs=0.1))
    assert desnz < second.tonnes["desnz"]
    assert desnz <= desnz
    assert second.tonnes["desnz"] >= desnz
    assert second.tonnes["desnz"] - desnz > 12
    assert pickle.loads(pickle.dumps(desnz)).set == "desnz"
    assert Tonnes(1.5, "x") + 1 == 2.5


def test_each_set_says_whether_flights_hold_more_than_their_co2_and_what_else_it_publishes():
    assert [one.forcing.split(":")[0] for one in FACTOR_SETS] == [
        "Flights with radiative forcing",
        "Flights with contrails; up to 1000 km 0.1232 fuel, 0.101 contrails and 0.0004 aircraft.",
    ]
    assert {one.mode: one.factor for one in DESNZ.beside}["flight, domestic, with radiative forcing"] == 0.22928
    assert {one.mode: one.factor for one in ADEME.beside}["coach"] == 0.0376
    assert all(one.unit.startswith("kg CO2e per ") for each in FACTOR_SETS for one in each.beside)
