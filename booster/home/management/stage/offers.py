"""Answers to a call for venue providers, as careful hosts write them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from booster.calls.rules.templates.white_book import REQUIREMENTS, key_of

WEAK = {"coaching": "on_request", "other_place": "no", "hearing": "on_request", "quiet_room": "partly"}


REMARKS = {
    "on_request": "We can arrange it when we know the programme.",
    "partly": "There is one, but it is small and shared with the house.",
    "no": "There is nothing of the kind nearby.",
}


def white_book(**weak: str) -> dict[str, dict[str, dict[str, str]]]:
    """Every line of the white book answered with yes, but those named."""
    answers: dict[str, dict[str, dict[str, str]]] = {}
    for line in REQUIREMENTS:
        reply = weak.get(line.key, "yes")
        remark = REMARKS.get(reply, "")
        answers.setdefault(key_of(line.section), {})[line.key] = {"answer": reply, "remark": remark}
    return answers


def rooms(*lines: tuple[str, float, int, int, int]) -> list[dict[str, Any]]:
    """``(name, m², seats in rows, seats at round tables, minutes from the plenary)``, with daylight and step-free."""
    return [
        {
            "name": name, "m2": m2, "theatre": theatre, "cabaret": cabaret, "daylight": True, "step_free": True,
            "projector": minutes == 0 or cabaret > 15, "minutes": minutes,
        }
        for name, m2, theatre, cabaret, minutes in lines
    ]  # fmt: skip


def dates(first: date, *, exclusive: bool = True) -> list[dict[str, str]]:
    """Two days there, held, and two a week later as a second choice."""
    return [
        {"first": day.isoformat(), "last": (day + timedelta(days=1)).isoformat(), "held": held}
        for day, held in (
            (first, "exclusive" if exclusive else "provisional"),
            (first + timedelta(days=7), "provisional"),
        )
    ]


def consents() -> dict[str, Any]:
    given = {"given": True, "version": "1"}
    return {"honour": given, "consent": given}


BRATISLAVA: Mapping[str, Any] = {
    "organisation_name": "Danube Innovation Agency",
    "organisation_type": "regional_agency",
    "country": "SK",
    "region": "SK01",
    "website": "https://danube-innovation.example.org",
    "contact": {"name": "Hana Horváth", "role": "Head of events", "email": "hana@example.org"},
    "deputy": {"name": "Hedviga Hlavatá", "role": "Deputy", "email": "hedviga@example.org"},
    "contact_email": "hana@example.org",
    "consortium": True,
    "partners": [
        {"name": "Danube Innovation Agency", "part": "organisation and content", "country": "SK"},
        {"name": "Moravia Food Cluster", "part": "study visit and evening", "country": "CZ"},
    ],
    "why": (
        "Three clusters on both sides of the border share our building. Participants would meet a bakery, a machine "
        "builder and a software house that made a new product together, and the people who brought them to one table."
    ),
    "venue_name": "Old Cannery",
    "city": "Bratislava",
    "point": {"latitude": 48.1486, "longitude": 17.1077},
    "rooms": rooms(
        ("Plenary", 210, 140, 64, 0),
        ("Loft", 70, 40, 24, 1),
        ("Workshop A", 42, 24, 16, 1),
        ("Workshop B", 42, 24, 16, 2),
        ("Library", 30, 16, 10, 2),
    ),
    "step_free": True,
    "wifi_devices": 250,
    "uplink_mbit": 500,
}

AVEIRO: Mapping[str, Any] = {
    "organisation_name": "Ria Ceramics Cluster",
    "organisation_type": "cluster",
    "country": "PT",
    "region": "PT19",
    "website": "https://ria-ceramics.example.org",
    "contact": {"name": "Heitor Henriques", "role": "Managing director", "email": "heitor@example.org"},
    "contact_email": "heitor@example.org",
    "consortium": False,
    "letter_of_support": True,
    "why": (
        "Our members fire tiles at half the energy of ten years ago. We show how a cluster of small potteries bought "
        "its first shared kiln, what went wrong in the first year, and who pays for it today."
    ),
    "track_record": "National ceramics days 2023 to 2025 with 180 guests each; two foreign delegations a year.",
    "venue_name": "The Kiln House",
    "city": "Aveiro",
    "point": {"latitude": 40.6405, "longitude": -8.6538},
    "rooms": rooms(
        ("Plenary", 180, 120, 54, 0),
        ("Glaze room", 60, 36, 20, 1),
        ("Studio 1", 35, 20, 12, 1),
        ("Studio 2", 35, 20, 12, 1),
        ("Studio 3", 35, 20, 12, 2),
        ("Courtyard", 90, 0, 30, 1),
    ),
    "step_free": True,
    "access_statement": "The ramp and the lift were checked by the association of people with disabilities in spring.",
    "wifi_devices": 150,
    "uplink_mbit": 300,
    "reach": "Porto airport, then 55 minutes by train; trains run until midnight. The station is near.",
    "hotels_nearby": 7,
    "beds_held": 50,
    "hotels": [
        {"name": "Canal", "minutes": 6, "rate": 72, "beds": 20},
        {"name": "Moliceiro", "minutes": 8, "rate": 95, "beds": 20},
        {"name": "Hostel Sal", "minutes": 12, "rate": 35, "beds": 10},
    ],
    "has_visit": True,
    "study_visit": "The shared kiln and the energy centre of the port, 90 minutes, in two groups.",
    "local_speakers": 3,
    "evening": "Dinner in a salt warehouse; vegetarian by default.",
    "certificate": "national",
    "environment_statement": "Solar power covers a third of what we use. We report the figures of each event.",
    "rooms_free": True,
    "catering_free": False,
    "cost_eur": 4200,
    "budget": [
        {"what": "Rooms and technique", "amount": 0, "paid": "free"},
        {"what": "Coffee and lunch for 45, two days", "amount": 3600, "paid": "invoiced"},
        {"what": "Bus to the port", "amount": 600, "paid": "invoiced"},
    ],
    "conditions": "Free of charge to cancel until four weeks before.",
}

AARHUS: Mapping[str, Any] = {
    **AVEIRO,
    "organisation_name": "Aarhus Wind & Water Cluster",
    "country": "DK",
    "region": "DK04",
    "website": "https://wind-water.example.org",
    "contact": {"name": "Henrik Holm", "role": "Director", "email": "henrik@example.org"},
    "contact_email": "henrik@example.org",
    "why": (
        "We turned a coal harbour into a place where 40 firms test water technology in the open. Participants would "
        "work in the hall where it happens, with the people who had to agree on it."
    ),
    "track_record": "Nordic cluster meeting 2023 with 120 guests, water week every year, a team of five with deputies.",
    "venue_name": "Harbour Hall",
    "city": "Aarhus",
    "point": {"latitude": 56.1629, "longitude": 10.2039},
    "reach": "Billund airport, 75 minutes by coach; direct trains from Copenhagen airport every hour.",
    "hotels_nearby": 12,
    "beds_held": 60,
    "study_visit": "Open test site for water technology, two hours, by boat.",
    "evening": "Supper at long tables in the hall.",
    "certificate": "iso_14001",
    "cost_eur": 2800,
    "budget": [
        {"what": "Rooms and technique", "amount": 0, "paid": "free"},
        {"what": "Boat", "amount": 2800, "paid": "invoiced"},
    ],
    "catering_free": True,
}

GRANADA: Mapping[str, Any] = {
    **AVEIRO,
    "organisation_name": "Sierra Tourism Lab",
    "organisation_type": "research_centre",
    "country": "ES",
    "region": "ES61",
    "website": "https://sierra-lab.example.org",
    "contact": {"name": "Helena Herrero", "role": "Project manager", "email": "helena@example.org"},
    "contact_email": "helena@example.org",
    "letter_of_support": False,
    "why": "Our town lives from visitors and has learnt to steer them. We show the data and what firms make of it.",
    "track_record": "Annual symposium with 90 guests since 2021.",
    "venue_name": "Casa del Agua",
    "city": "Granada",
    "point": {"latitude": 37.1773, "longitude": -3.5986},
    "reach": "Málaga airport, then 90 minutes by coach, the last one at 21:30.",
    "hotels_nearby": 20,
    "study_visit": "The control room of the visitor system, one hour, three groups.",
    "certificate": "none",
    "cost_eur": 6900,
    "rooms_free": False,
}
