"""How alike two header texts are by the words that matter in them. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from booster.kit.plain import words

# Words that say nothing about what a column holds.
EMPTY = words("""
    the of your you i my our we us its this that it can will would do does did is are be been in on at to a an and or
    for with from have has had how what which when who where please give tell state indicate enter select choose field
    answer if any all per up three max maximum min minimum optional required mandatory""")
SAME = {
    "organization": "organisation", "mail": "email", "town": "city", "surname": "family", "last": "family",
    "forename": "first", "given": "first", "many": "number", "no": "number", "nr": "number", "count": "number",
    "adress": "address", "enterprise": "sme", "attendance": "attend", "attending": "attend", "participate": "attend",
    "foundation": "founded", "founding": "founded", "established": "founded", "position": "role",
    "agreement": "agree", "approval": "agree", "approve": "agree", "submission": "submitted", "sending": "submitted",
}  # fmt: skip
LEAST, AHEAD = 0.5, 0.1


@lru_cache(4096)
def told(text: str) -> frozenset[str]:
    """The words of a folded text that matter, in one form each."""
    joined = (
        f" {text} ".replace(" e mail ", " email ").replace(" on line ", " online ").replace(" co operat", " cooperat")
    )
    joined = joined.replace(" eco system", " ecosystem").replace(" face to face ", " in person ")
    return frozenset(_stem(word) for word in joined.split() if word not in EMPTY) or frozenset(joined.split())


def _stem(word: str) -> str:
    word = SAME.get(word, word)
    short = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    return SAME.get(short, short)


def weights(wanted: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """A word counts the less, the more fields are called by it. Texts come folded."""
    used = Counter(word for texts in wanted.values() for word in frozenset().union(*(told(text) for text in texts)))
    return {word: 1 / number for word, number in used.items()}


def likeness(header: str, spelling: str, weight: Mapping[str, float]) -> float:
    """From 0 to 1: the weight of the words that two folded texts share among that of all their words."""
    one, other = told(header), told(spelling)
    shared = _sum(one & other, weight)
    return shared / _sum(one | other, weight) if shared else 0.0


def _sum(of: Iterable[str], weight: Mapping[str, float]) -> float:
    return sum(weight.get(word, 0.4) for word in of)


def best_pairs(
    headers: Mapping[int, str], fields: Mapping[str, Sequence[str]], weight: Mapping[str, float]
) -> dict[str, int]:
    """Field → column where each is clearly the best for the other."""
    score = {
        (name, i): max((likeness(text, spelling, weight) for spelling in texts), default=0.0)
        for name, texts in fields.items()
        for i, text in headers.items()
    }
    return {
        name: i
        for (name, i), found in score.items()
        if found >= LEAST and all(found >= other + AHEAD for (n, j), other in score.items() if (n == name) != (j == i))
    }
