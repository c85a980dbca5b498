"""Questions as JSON: one file per question with its pydantic model, strict, with every fault named by its path.

Each file has `Instance` (the format), `Instance.question()` (the dataclasses that its algorithm takes) and
`Instance.faults()` (what a type cannot say: an id twice, somebody unknown). Imported by the command line alone:
pydantic costs 0.2 s. The formats are public; `docs/craft/schemas/` holds their JSON schemas.
"""

NAMES = ("balance", "mixing", "timetable", "meetings", "travel")
