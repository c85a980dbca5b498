"""Journeys: distances that are known, the table of capitals, a thousand people to a thousand places, a whole front."""

import random
from collections.abc import Callable

import numpy as np

from bench.craft.case import Case, Found
from booster.craft.travel import Assumptions, Spot, distance_km, front, travel

CAPITALS = {
    "Austria": ("Vienna", 48.2082, 16.3738),
    "Belgium": ("Brussels", 50.8503, 4.3517),
    "Bulgaria": ("Sofia", 42.6977, 23.3219),
    "Croatia": ("Zagreb", 45.8150, 15.9819),
    "Cyprus": ("Nicosia", 35.1856, 33.3823),
    "Czechia": ("Prague", 50.0755, 14.4378),
    "Denmark": ("Copenhagen", 55.6761, 12.5683),
    "Estonia": ("Tallinn", 59.4370, 24.7536),
    "Finland": ("Helsinki", 60.1699, 24.9384),
    "France": ("Paris", 48.8566, 2.3522),
    "Germany": ("Berlin", 52.5200, 13.4050),
    "Greece": ("Athens", 37.9838, 23.7275),
    "Hungary": ("Budapest", 47.4979, 19.0402),
    "Ireland": ("Dublin", 53.3498, -6.2603),
    "Italy": ("Rome", 41.9028, 12.4964),
    "Latvia": ("Riga", 56.9496, 24.1052),
    "Lithuania": ("Vilnius", 54.6872, 25.2797),
    "Luxembourg": ("Luxembourg", 49.6117, 6.1319),
    "Malta": ("Valletta", 35.8989, 14.5146),
    "Netherlands": ("Amsterdam", 52.3676, 4.9041),
    "Poland": ("Warsaw", 52.2297, 21.0122),
    "Portugal": ("Lisbon", 38.7223, -9.1393),
    "Romania": ("Bucharest", 44.4268, 26.1025),
    "Slovakia": ("Bratislava", 48.1486, 17.1077),
    "Slovenia": ("Ljubljana", 46.0569, 14.5058),
    "Spain": ("Madrid", 40.4168, -3.7038),
    "Sweden": ("Stockholm", 59.3293, 18.0686),
}
SPOTS = {city: Spot(city, north, east) for city, north, east in CAPITALS.values()}
KNOWN = {("Brussels", "Vienna"): 915, ("Lisbon", "Helsinki"): 3361, ("Paris", "Nicosia"): 2950}
TONNES = {
    "Budapest": (7.7, 10.4),
    "Prague": (7.9, 10.7),
    "Vienna": (8.1, 12.0),
    "Madrid": (20.9, 28.1),
    "Nicosia": (24.1, 32.3),
    "Lisbon": (25.5, 32.8),
}


def cases() -> list[Case]:
    return [
        Case("three known distances", distances, "P5", 0.1, "within 0.5 %", quick=True),
        Case(
            "40 people to six capitals, both sets",
            capitals,
            "P5",
            0.1,
            "Budapest 7.7/10.4 t … Lisbon 25.5/32.8 t",
            True,
        ),
        Case("1000 people to 1000 places", crowd, "P5", 1.0, quick=True),
        Case("front of 400 offers, 4 criteria, brute force", whole_front, "P5", 1.0, quick=True),
    ]


def distances() -> Callable[[], Found]:
    def work() -> Found:
        found = {pair: distance_km(SPOTS[pair[0]], SPOTS[pair[1]]) for pair in KNOWN}
        worst = max(abs(found[pair] - km) / km for pair, km in KNOWN.items())
        return Found(f"worst {100 * worst:.2f} %", "0.5 %", "known", worst < 0.005)

    return work


def capitals() -> Callable[[], Found]:
    spots = list(SPOTS.values())
    people = [
        Spot(f"p{n}", spots[place].latitude, spots[place].longitude)
        for n, place in enumerate(np.random.default_rng(1).choice(27, 40))
    ]

    def work() -> Found:
        answers = travel(people, [SPOTS[city] for city in TONNES], assumptions=Assumptions())
        got = {one.id: (one.tonnes["desnz"], one.tonnes["ademe"]) for one in answers}
        worst = max(abs(a - b) for city in TONNES for a, b in zip(got[city], TONNES[city], strict=True))
        told = "{:.1f}/{:.1f} … {:.1f}/{:.1f} t".format(*got["Budapest"], *got["Lisbon"])
        return Found(told, "0.1 t", "known", worst <= 0.1)

    return work


def crowd() -> Callable[[], Found]:
    chance = random.Random(1)

    def spots(name: str) -> list[Spot]:
        return [Spot(f"{name}{n}", chance.uniform(35, 60), chance.uniform(-9, 30)) for n in range(1000)]

    people, places = spots("p"), spots("q")
    return lambda: Found(f"{len(travel(people, places))} places", "", "")


def whole_front() -> Callable[[], Found]:
    chance = random.Random(2)
    names = ("mark", "price", "carbon", "hours")
    options = {f"o{n}": {name: float(chance.randrange(60)) for name in names} for n in range(400)}
    aims = {"mark": "most", "price": "least", "carbon": "least", "hours": "least"}

    def beats(one: dict[str, float], other: dict[str, float]) -> bool:
        signs = [(one[name] - other[name]) * (1 if aims[name] == "most" else -1) for name in names]
        return min(signs) >= 0 and max(signs) > 0

    brute = [one for one in options if not any(beats(other, options[one]) for other in options.values())]

    def work() -> Found:
        ids = front(options, aims).ids
        return Found(f"{len(ids)} on the front", str(len(brute)), "brute", list(ids) == brute)

    return work
