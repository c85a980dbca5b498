"""What a room announces. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    name: str  # "<room>.<past participle>"
    sentence: str  # how the timeline tells it: "{actor} published {thing}"
    private: tuple[str, ...] = ()  # payload keys erased with the person
    one: str = ""  # the sentence when its ``{count}`` is one
