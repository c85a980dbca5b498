"""The call for venue providers: who hosts the days in person, and where."""

from booster.calls.rules.gates import Gate
from booster.calls.rules.templates.shape import CriterionOf, Template, ask, characters
from booster.calls.rules.templates.white_book import REQUIREMENTS, checklists

BODY = """\
We look for a place where 25 to 45 people who run cluster organisations meet for two days of learning in person, after
they have met online. They work in small groups, at tables, on their own cases. They also come to see how your region does
things: a study visit, a good practice, the people behind it.

## Who does what

The academy's team plans the programme, brings trainers and coaches, invites the participants and leads the days. The host
gives the rooms and a contact person, helps with food and hotels, and opens its network: visits, speakers, a welcome.

## How we choose

Offers that arrive in time and meet the conditions are read by at least two evaluators, who give marks from 0 to 5 for each
criterion below. An offer passes with 60 points of 100 and the minimum of every criterion. Where the academy has been before
and how it spreads over Europe is weighed after the marks, and written down apart from them. Everybody who offers a place
gets the marks, the comments and a way to object.
"""

OFFERED = """\
- Two days with up to 45 managers of cluster organisations and their trainers in your house
- Contacts and projects for your own network, and a place on the programme for your good practice
- Joint promotion before, during and after, and your page on the academy's site
- Figures and feedback afterwards, for your board

The academy pays no rent. What you invoice, and what you give free of charge, is part of your offer.
"""

EXPECTED = """\
- You are a university, a research centre, a regional or local authority or agency, a cluster or a similar body, alone or in
  a consortium; the rooms may belong to a partner
- The plenary seats at least 45 people at round tables, and everything is step-free
- You can hold the rooms on at least one of the dates and name who is responsible
- You answer the lines of the white book honestly; “partly” and “on request” are good answers
"""

TYPES = {
    "university": "University",
    "research_centre": "Research centre",
    "regional_agency": "Regional agency",
    "public_authority": "Public authority",
    "cluster": "Cluster",
    "company": "Company",
    "other": "Other",
}
CERTIFICATES = {
    "none": "None",
    "emas": "EMAS",
    "iso_14001": "ISO 14001",
    "eu_ecolabel": "EU Ecolabel",
    "national": "National label",
}
MAP_HINT = "Paste what a map gives you: two numbers such as 48.58, 7.75, degrees and minutes, or the address of the map with the place in it."
IS_CONSORTIUM = {"question": "consortium", "is": True}
HAS_VISIT = {"question": "has_visit", "is": True}

SECTIONS = [
    {
        "key": "applicant",
        "title": "Who offers",
        "text": "The organisation that answers for the offer, and the people to talk to.",
        "questions": [
            ask("organisation_name", "text", "Legal name", required=True, identifies=True, autocomplete="organization"),
            ask("organisation_type", "choice", "Type", required=True, options=TYPES),
            ask("country", "country", "Country", required=True),
            ask("region", "region", "Region", "For example Grand Est or FRF."),
            ask("registration", "text", "Registration number or PIC", identifies=True, limit=characters(60)),
            ask("website", "link", "Web site", identifies=True, autocomplete="url"),
            ask("contact", "person", "Contact person", required=True, identifies=True),
            ask("deputy", "person", "Deputy", "Who answers when the contact person is away.", identifies=True),
            ask("contact_email", "email", "E-mail address for this offer", required=True, identifies=True, autocomplete="email"),
            ask("signatory", "person", "Who signs", identifies=True),
        ],
    },
    {
        "key": "consortium",
        "title": "Partners",
        "text": "Rooms, food, content and transport may come from different organisations.",
        "questions": [
            ask("consortium", "yes_no", "Do you offer together with partners?", required=True),
            ask(
                "partners",
                "partners",
                "Partners",
                "One line each, with its part: premises, catering, content, transport …",
                required=True,
                identifies=True,
                when=IS_CONSORTIUM,
                criteria=["capacity"],
            ),
            ask("letter_of_support", "yes_no", "Does the regional authority support the offer in a letter?", criteria=["capacity"]),
            ask("letters", "file", "Letters", "PDF, up to 20 MB each.", files="documents", several=True, identifies=True),
        ],
    },
    {
        "key": "motivation",
        "title": "Why you",
        "text": "",
        "questions": [
            ask(
                "why",
                "long_text",
                "Why should the academy come to you?",
                "Your link to clusters, what participants see at your place only, what you hope for.",
                required=True,
                limit=characters(2000),
                criteria=["learning"],
            ),
            ask(
                "track_record",
                "long_text",
                "Which comparable events did you hold, and who was in the team?",
                "With year and number of guests.",
                limit=characters(1500),
                criteria=["capacity"],
            ),
        ],
    },
    {
        "key": "venue",
        "title": "The place",
        "text": "Rooms as they would be set for us. One line for each room; the plenary first.",
        "questions": [
            ask("venue_name", "text", "Name of the place", required=True, identifies=True),
            ask("city", "text", "Town", required=True, identifies=True),
            ask("point", "point", "Point on the map", MAP_HINT, required=True, identifies=True),
            ask("rooms", "rooms", "Rooms", required=True, minimum=1, maximum=40, criteria=["premises"]),
            ask(
                "step_free",
                "yes_no",
                "Is everything step-free, from the street to every room and toilet?",
                required=True,
                criteria=["access"],
            ),
            ask("access_statement", "long_text", "Who looks after access, and what has been checked?", limit=characters(1500), criteria=["access"]),
            ask("wifi_devices", "number", "Devices that the wireless network carries at once", required=True, minimum=0, maximum=100000, criteria=["technique"]),
            ask("uplink_mbit", "decimal", "Uplink in Mbit/s, measured", minimum=0, maximum=1000000, criteria=["technique"]),
            ask("floor_plans", "file", "Floor plans", "PDF or pictures, up to 20 MB each.", files="any", several=True, criteria=["premises"]),
            ask("photos", "file", "Photos", "Up to 8 MB each.", files="pictures", largest_mb=8, several=True, criteria=["premises"]),
        ],
    },
    {
        "key": "dates",
        "title": "Dates",
        "text": "",
        "questions": [
            ask(
                "dates",
                "dates",
                "When can we come?",
                "Up to three dates. Say whether you hold them for us alone or provisionally.",
                required=True,
                minimum=1,
                maximum=6,
            ),
        ],
    },
    {
        "key": "reach",
        "title": "Getting there and staying",
        "text": "",
        "questions": [
            ask("reach", "long_text", "How do guests reach you from airport and station?", "Minutes, cost, and the last connection at night.", limit=characters(1500), criteria=["reach"]),
            ask("hotels_nearby", "number", "Hotels within 15 minutes on foot", required=True, minimum=0, maximum=1000, criteria=["reach"]),
            ask("beds_held", "number", "Rooms held for us in all", required=True, minimum=0, maximum=10000, criteria=["reach"]),
            ask("hotels", "hotels", "Hotels", "Three or more, in different price bands.", criteria=["reach"]),
        ],
    },
    {
        "key": "programme",
        "title": "What there is to see",
        "text": "",
        "questions": [
            ask("has_visit", "yes_no", "Do you offer a study visit?", required=True, criteria=["learning"]),
            ask("study_visit", "text", "Which one?", "What is seen, for how long, by how many at once.", required=True, limit=characters(300), when=HAS_VISIT, criteria=["learning"]),
            ask("local_speakers", "number", "Local speakers, free of charge", required=True, minimum=0, maximum=100, criteria=["learning"]),
            ask("evening", "text", "An evening together", limit=characters(300), criteria=["learning"]),
        ],
    },
    {
        "key": "environment",
        "title": "Environment",
        "text": "",
        "questions": [
            ask("certificate", "choice", "Environmental certificate", required=True, options=CERTIFICATES, criteria=["environment"]),
            ask("environment_statement", "long_text", "What else you do, and what you will report", limit=characters(1500), criteria=["environment"]),
        ],
    },
    {
        "key": "costs",
        "title": "Costs",
        "text": "In euro, without value-added tax.",
        "questions": [
            ask("rooms_free", "yes_no", "Are the rooms free of charge?", required=True, criteria=["cost"]),
            ask("catering_free", "yes_no", "Is the catering free of charge?", required=True, criteria=["cost"]),
            ask("cost_eur", "decimal", "What would you invoice in all?", "0 when nothing.", required=True, minimum=0, maximum=10000000, criteria=["cost"]),
            ask("budget", "budget", "Who pays what", criteria=["cost"]),
            ask("conditions", "long_text", "Conditions, and the terms of cancelling", limit=characters(1500), criteria=["cost"]),
        ],
    },
    {
        "key": "white_book",
        "title": "White book",
        "text": "The same list stands on the page of the call and in its PDF. Nobody meets every line. Add a remark or a file where it helps; with “partly” and “no”, say in a word why.",
        "questions": checklists(),
    },
    {
        "key": "declarations",
        "title": "Declarations",
        "text": "",
        "questions": [
            ask(
                "honour",
                "consent",
                "I declare on honour that no reason for exclusion and no conflict of interest exists, and that I may make this offer",
                required=True,
                statement="1",
            ),
            ask(
                "consent",
                "consent",
                "I have read the privacy notice and agree that this offer is processed for this call",
                required=True,
                statement="1",
            ),
        ],
    },
]  # fmt: skip


def _marks(*texts: str) -> dict[str, str]:
    """What 0, 1, 3 and 5 stand for."""
    return dict(zip(("0", "1", "3", "5"), texts, strict=True))


CRITERIA = (
    CriterionOf("premises", "Premises fit for learning together", "Rooms in which groups work, not only listen.", 25, 3, _marks(
        "A lecture hall only", "A flat plenary, but no places for groups", "A flat plenary and some group places a walk away", "A flexible hall with daylight and six or more group places next to it",
    ), ("rooms", "floor_plans", "photos")),
    CriterionOf("reach", "Reach and stay", "How easily people from all over Europe come, and where they sleep.", 15, 2, _marks(
        "Not reachable in a day from most countries", "Two changes from the airport; few beds", "Within 90 minutes of an airport; hotels by tram", "Under 45 minutes from an airport with ten or more direct countries; hotels in three bands on foot",
    ), ("reach", "hotels_nearby", "beds_held", "hotels")),
    CriterionOf("access", "Inclusion and accessibility", "Whether everybody can take part in everything.", 10, 3, _marks(
        "Parts cannot be reached without steps", "Step-free by exception", "Step-free with an accessible toilet", "Checked by an expert, shown in photos, with a person in charge",
    ), ("step_free", "access_statement")),
    CriterionOf("technique", "Hybrid and technical quality", "Whether sound, picture and network carry the days.", 10, 2, _marks(
        "No network for guests", "A projector and a shared network", "Network for all and good sound", "A tested set, a technician on site, a measured uplink",
    ), ("wifi_devices", "uplink_mbit")),
    CriterionOf("learning", "Learning value of the place", "What participants see and hear at this place only.", 15, None, _marks(
        "Nothing beyond the rooms", "A tour for tourists", "A study visit that fits a topic", "A study visit tied to the topics, clusters of the region and an authority that takes part",
    ), ("why", "has_visit", "study_visit", "local_speakers", "evening")),
    CriterionOf("capacity", "Organisation and track record", "Who does it, with whom, and how often before.", 10, 3, _marks(
        "Nobody named", "One person without experience", "A named team with one comparable event", "Three or more comparable events, a named team with deputies, clear parts for partners",
    ), ("partners", "letter_of_support", "track_record")),
    CriterionOf("environment", "Environmental performance", "What the place does, and whether it can show it.", 10, 2, _marks(
        "Nothing said", "Intentions", "Measures in use, no certificate", "Certified, and reports its figures",
    ), ("certificate", "environment_statement")),
    CriterionOf("cost", "Cost, own contribution, promotion", "What the academy would have to pay, and what you add.", 5, None, _marks(
        "Rooms and catering invoiced at market price", "A discount", "Rooms free of charge", "Rooms and catering free of charge, with a plan for promotion",
    ), ("rooms_free", "catering_free", "cost_eur", "budget", "conditions")),
)  # fmt: skip

GATES = (
    Gate("late", "Sent after the deadline.", "in_time"),
    Gate(
        "plenary under 45 cabaret seats",
        "The plenary seats fewer than 45 people at round tables.",
        "room_at_least",
        {"question": "rooms", "room": "plenary", "seats": "cabaret", "number": 45},
    ),
    Gate("not step-free", "Not everything can be reached without steps.", "yes", {"question": "step_free"}),
)

VENUES = Template(
    kind="venues",
    title="Call for venue providers",
    summary="Host two days of the academy: up to 45 managers of cluster organisations at your place.",
    body=BODY,
    offered=OFFERED,
    expected=EXPECTED,
    sections=SECTIONS,
    criteria=CRITERIA,
    gates=GATES,
    requirements=REQUIREMENTS,
    settings={"seats": 1, "threshold": 60, "evaluators_per_file": 2},
)
