"""Journeys of a group of people to each of several places, their time and carbon, and how to weigh places up."""

from booster.craft.travel.factors import ADEME, DESNZ, FACTOR_SETS, FactorSet, MixedSets, Published, Tonnes
from booster.craft.travel.journeys import distance_km, travel
from booster.craft.travel.spots import EUROPE, Assumptions, BadSpot, Box, PlaceTravel, Spot
from booster.craft.travel.weighing import SENTENCES, Front, Ranking, Turn, front, ranking

__all__ = [
    "ADEME",
    "DESNZ",
    "EUROPE",
    "FACTOR_SETS",
    "SENTENCES",
    "Assumptions",
    "BadSpot",
    "Box",
    "FactorSet",
    "Front",
    "MixedSets",
    "PlaceTravel",
    "Published",
    "Ranking",
    "Spot",
    "Tonnes",
    "Turn",
    "distance_km",
    "front",
    "ranking",
    "travel",
]
