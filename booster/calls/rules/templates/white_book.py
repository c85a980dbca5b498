"""The white book for a place that holds 25 to 45 people for two days of learning, as data."""

from typing import Any

from booster.calls.rules.templates.shape import RequirementOf, ask

ROOMS, TECHNIQUE, ACCESS, FOOD = "Rooms", "Equipment and hybrid", "People and access", "Food"
REACH, CONTENT, GREEN, COMMITMENT = "Reach and stay", "Content", "Environment", "Commitment"


def _part(section: str, criterion: str, *lines: tuple[str, str, str]) -> tuple[RequirementOf, ...]:
    return tuple(RequirementOf(section, key, text, level, criterion) for key, level, text in lines)


REQUIREMENTS = (
    *_part(
        ROOMS,
        "premises",
        ("plenary", "must", "A plenary room with a flat floor and daylight that seats 60 people at round tables, never fewer than 45."),
        ("breakouts", "must", "Five to eight places for groups of five to eight, at most three minutes from the plenary; corners of a large hall may count."),
        ("coaching", "should", "Three or four quiet spots where two or three people can talk undisturbed."),
        ("team_room", "should", "A room for the team that can be locked, a cloakroom, and a place for luggage on the second day."),
        ("reception", "should", "A desk in sight of the entrance, signs on the way, and walls on which posters may hang."),
        ("availability", "must", "The rooms are ours for both days and half a day before; no noisy event takes place next door."),
        ("other_place", "may", "A second, different place for guest talks, such as a workshop, a museum or a farm."),
    ),
    *_part(
        TECHNIQUE,
        "technique",
        ("projection", "must", "A projector or screen that can be read from the last row, sound in the whole room, two handheld and two headset microphones."),
        ("boards", "must", "A flip chart and a pin board for every group, cards and markers, and power at the tables."),
        ("wifi", "must", "Wireless access for 60 people with two devices each, without personal registration; please state the measured speed."),
        ("hybrid_set", "should", "A camera, a room microphone, a loudspeaker without echo, a second screen for those who join from afar, and a technician."),
        ("recording", "may", "Recording is possible, only with everybody's consent, and you say where recordings are kept."),
    ),
    *_part(
        ACCESS,
        "access",
        ("step_free", "must", "A step-free way from the street to every room and toilet; please give the size of the lift."),
        ("toilets", "must", "An accessible toilet, and enough toilets for all; toilets for every gender are welcome."),
        ("hearing", "should", "A hearing loop or something that does the same, and seats kept free near the front."),
        ("quiet_room", "should", "A quiet room; on request a place for prayer or for parents with a child."),
        ("emergency", "must", "Assistance dogs are admitted, and the emergency plan covers people with disabilities."),
        ("contact_person", "must", "Somebody is there each day, can be reached on a mobile phone and speaks the working language."),
        ("safety", "must", "First aid, insurance, and a certificate of how many people the rooms may hold."),
    ),
    *_part(
        FOOD,
        "technique_none",
        ("catering", "must", "Coffee on arrival, two breaks and a lunch on each day, and one evening together."),
        ("diets", "must", "Vegetarian by default, vegan on request, allergens labelled; halal and kosher on request."),
        ("no_waste", "should", "Tap water, nothing for single use, and a plan for what is left over."),
    ),
    *_part(
        REACH,
        "reach",
        ("airport_station", "must", "Minutes and cost from the nearest airport, with the number of countries that fly there directly, and from the main station."),
        ("transport", "should", "Public transport at least every 15 minutes, hotels within walking distance, and a late arrival is possible."),
        ("hotels", "must", "Three hotels in three price bands with 45 rooms held in all, the day until which they can be given back, and the prices of that week; please name trade fairs on those days."),
        ("visa", "should", "What guests from countries outside the European Union need for entering, and the help that you give."),
    ),
    *_part(
        CONTENT,
        "learning",
        ("study_visit", "should", "A study visit or a tour of a laboratory of 90 to 120 minutes: group size, safety gear, and its link to an ecosystem and to the green and digital transitions."),
        ("speakers", "should", "Local speakers free of charge, good practices, the clusters around you, and a welcome by an authority."),
        ("observers", "may", "Students or observers may listen; please say how many you propose."),
    ),
    *_part(
        GREEN,
        "environment",
        ("certificate", "should", "EMAS, ISO 14001, the EU Ecolabel or a national label for green venues; renewable electricity; waste is sorted."),
        ("reporting", "should", "You report energy, waste and meals after the event. We estimate the emissions of the guests' journeys ourselves."),
    ),
    *_part(
        COMMITMENT,
        "capacity",
        ("signatory", "must", "Who signs, which partner answers for what, and whom to ask about data protection."),
        ("terms", "must", "What is free, what is invoiced and to whom, and the terms of cancelling."),
        ("date_options", "must", "Up to three dates, and whether you hold them for us alone."),
        ("promotion", "should", "How you will tell others about it, and how logos are used."),
        ("honour", "must", "A declaration on honour that no reason for exclusion and no conflict of interest exists."),
    ),
)  # fmt: skip
REQUIREMENTS = tuple(
    RequirementOf(r.section, r.key, r.text, r.level, "" if r.criterion == "technique_none" else r.criterion)
    for r in REQUIREMENTS
)
CRITERION_OF = {
    section: next((r.criterion for r in REQUIREMENTS if r.section == section and r.criterion), "")
    for section in dict.fromkeys(r.section for r in REQUIREMENTS)
}


def key_of(section: str) -> str:
    """The key of the question that asks for a part of the white book."""
    return "book_" + "_".join("".join(c if c.isascii() and c.isalnum() else " " for c in section.lower()).split())[:50]


def checklist(section: str, lines: list[tuple[str, str]], criterion: str = "") -> dict[str, Any]:
    """The question that asks for a part of the white book; ``lines`` are (key, text) of its requirements."""
    return ask(
        key_of(section),
        "checklist",
        section,
        required=True,
        evidence=True,
        reasons=True,
        options=dict(lines),
        criteria=[criterion] if criterion else [],
    )


def checklists() -> list[dict[str, Any]]:
    return [
        checklist(section, [(r.key, r.text) for r in REQUIREMENTS if r.section == section], criterion)
        for section, criterion in CRITERION_OF.items()
    ]
