"""The questions that are answered by several lines, each with the same columns: rooms, dates, costs, partners,
hotels. Pure."""

from dataclasses import dataclass


def _(text: str) -> str:
    """Marks a text for translation; the page that shows it translates it."""
    return text


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    label: str
    kind: str  # text | number | decimal | yes_no | date | choice | file
    needed: bool = False
    options: tuple[tuple[str, str], ...] = ()
    largest: float = 1e9
    files: str = ""  # which ones, for a file: a key of files.KINDS


HELD = (("exclusive", _("Held for you alone")), ("provisional", _("Provisional")))
PAID = (("free", _("Free of charge")), ("invoiced", _("Invoiced")))

TABLES: dict[str, tuple[Column, ...]] = {
    "rooms": (
        Column("name", _("Room"), "text", needed=True),
        Column("m2", _("m²"), "decimal", largest=100_000),
        Column("theatre", _("Seats in rows"), "number", largest=10_000),
        Column("cabaret", _("Seats at round tables"), "number", largest=10_000),
        Column("daylight", _("Daylight"), "yes_no"),
        Column("step_free", _("Step-free"), "yes_no"),
        Column("projector", _("Projector"), "yes_no"),
        Column("minutes", _("Minutes from the plenary"), "number", largest=600),
        Column("photo", _("Photo"), "file", files="pictures"),
        Column("plan", _("Plan"), "file", files="plans"),
    ),
    "dates": (
        Column("first", _("First day"), "date", needed=True),
        Column("last", _("Last day"), "date"),
        Column("held", _("Held"), "choice", options=HELD),
    ),
    "budget": (
        Column("what", _("What"), "text", needed=True),
        Column("amount", _("Euro"), "decimal"),
        Column("paid", _("How"), "choice", options=PAID),
    ),
    "partners": (
        Column("name", _("Organisation"), "text", needed=True),
        Column("part", _("Its part"), "text"),
        Column("country", _("Country"), "country"),
    ),
    "hotels": (
        Column("name", _("Hotel"), "text", needed=True),
        Column("minutes", _("Minutes on foot"), "number", largest=600),
        Column("rate", _("Euro a night"), "decimal", largest=10_000),
        Column("beds", _("Rooms held"), "number", largest=10_000),
    ),
}
PARTS: dict[str, tuple[Column, ...]] = {
    "person": (
        Column("name", _("Name"), "text", needed=True),
        Column("role", _("Role"), "text"),
        Column("email", _("E-mail address"), "email"),
    ),
    "organisation": (
        Column("name", _("Name"), "text", needed=True),
        Column("country", _("Country"), "country"),
        Column("website", _("Web address"), "link"),
        Column("registration", _("Registration number or PIC"), "text"),
    ),
    "point": (
        Column("latitude", _("Latitude"), "latitude", needed=True),
        Column("longitude", _("Longitude"), "longitude", needed=True),
    ),
    "place": (
        Column("city", _("Town"), "text", needed=True),
        Column("latitude", _("Latitude"), "latitude"),
        Column("longitude", _("Longitude"), "longitude"),
    ),
}
REPLIES = (("yes", _("Yes")), ("partly", _("Partly")), ("no", _("No")), ("on_request", _("On request")))
MOST_LINES = 60
