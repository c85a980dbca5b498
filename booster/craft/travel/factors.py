"""Published emission factors, each with source, year, row and unit. The two sets are never mixed in one sum."""

from collections.abc import Sequence
from dataclasses import dataclass

UNIT = "kg CO2e per passenger-kilometre"
CAR_UNIT = "kg CO2e per vehicle-kilometre"


@dataclass(frozen=True, slots=True)
class Band:
    """Flights up to `up_to_km` of great circle, inclusive: `factor` kg CO2e per passenger-km. `row`: in the source."""

    up_to_km: float
    factor: float
    row: str


class MixedSets(ValueError):
    """Amounts of two factor sets were put into one sum or compared; they count different things."""


class Tonnes(float):
    """t CO2e counted with one factor set. A number, but one that no amount of another set can be added to, taken from
    or compared with: MixedSets.
    """

    set: str

    def __new__(cls, amount: float, factor_set: str) -> "Tonnes":
        made = super().__new__(cls, amount)
        made.set = factor_set
        return made

    def __reduce__(self) -> tuple[type["Tonnes"], tuple[float, str]]:
        return Tonnes, (float(self), self.set)

    def _own(self, other: object) -> None:
        if isinstance(other, Tonnes) and other.set != self.set:
            raise MixedSets(f"Amounts of {self.set} and {other.set} do not go together.")

    def __add__(self, other: float) -> "Tonnes":
        self._own(other)
        return Tonnes(float(self) + float(other), self.set)

    __radd__ = __add__

    def __sub__(self, other: float) -> "Tonnes":
        self._own(other)
        return Tonnes(float(self) - float(other), self.set)

    def __lt__(self, other: float) -> bool:
        self._own(other)
        return float(self) < float(other)

    def __gt__(self, other: float) -> bool:
        self._own(other)
        return float(self) > float(other)

    def __le__(self, other: float) -> bool:
        self._own(other)
        return float(self) <= float(other)

    def __ge__(self, other: float) -> bool:
        self._own(other)
        return float(self) >= float(other)


@dataclass(frozen=True, slots=True)
class Published:
    """A row that the set publishes beside those that count here: shown, never summed. `row` empty: id not known."""

    mode: str
    factor: float
    unit: str
    row: str


@dataclass(frozen=True, slots=True)
class FactorSet:
    """One publisher's factors. A flight's length is great circle times `air_stretch` plus `air_extra_km`.

    `bands` in rising order, the last one open. `rail`: factor of `rail_row`, for the length of the line. `forcing`:
    whether and how the effects of flying beyond CO2 are in. `beside`: further published rows.
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
    forcing: str
    beside: Sequence[Published] = ()

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
    forcing="Flights with radiative forcing: the CO2 part times 1.7.",
    beside=(
        Published("flight, short-haul, economy, without radiative forcing", 0.07435, UNIT, ""),
        Published("flight, short-haul, average class, with radiative forcing", 0.12786, UNIT, ""),
        Published("flight, short-haul, business, with radiative forcing", 0.18863, UNIT, ""),
        Published("flight, domestic, with radiative forcing", 0.22928, UNIT, "21_316_3160_11_1"),
        Published("car, medium, petrol", 0.17474, CAR_UNIT, ""),
    ),
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
    forcing="Flights with contrails; up to 1000 km 0.1232 fuel, 0.101 contrails and 0.0004 aircraft.",
    beside=(
        Published("flight, 500-1000 km, without contrails", 0.1236, UNIT, "fuel and aircraft"),
        Published("TGV", 0.00293, UNIT, "TGV"),
        Published("TER", 0.0277, UNIT, "TER"),
        Published("coach", 0.0376, UNIT, "coach"),
        Published("car, combustion", 0.2176, CAR_UNIT, "car, combustion"),
        Published("car, electric", 0.1034, CAR_UNIT, "car, electric"),
    ),
)

FACTOR_SETS = (DESNZ, ADEME)
