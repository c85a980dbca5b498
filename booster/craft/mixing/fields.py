"""Plans without any repeat that follow from arithmetic in finite rings: transversal designs and affine planes.

Points are (column i, value x) with x in a ring R of g elements, a product of finite fields. In session m group b holds
the points (i, b + m * a_i). Two points of different columns share a group where m * (a_i - a_j) is the difference of
their values: in exactly one session if a_i - a_j can be divided by, so never twice; two points of one column never.
A ring has as many elements with such differences as the smallest of its fields, which limits the size of groups. After
these g sessions the columns themselves are split into groups: one more session when the group size divides g, several
when the columns have such plans in turn (R. C. Bose 1938; H. F. MacNeish 1922).
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import product

Session = tuple[tuple[int, ...], ...]  # groups of points
Schedule = tuple[Session, ...]
Element = tuple[int, ...]


def prime_powers(number: int) -> list[tuple[int, int]]:
    """The factors of a number as (prime, exponent), smallest prime first."""
    found, prime = [], 2
    while number > 1:
        exponent = 0
        while number % prime == 0:
            number //= prime
            exponent += 1
        if exponent:
            found.append((prime, exponent))
        prime += 1
    return found


def widest(groups: int) -> int:
    """The largest group size for which `transversal` has a plan with this many groups."""
    return min((prime**exponent for prime, exponent in prime_powers(groups)), default=1)


class Field:
    """The field of p**e elements, numbered 0 to p**e - 1; a number's digits to base p are a polynomial over p."""

    def __init__(self, prime: int, exponent: int) -> None:
        self.prime, self.exponent, self.order = prime, exponent, prime**exponent
        self.modulus = _irreducible(prime, exponent)

    def digits(self, number: int) -> list[int]:
        return [number // self.prime**place % self.prime for place in range(self.exponent)]

    def number(self, digits: list[int]) -> int:
        return sum(digit * self.prime**place for place, digit in enumerate(digits))

    def add(self, one: int, other: int) -> int:
        pairs = zip(self.digits(one), self.digits(other), strict=True)
        return self.number([(a + b) % self.prime for a, b in pairs])

    def times(self, one: int, other: int) -> int:
        wide = _multiply(self.digits(one), self.digits(other), self.prime)
        return self.number(_remainder(wide, self.modulus, self.prime))


def _multiply(one: list[int], other: list[int], prime: int) -> list[int]:
    wide = [0] * (len(one) + len(other) - 1)
    for (i, a), (j, b) in product(enumerate(one), enumerate(other)):
        wide[i + j] = (wide[i + j] + a * b) % prime
    return wide


def _remainder(digits: list[int], modulus: list[int], prime: int) -> list[int]:
    """What is left of a polynomial (lowest power first) after division by one whose highest coefficient is 1."""
    left, size = list(digits), len(modulus) - 1
    for place in range(len(left) - 1, size - 1, -1):
        factor = left[place]
        for step in range(size + 1):
            left[place - size + step] = (left[place - size + step] - factor * modulus[step]) % prime
    return (left + [0] * size)[:size]


def _irreducible(prime: int, exponent: int) -> list[int]:
    """The first polynomial of this degree, highest coefficient 1, that no smaller one divides."""
    for low in product(range(prime), repeat=exponent):
        candidate = [*low, 1]
        if all(any(_remainder(candidate, divisor, prime)) for divisor in _divisors(prime, exponent // 2)):
            return candidate
    raise AssertionError("there is an irreducible polynomial of every degree")  # pragma: no cover


def _divisors(prime: int, degree: int) -> list[list[int]]:
    return [[*low, 1] for size in range(1, degree + 1) for low in product(range(prime), repeat=size)]


@lru_cache(maxsize=32)
def _tables(groups: int) -> tuple[tuple[Element, ...], tuple[Field, ...]]:
    fields = tuple(Field(prime, exponent) for prime, exponent in prime_powers(groups))
    return tuple(product(*(range(field.order) for field in fields))), fields


def transversal(groups: int, size: int, sessions: int, slopes: Sequence[int] = ()) -> Schedule | None:
    """`sessions` sessions of `groups` groups of `size` in which nobody meets twice; None when arithmetic has none.

    Point number = column * groups + value. Points of a column meet only in sessions after the first `groups`.
    `slopes`: the a_i, different numbers below `widest`; other ones give other plans.
    """
    if size > widest(groups) or sessions < 1:
        return None
    elements, fields = _tables(groups)
    place = {element: number for number, element in enumerate(elements)}
    columns = [tuple(slope for _ in fields) for slope in (slopes or range(size))]
    plan: list[Session] = []
    for factor in elements[: min(sessions, groups)]:
        shifts = [tuple(f.times(x, y) for f, x, y in zip(fields, factor, a, strict=True)) for a in columns]
        plan.append(
            tuple(
                tuple(
                    column * groups + place[tuple(f.add(x, y) for f, x, y in zip(fields, base, shift, strict=True))]
                    for column, shift in enumerate(shifts)
                )
                for base in elements
            )
        )
    missing = sessions - len(plan)
    inside = _inside(groups, size, missing) if missing else ()
    return None if inside is None else (*plan, *inside)


def _inside(groups: int, size: int, sessions: int) -> Schedule | None:
    """Sessions in which every column is split into groups of its own."""
    if groups % size:
        return None
    within = one_session(groups // size, size) if sessions == 1 else transversal(groups // size, size, sessions)
    if within is None:
        return None
    return tuple(
        tuple(tuple(column * groups + point for point in members) for column in range(size) for members in session)
        for session in within
    )


def one_session(groups: int, size: int) -> Schedule:
    """One session: any split will do."""
    return (tuple(tuple(range(first, first + size)) for first in range(0, groups * size, size)),)


def shifted(groups: int, size: int, sessions: int) -> Schedule | None:
    """The same with whole numbers around a circle of `groups`: short plans where no field fits.

    Factors are taken one by one as long as no difference of two, times a difference of two columns, closes the circle.
    """
    if size > groups:
        return None
    factors: list[int] = []
    for factor in range(groups):
        steps = [factor - other for other in factors]
        if all(step * gap % groups for step in steps for gap in range(1, size)):
            factors.append(factor)
    plan = tuple(
        tuple(
            tuple(column * groups + (base + factor * column) % groups for column in range(size))
            for base in range(groups)
        )
        for factor in factors[:sessions]
    )
    missing = sessions - len(plan)
    inside = _inside(groups, size, missing) if missing else ()
    return None if inside is None else (*plan, *inside)


def ringed(groups: int, size: int, sessions: int) -> Schedule | None:
    """3q + 1 people in fours so that everyone meets everyone in q sessions, q a prime power and 1 more than a fourfold.

    Points (x, j) with x in the field of q elements and j of three, and one more point; the first session is turned
    q times by adding to x (R. C. Bose; D. K. Ray-Chaudhuri and R. M. Wilson 1971). None for other sizes.
    """
    order = (4 * groups - 1) // 3
    if size != 4 or 3 * order + 1 != 4 * groups or order % 4 != 1 or len(prime_powers(order)) != 1 or sessions > order:
        return None
    field = Field(*prime_powers(order)[0])
    powers = _powers(field)
    step = (order - 1) // 4
    first: list[tuple[tuple[int, int] | None, ...]] = [((0, 0), (0, 1), (0, 2), None)]
    for turn, ring in product(range(step), range(3)):
        corner = [powers[turn + quarter * step] for quarter in range(4)]
        after = (ring + 1) % 3
        first.append(((corner[0], ring), (corner[2], ring), (corner[1], after), (corner[3], after)))
    return tuple(
        tuple(
            tuple(3 * order if point is None else point[1] * order + field.add(point[0], shift) for point in group)
            for group in first
        )
        for shift in range(sessions)
    )


def _powers(field: Field) -> list[int]:
    """1, w, w squared and so on, for the first element w whose powers are all elements but 0."""
    for root in range(2, field.order):
        powers = [1]
        while (following := field.times(powers[-1], root)) != 1:
            powers.append(following)
        if len(powers) == field.order - 1:
            return powers
    raise AssertionError("every finite field has such an element")  # pragma: no cover
