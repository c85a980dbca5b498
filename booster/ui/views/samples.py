"""What the gallery shows: invented people and plausible figures, with the longest words that we may meet."""

from datetime import UTC, date, datetime, timedelta

from booster.kit.paging import Page
from booster.ui.templatetags.groups import Part, Seat
from booster.ui.templatetags.marks import ECOSYSTEM_NAMES

GERMAN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft e. V."
GREEK = "Σύνδεσμος Επιχειρήσεων Ηλεκτρονικής Βιομηχανίας και Αναδυόμενων Τεχνολογιών Βορείου Ελλάδος"
AT = datetime(2026, 2, 26, 8, 0, tzinfo=UTC)
STOPS = [
    {"key": "calls", "state": "past", "starts": date(2025, 8, 19), "ends": date(2025, 10, 10), "href": "#"},
    {
        "key": "cohort",
        "state": "past",
        "starts": date(2025, 11, 3),
        "ends": date(2025, 12, 19),
        "href": "#",
        "note": "27 people from 14 countries",
    },
    {"key": "needs", "state": "past", "starts": date(2026, 1, 12), "ends": date(2026, 2, 6), "href": "#"},
    {"key": "online", "state": "now", "starts": date(2026, 3, 2), "ends": date(2026, 3, 3), "href": "#"},
    {"key": "between", "state": "next", "starts": date(2026, 3, 4), "ends": date(2026, 5, 18)},
    {"key": "in_person", "state": "next", "starts": date(2026, 5, 19), "ends": date(2026, 5, 20), "note": "Strasbourg"},
    {"key": "roadmap", "state": "next", "when": "June 2026"},
    {"key": "follow_up", "state": "next", "when": "until June 2027"},
]
PEOPLE = [
    {
        "name": "Paula Duarte",
        "role": "Cluster manager",
        "organisation": "Norte Têxtil",
        "country": "Portugal",
        "ask": "recycled fibres",
    },
    {
        "name": "Αλεξάνδρα Παπακωνσταντίνου-Χατζηγεωργίου",
        "role": "Διευθύντρια καινοτομίας",
        "organisation": GREEK,
        "country": "Greece",
        "ask": "ψηφιακή μετάβαση",
    },
    {"name": "Łukasz Żółkiewski", "role": "Kierownik klastra", "organisation": "Dolina Lotnicza", "country": "Poland"},
    {"name": "Олена Петренко", "role": "Керівниця кластера", "organisation": "Агрокластер", "country": "Ukraine"},
]
ORGANISATIONS = [
    {
        "name": GERMAN,
        "kind": "Cluster organisation",
        "place": "Mecklenburg-Vorpommern",
        "country": "Germany",
        "members": 143,
        "ecosystems": [10, 7, 6, 5],
    },
    {
        "name": GREEK,
        "kind": "Cluster organisation",
        "place": "Θεσσαλονίκη",
        "country": "Greece",
        "members": 1,
        "ecosystems": [6, 5],
    },
]
COUNTRIES = [
    ("Germany", 41, "#"),
    ("Greece", 33, "#"),
    ("Poland", 28, "#"),
    ("Portugal", 17, "#"),
    ("Malta", 1, "#"),
    ("Luxembourg", 0, "#"),
]
ECOSYSTEM_ROWS = [
    {"label": str(full), "value": 40 - 2 * n, "ecosystem": n, "href": "#"}
    for n, (full, _brief) in ECOSYSTEM_NAMES.items()
]
FUNNEL = [
    ("Begun", 312, "#"),
    ("Sent", 214, "#"),
    ("Eligible", 187, "#"),
    ("Over the threshold", 121, "#"),
    ("Chosen", 27, "#"),
]
MARKS = [(f"{n / 2:g}", count) for n, count in enumerate([1, 0, 3, 7, 14, 22, 31, 44, 38, 19, 8])]
HEAT = (
    ["Strategy", "Finance", "Digital", "Green", "People"],
    [
        ("New managers", [(5, "#"), 3, 4, 2, None]),
        ("Experienced managers", [1, (4, "#"), 5, 5, 2]),
        ("Employees", [0, 1, 3, 4, 5]),
    ],
)
FACTS = [
    {"sentence": "Paula Duarte sent the application", "at": AT - timedelta(days=3), "who": "", "href": "#"},
    {
        "sentence": "Olga Ortiz extended the deadline to Fri 6 Mar 2026: two ministries were closed",
        "at": AT - timedelta(days=2),
        "who": "Olga Ortiz",
    },
    {"sentence": "The receipt was delivered", "at": AT - timedelta(days=2, minutes=4)},
]
SECTIONS = [
    {"label": "You", "href": "#", "state": "done"},
    {"label": "Your cluster", "href": "#", "state": "error"},
    {"label": "Your challenge", "href": "#", "state": "now"},
    {"label": "Practical matters", "href": "#", "state": "todo"},
    {"label": "Check and send", "state": "todo"},
]
TABS = [
    {"label": "All", "href": "#", "count": 214, "current": True},
    {"label": "Eligible", "href": "#", "count": 187},
    {"label": "To decide", "href": "#", "count": 0},
]
DESK = {
    "title": "Edition 5 · 2026",
    "href": "#",
    "groups": [
        {
            "label": "",
            "links": [
                {"label": "This week", "href": "#", "icon": "home", "current": True},
                {"label": "Timeline", "href": "#", "icon": "history"},
            ],
        },
        {
            "label": "Call for participants",
            "links": [
                {"label": "Applications", "href": "#", "icon": "file-text", "count": 214},
                {"label": "Eligibility", "href": "#", "icon": "checklist", "count": 27},
                {"label": "Evaluation", "href": "#", "icon": "scale", "count": 0},
                {"label": "Cohort", "href": "#", "icon": "users-group"},
            ],
        },
    ],
}
STATES = ["draft", "submitted", "eligible", "ineligible", "waiting", "chosen", "reserve", "declined", "conflict"]
TEXT = """## What we look for

Managers who **run a cluster** and can take part in *both* legs:

- two days online,
- two days [in Strasbourg](https://example.org/).

> It is the first time that somebody asked what I need.

| Day | Place |
|---|---|
| Mon 2 Mar | online |
| Tue 19 May | Strasbourg |
"""
PAGE = Page(items=[], number=4, pages=12, total=573)
ROWS = [
    {
        "name": name,
        "country": country,
        "ecosystem": 1 + n % 14,
        "score": f"{91.5 - n / 2:.1f}",
        "state": STATES[n % len(STATES)],
    }
    for n, (name, country) in enumerate(
        [(GERMAN, "Germany"), (GREEK, "Greece"), ("Norte Têxtil", "Portugal"), ("Dolina Lotnicza", "Poland")] * 50
    )
]
SEATED = [
    Seat("PT", "Paula Duarte, Norte Têxtil, Portugal", "#", "textiles"),
    Seat("GR", f"Αλεξάνδρα Παπακωνσταντίνου, {GREEK}", "#", "digital", hand=True),
    *(Seat("DE", f"{GERMAN}, Germany", "#", "health") for _place in range(8)),
]
PARTS = [Part("Germany", 8, 31, maximum=3), Part(GREEK, 1, 4, minimum=1, maximum=2), Part("Portugal", 1, 7, minimum=2)]
ECO_PARTS = [Part("Health", 8, 40, "health", "a", 1, 8), Part("Textiles", 1, 3, "textiles", "b"), Part("Digital", 1, 9)]
