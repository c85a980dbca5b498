"""Names of people and organisations: comparing, sorting, shortening."""

import re

from booster.kit.plain import clean, fold, words

# Legal forms at the end of a name (folded, dots dropped): the same organisation with and without.
LEGAL = words("""
    ev eg ggmbh gmbh mbh ug ag kg ohg gbr co asbl vzw aisbl ivzw eeig ewiv geie gie sa sas sarl sprl srl scrl scarl
    spa snc onlus ets sl slu slne sau sccl aie lda sp z oo zoo spzoo as asa oy oyj ry rf ab aps amba fmba ltd limited
    plc llc inc clg bv nv cv doo dd dooel zs ops sro kft zrt nyrt ead ood eood ad ou mtu sia uab vsi se ike ae epe
    amke
    ιδ αε επε ικε αμκε еоод оод ад еад""")
TITLES = words("dr prof professor mr mrs ms mx herr frau ing dipl mag phd msc mba ir sir dame")
PARTICLES = words("van von der den de di da do dos das del della du la le el al af av zu zum ten ter y e i")

LETTERS = str.maketrans(
    "αβγδεζηικλμνξοπρστυφωабвгдезијклмнопрстуфхцыэґі", "avgdeziiklmnxoprstyfoabvgdezijklmnoprstufhcyegi"
) | str.maketrans(
    {"θ": "th", "χ": "ch", "ψ": "ps", "ς": "s", "ж": "zh", "ч": "ch", "ш": "sh", "щ": "sht", "ъ": "a", "ь": ""}
    | {"ю": "yu", "я": "ya", "є": "ye", "ї": "yi", "ћ": "c", "ђ": "dj", "љ": "lj", "њ": "nj", "џ": "dz", "ѕ": "dz"}
)


def latin(value: object) -> str:
    """Folded text with Greek and Cyrillic letters written in Latin ones, for sorting and finding: Δυτική → dytiki."""
    return fold(value).replace("ου", "ou").translate(LETTERS)


def organisation_key(value: object) -> str:
    """Equal for spellings of one organisation's name: case, accents, punctuation, spaces, "the", "&", legal forms at
    the end (e.V., GmbH, asbl …), its initials in brackets and ae/oe/ue for umlauts do not count, all else does.
    ``""`` for an empty name."""
    text = clean(value)
    bracket = re.fullmatch(r"(.*\S)\s*[(\[]([^()\[\]]+)[)\]]", text, re.DOTALL)
    if bracket and fold(bracket[2]).replace(" ", "") in LEGAL | {"".join(word[0] for word in fold(bracket[1]).split())}:
        text = bracket[1]
    parts = fold(re.sub(r"\b(\w)\.\s?(?=\w\b)", r"\1", text)).split()  # e. V. and S.p.A. become eV and SpA
    parts = parts[1:] if parts[:1] == ["the"] and len(parts) > 1 else parts
    while len(parts) > 1 and (parts[-1] in LEGAL or parts[-1] == "and"):
        parts.pop()
    return re.sub(r"(?<=[aou])e", "", "".join(parts))


def sort_key(value: object) -> tuple[str, str]:
    """For lists that mix alphabets: by Latin letters, whatever script, case and accents; then by the text."""
    return latin(value), clean(value)


def initials(first: object, family: object = "") -> str:
    """One or two capital letters for a person, in their own script, without titles and particles; ``""`` for no name.
    With one argument the first and the last word count."""
    given = [w for w in clean(first).split() if fold(w) not in TITLES and any(c.isalpha() for c in w)]
    last = [w for w in clean(family).split() if any(c.isalpha() for c in w)] or given[1:]
    main = [w for w in last if fold(w) not in PARTICLES] or last
    own = main[0] if clean(family) and main else main[-1] if main else ""
    letters = [next(c for c in word if c.isalpha()) for word in (*given[:1], own) if word]
    return "".join(letters).upper()[:2]
