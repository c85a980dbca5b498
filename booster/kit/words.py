"""Marks for texts that pure files say and rooms translate. Pure."""


def N_(text: str) -> str:  # noqa: N802 -- the usual name of this mark
    """The text as it is; ``run.py texts`` finds it here, and the room that shows it translates it."""
    return text
