"""The pieces that all formats are made of: numbers, texts, ids and objects that take nothing for something else."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

MOST_PEOPLE = 50_000
LONGEST = 200


class Strict(BaseModel):
    """An object with these keys and no others; texts are texts and numbers are numbers."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Instance(Strict):
    """One question. `note` is for people and changes nothing; `$schema` helps an editor to check while one types."""

    schema_address: Annotated[str, Field(max_length=LONGEST)] = Field("", alias="$schema")
    note: Annotated[str, Field(max_length=2000, description="For people; changes nothing.")] = ""

    def faults(self) -> Iterator[tuple[str, str]]:
        """(path, sentence) of what is wrong between the parts of an instance whose parts are each in order."""
        return iter(())


def quoted(value: Any) -> str:
    """A value as a sentence shows it: short, and a text in quotation marks."""
    if isinstance(value, str):
        return f"“{value if len(value) <= 40 else value[:40] + '…'}”"
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    plain = {None: "null", True: "true", False: "false"} if value is None or isinstance(value, bool) else {}
    text = plain.get(value) or str(value)
    return text if len(text) <= 40 else text[:40] + "…"


def _float(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def exact(value: Any) -> Any:
    """A whole number as a decimal; anything else as it is."""
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _list(value: Any) -> Any:
    return [value] * bool(value) if isinstance(value, str) else value


Text = Annotated[str, Field(max_length=LONGEST)]
Id = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Number = Annotated[float, BeforeValidator(_float), Field(allow_inf_nan=False)]
Points = Annotated[
    Decimal,
    BeforeValidator(exact),
    Field(ge=-100_000, le=100_000),
    WithJsonSchema({"type": "number", "minimum": -100_000, "maximum": 100_000}),
]
Seed = Annotated[int, Field(ge=-(2**63), lt=2**63, description="Decides between equals and nothing else.")]
Values = Annotated[
    list[Id],
    BeforeValidator(_list),
    Field(max_length=1000),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


def twice(ids: Iterable[str], path: str, key: str = ".id") -> Iterator[tuple[str, str]]:
    """A fault for each id that stood before."""
    first: dict[str, int] = {}
    for place, one in enumerate(ids):
        if first.setdefault(one, place) != place:
            yield f"{path}[{place}]{key}", f"{quoted(one)} is there twice: first at {path}[{first[one]}]."


def unknown(ids: Iterable[str], known: Iterable[str], path: str, kind: str) -> Iterator[tuple[str, str]]:
    """A fault for each id of a list that names nobody."""
    there = frozenset(known)
    for place, one in enumerate(ids):
        if one not in there:
            yield f"{path}[{place}]", f"There is no {kind} {quoted(one)}."
