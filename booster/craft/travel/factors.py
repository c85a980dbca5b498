"""Published emission factors, each with source, year, row and unit. The two sets are never mixed in one sum."""

from collections.abc import Sequence
from dataclasses import dataclass

UNIT = "kg CO2e per passenger-kilometre"


@dataclass(frozen=True, slots=True)
class Band:
    """Flights up to `up_to_km` of great circle, inclusive: `factor` kg CO2e per passenger-km. `row`: in the source."""

    up_to_km: float
    factor: float
    row: str


@dataclass(frozen=True, slots=True)
class FactorSet:
    """One publisher's factors. A flight's length is great circle times `air_stretch` plus `air_extra_km`.

    `bands` in rising order, the last one open. `rail`: factor of `rail_row`, for the length of the line.
    """

    key: str
    name: str
    source: str
    year: int
    unit: str
    licence: str
    note: str
    bands: Sequence[Band]
    air_stretch: float
    air_extra_km: float
    rail: float
    rail_row: str

    def flight_kg(self, km: float) -> float:
        """kg CO2e of one person's one-way flight over a great circle of `km`."""
        factor = next(band.factor for band in self.bands if km <= band.up_to_km)
        return (km * self.air_stretch + self.air_extra_km) * factor


DESNZ = FactorSet(
    key="desnz",
    name="DESNZ 2025",
    source="UK Department for Energy Security and Net Zero, greenhouse gas reporting: conversion factors 2025",
    year=2025,
    unit=UNIT,
    licence="Open Government Licence v3.0",
    note="Read in a transcription that gives the row ids of the official flat file; compare before official use.",
    bands=(
        Band(3700, 0.12576, "21_316_3164_11_1, short-haul economy with radiative forcing"),
        Band(float("inf"), 0.11704, "21_316_3170_11_1, long-haul economy with radiative forcing"),
    ),
    air_stretch=1.08,
    air_extra_km=0,
    rail=0.03546,
    rail_row="25_315_3147_11_1, national rail",
)

ADEME = FactorSet(
    key="ademe",
    name="ADEME Base Empreinte 2026",
    source="ADEME Base Empreinte, as published by Impact CO2 in July 2026",
    year=2026,
    unit=UNIT,
    licence="The code of Impact CO2 is under the MIT licence; the terms of the data were not checked.",
    note="Read in the repository of Impact CO2. Flights hold fuel, contrails and aircraft.",
    bands=(
        Band(1000, 0.2246, "flight 500-1000 km with contrails"),
        Band(2000, 0.1847, "flight 1001-2000 km with contrails"),
        Band(float("inf"), 0.1668, "flight over 2000 km with contrails"),
    ),
    air_stretch=1.0,
    air_extra_km=95,
    rail=0.0075,
    rail_row="Intercités",
)

FACTOR_SETS = (DESNZ, ADEME)
