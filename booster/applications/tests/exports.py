"""Exports of survey tools, made up from a seed, together with what a careful person would decide on each answer."""

import csv
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl

OPENED = datetime(2022, 9, 26, 7, 0, tzinfo=UTC)
DEADLINE = datetime(2022, 10, 24, 16, 0, tzinfo=UTC)  # 18:00 in Brussels
HEADERS = {  # the ways in which such files call their columns
    "id": ("Contribution ID", "Response ID", "Answer ID"),
    "created": ("Creation date (UTC)",),
    "changed": ("Last update (UTC)",),
    "given_name": ("1.1 First name", "Given name", "FIRST NAME"),
    "family_name": ("1.2 Family name", "Surname", "Last name"),
    "email": ("1.3 E-mail address", "Email", "E-mail"),
    "gender": ("1.4 Gender (optional)", "Gender"),
    "role": ("1.5 Your role", "Role"),
    "organisation_name": ("2.1 Name of your cluster organisation", "Organisation", "Cluster organisation"),
    "country": ("2.2 Country", "Country", " country "),
    "city": ("2.3 City", "Town"),
    "ecosystems": ("2.4 Industrial ecosystem(s), up to three", "Industrial ecosystems"),
    "members": ("2.6 Members", "Number of members", "How many members does your cluster have?"),
    "smes": ("2.7 of which SMEs", "SMEs"),
    "staff_fte": (
        "2.8 Management team (FTE)",
        "Management team",
        "Size of the management team (full-time equivalents)",
    ),
    "challenge": ("3.1 What is the biggest challenge of your cluster today? (max. 300 words)", "Challenge"),
    "both_online": (
        "4.1 I can attend both online days",
        "Attendance of both online days",
        "“4.1 I can attend both online days”",
    ),
    "both_in_person": ("4.2 I can attend both days in person", "Attendance in person (both days)"),
    "consent": ("5 I have read the privacy notice and consent", "Consent"),
}
PEOPLE = (
    ("Ana", "Kovačević"), ("Ελένη", "Παπαδοπούλου"), ("Стоян", "Димитров"), ("Jörg", "Müller-Weiß"), ("Łucja", "Żak"),
    ("Seán", "Ó Briain"), ("Maja", "Ås"), ("João", "da Conceição"), ("Zsófia", "Nagy"), ("Anne-Marie", "d'Ormesson"),
)  # fmt: skip
IN = ("Greece", "EL", "GR", "Ελλάδα", "Deutschland", "germany", "DE", "España", "ES ", "Česko", "Czechia",
      "Polska", "The Netherlands", "Les Pays-Bas", "Ολλανδία", "Kingdom of Norway", "Itly", "Germany DE",
      "NL", "Österreich", "BG", "България", "FRANCE", "fr", "Italia", "Sverige", "România",
      "HR")  # fmt: skip
OUT = ("Switzerland", "CH", "Suisse", "Schweiz", "United States", "USA", "U.S.A.", "Japan", "Atlantis", "")
ENOUGH_PEOPLE = ("0.5", "0,5", "½", "2.0 FTE", "1,75", "12", 3, 2.5, "about 4", "80 %", "1 1/2", "approx.2")
TOO_FEW_PEOPLE = ("0.4", "0,25", 0, "0.49 FTE", "", "20 %", "none")
ENOUGH_MEMBERS = ("15", 15, "1.250", "12 000", "about 70", "84", "15+", "1,024", " 99 ", "ca.20", "120 entities")
TOO_FEW_MEMBERS = ("14", 3, "0", "about 7", "", "many", "10-12")
YES = ("Yes", "yes", "YES ", "Y", "true", "1", "x", "I agree", "Oui / yes", "[x]", "Yes please", "wahr")
NO = ("No", "no", "", "Yes, but only the first day", "not sure", "0", "false", "I do not agree", "[ ]", "cannot")
ADDRESSES_THAT_REACH_NOBODY = ("", "not-an-address", "ana@", "@example.org", "ana at example.org", "ana@example", "n/a")
TEXTS = (
    "Our members come to events and not to projects.", "=HYPERLINK(\"http://example.org\";\"x\")",
    "<script>alert(1)</script>", "\u202egnp.exe\u202c", "zero\u200bwidth", "+1 for more", "-",
    "Το πρόβλημα μας; είναι…", "line one\nline two", "\"quoted\"; and semicolons",
)  # fmt: skip
FAULTS = (None,) * 12 + ("late", "not both legs", "no consent", "no usable e-mail", "management under 0.5 FTE",
          "under 15 members", "country not eligible")  # fmt: skip


@dataclass
class Truth:
    eligible: set[str] = field(default_factory=set)
    ineligible: dict[str, str] = field(default_factory=dict)
    superseded: set[str] = field(default_factory=set)


@dataclass
class Export:
    rows: list[dict[str, Any]]  # by field, ``created`` and ``changed`` as moments
    truth: Truth
    headers: dict[str, str]

    def cells(self, order: Sequence[str], written: Any) -> list[list[Any]]:
        return [[written(row[f]) if f in ("created", "changed") else row[f] for f in order] for row in self.rows]


def _id(dice: random.Random, shape: str, number: int) -> str:
    return {
        "padded": f"{number:03}-{dice.randrange(10**5):05}",
        "word": f"R_{''.join(dice.choices('abcdefghjkmnpqrstuvwxyzABCDEF', k=12))}{number}",
        "plain": str(9000 + number),
    }[shape]


def make(seed: int, *, answers: int = 60) -> Export:
    """So many people's answers, a fifth of them sent twice, three in eight with a fault or several."""
    dice = random.Random(seed)
    shape = dice.choice(("padded", "word", "plain"))
    rows: list[dict[str, Any]] = []
    truth = Truth()
    for number in range(answers):
        times = 2 if dice.random() < 0.2 else 1
        fault = dice.choice(FAULTS) if times == 1 else None
        for turn in range(times):
            row = _row(dice, shape, number, turn, fault)
            rows.append(row)
            if times == 2 and turn == 0:
                truth.superseded.add(row["id"])
            elif fault:
                truth.ineligible[row["id"]] = fault
            else:
                truth.eligible.add(row["id"])
    _late_doubles(dice, shape, rows, truth)
    dice.shuffle(rows)
    return Export(rows, truth, {f: dice.choice(texts) for f, texts in HEADERS.items()})


def _late_doubles(dice: random.Random, shape: str, rows: list[dict[str, Any]], truth: Truth) -> None:
    """People who had sent a good answer in time send another after the deadline: the first one stands."""
    for number, row in enumerate([row for row in rows if row["id"] in truth.eligible][:3]):
        again = {**row, "id": _id(dice, shape, 5000 + number), "created": DEADLINE + timedelta(minutes=1 + number)}
        rows.append({**again, "changed": again["created"]})
        truth.ineligible[again["id"]] = "late"


def _row(dice: random.Random, shape: str, number: int, turn: int, fault: str | None) -> dict[str, Any]:
    given, family = dice.choice(PEOPLE)
    address = f"person{number}@example.org"
    if turn:
        address = dice.choice((address.upper(), f"  {address} ", f"Person{number}@Example.ORG"))
    spread = int((DEADLINE - OPENED).total_seconds() // 120)
    created = OPENED + timedelta(minutes=dice.randrange(spread) + turn * spread)
    if fault == "late":
        created = DEADLINE + timedelta(minutes=dice.choice((1, 3, 60 * 30)))
    elif turn and dice.random() < 0.3:
        created = DEADLINE  # to the minute is in time
    worse = fault and dice.random() < 0.4  # several faults: the first in order counts
    order = FAULTS[12:]
    has = {name: name == fault or bool(worse and order.index(name) > order.index(fault)) for name in order}
    legs = [dice.choice(YES), dice.choice(NO)] if has["not both legs"] else [dice.choice(YES), dice.choice(YES)]
    dice.shuffle(legs)
    return {
        "id": _id(dice, shape, number * 10 + turn),
        "created": created,
        "changed": created + timedelta(minutes=dice.choice((0, 0, 7, 600))),
        "given_name": given,
        "family_name": family,
        "email": dice.choice(ADDRESSES_THAT_REACH_NOBODY) if has["no usable e-mail"] else address,
        "gender": dice.choice(("Woman", "Man", "", "woman", "Female", "m", "Prefer not to say")),
        "role": dice.choice(("Cluster manager", "Employee", "manager")),
        "organisation_name": f"{dice.choice(('Cluster', 'CLUSTER', 'Πόλος'))} {number}",
        "country": dice.choice(OUT if has["country not eligible"] else IN),
        "city": dice.choice(("Porto", "Αθήνα", "Kraków")),
        "ecosystems": dice.choice(
            ("Agri-food", "Tourism; Health", "Digital\nElectronics", "Turism, Helth", "Aerospace &amp; defence")
        ),
        "members": dice.choice(TOO_FEW_MEMBERS if has["under 15 members"] else ENOUGH_MEMBERS),
        "smes": dice.choice(("10", "", "most of them")),
        "staff_fte": dice.choice(TOO_FEW_PEOPLE if has["management under 0.5 FTE"] else ENOUGH_PEOPLE),
        "challenge": dice.choice(TEXTS),
        "both_online": legs[0],
        "both_in_person": legs[1],
        "consent": dice.choice(NO if has["no consent"] else YES),
    }


# ------------------------------------------------------------------------------------- how it is written down


def as_workbook(export: Export, seed: int) -> bytes:
    """Title rows with merged cells, columns in any order, moments as real dates, a header repeated in the middle."""
    dice = random.Random(seed)
    order = list(export.headers)
    dice.shuffle(order)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Export of answers", None, None, "made for nobody"])
    sheet.merge_cells("A1:C1")
    sheet.append([])
    heads = [export.headers[f] for f in order]
    sheet.append(heads)
    lines = export.cells(order, lambda moment: moment.replace(tzinfo=None))
    lines.insert(len(lines) // 2, heads)
    for line in lines:
        sheet.append([f"'{c}" if isinstance(c, str) and c.startswith("=") else c for c in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_text(
    export: Export, seed: int, *, written: str = "%d/%m/%Y %H:%M", comma: str = ",", encoding: str = "utf-8",
    zone: str = "UTC",
) -> bytes:  # fmt: skip
    """Text with separators, its moments written so in that zone, columns in any order."""
    dice = random.Random(seed)
    order = list(export.headers)
    dice.shuffle(order)
    heads = [export.headers[f].replace("UTC", "Brussels time" if zone != "UTC" else "UTC") for f in order]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=comma, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows(export.cells(order, lambda moment: moment.astimezone(ZoneInfo(zone)).strftime(written)))
    return out.getvalue().encode(encoding)
