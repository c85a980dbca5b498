"""From joins and leaves to minutes present and attendance, with every assumption said.

Pure standard library, fit for a web process; linear but for sorting. Moments are aware datetimes in UTC and nothing
else: a naive one or one of another zone is refused, because an hour guessed wrong is a certificate given wrong.
Sessions past midnight are sessions like any other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

DAY = timedelta(days=1)
Span = tuple[datetime, datetime]
SENTENCES = {
    "no_leave": "No leave is known for the join at {join}; counted until the end of the session.",
    "no_leave_dropped": "No leave is known for the join at {join}; not counted.",
    "no_join": "No join is known for the leave at {leave}; not counted.",
    "reversed": "The leave at {leave} lies before the join at {join}; not counted.",
    "outside": "The stay from {join} to {leave} lies outside the session; not counted.",
    "early": "Joined at {join}, before the session; counted from its start.",
    "late": "Left at {leave}, after the session; counted until its end.",
    "overlap": "Two devices or stays overlap; each minute counts once.",
    "rejoined": "Joined again at {join} without a leave; taken as one stay.",
    "attended": "{minutes} of {whole} minutes ({percent} %); attended, {threshold} % are asked for.",
    "missed": "{minutes} of {whole} minutes ({percent} %); not attended, {threshold} % are asked for.",
    "too_short": "{minutes} of {whole} minutes; not attended, at least {least} minutes are asked for.",
    "overall": "{attended} of {sessions} sessions attended, {minutes} of {whole} minutes in all.",
}


class BadPresence(ValueError):
    """A moment, session or rule cannot be right. `culprit`: the id of the session or person, or a field."""

    def __init__(self, message: str, culprit: str) -> None:
        super().__init__(message)
        self.culprit = culprit


@dataclass(frozen=True, slots=True)
class Session:
    """`start` to `end` in UTC, at most a day. `breaks` count for nobody; parts outside the session are cut."""

    id: str
    start: datetime
    end: datetime
    breaks: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class Stay:
    """One line of a meeting tool's list. None where the tool does not know the moment."""

    person: str
    join: datetime | None
    leave: datetime | None
    device: str = ""


@dataclass(frozen=True, slots=True)
class Signal:
    """One event of a log: `joined` True for a join, False for a leave."""

    person: str
    at: datetime
    joined: bool
    device: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """Attended with at least `share` (0 to 1) of the minutes outside breaks and at least `minutes`.

    `open_end`: a stay without a leave counts until the end of the session; False leaves it out.
    """

    share: Fraction = Fraction(4, 5)
    minutes: int = 0
    open_end: bool = True


@dataclass(frozen=True, slots=True)
class Assumption:
    """What was taken for granted. Codes: the keys of `SENTENCES` up to "rejoined". Moments in ISO format."""

    code: str
    params: Mapping[str, str]
    sentence: str


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person in one session. `seconds` present of `whole` seconds outside breaks; `spans` present, without breaks,
    in order. `share` is exact. `assumptions` in the order of the stays.
    """

    person: str
    session: str
    seconds: int
    whole: int
    attended: bool
    spans: tuple[Span, ...]
    assumptions: tuple[Assumption, ...]
    code: str
    params: Mapping[str, str | int]
    sentence: str

    @property
    def minutes(self) -> int:
        """Whole minutes, rounded down."""
        return self.seconds // 60

    @property
    def share(self) -> Fraction:
        return Fraction(self.seconds, self.whole)


@dataclass(frozen=True, slots=True)
class Overall:
    """One person over all sessions; `attended`, `sessions`: numbers of them; seconds as in `Attendance`."""

    person: str
    attended: int
    sessions: int
    seconds: int
    whole: int
    sentence: str


def attendance(
    sessions: Sequence[Session], stays: Iterable[Stay], people: Iterable[str] = (), rule: Rule | None = None
) -> tuple[Attendance, ...]:
    """One line per session and person, in the order of sessions, people sorted. `people`: also those without a stay.

    A stay counts in every session that it touches. A stay that touches no session is said in the session nearest to it
    in time. BadPresence names a moment that is naive or not UTC, a session that ends before it starts or twice.
    """
    rule = rule or Rule()
    _check_rule(rule)
    inner = [_worked(session) for session in sessions]
    _check_once(sessions)
    by_person: dict[str, list[Stay]] = {name: [] for name in people}
    for stay in stays:
        _check_stay(stay)
        by_person.setdefault(stay.person, []).append(stay)
    homes = {id(stay): _homes(stay, sessions) for own in by_person.values() for stay in own}
    return tuple(
        _attended(session, spans, name, [stay for stay in by_person[name] if place in homes[id(stay)]], rule)
        for place, (session, spans) in enumerate(zip(sessions, inner, strict=True))
        for name in sorted(by_person)
    )


def stays(signals: Iterable[Signal]) -> tuple[Stay, ...]:
    """Pair joins and leaves, each person and device for itself. Of two joins in a row the first stays open until the
    next leave; a leave without a join has none. Sorted by person, device and time.
    """
    devices: dict[tuple[str, str], list[Signal]] = {}
    for one in signals:
        _check_moment(one.at, one.person)
        devices.setdefault((one.person, one.device), []).append(one)
    return tuple(stay for _, own in sorted(devices.items()) for stay in _paired(own))


def overall(lines: Iterable[Attendance]) -> tuple[Overall, ...]:
    """What each person attended in all, sorted by person."""
    people: dict[str, list[Attendance]] = {}
    for line in lines:
        people.setdefault(line.person, []).append(line)
    return tuple(_overall(name, own) for name, own in sorted(people.items()))


def _overall(name: str, own: Sequence[Attendance]) -> Overall:
    attended, seconds = sum(line.attended for line in own), sum(line.seconds for line in own)
    whole = sum(line.whole for line in own)
    sentence = SENTENCES["overall"].format(
        attended=attended, sessions=len(own), minutes=seconds // 60, whole=whole // 60
    )
    return Overall(name, attended, len(own), seconds, whole, sentence)


def _paired(signals: Sequence[Signal]) -> list[Stay]:
    found: list[Stay] = []
    joins: list[datetime] = []
    person, device = signals[0].person, signals[0].device
    for one in sorted(signals, key=lambda one: (one.at, one.joined)):
        if one.joined:
            joins.append(one.at)
            continue
        found += [Stay(person, join, one.at, device) for join in joins] or [Stay(person, None, one.at, device)]
        joins = []
    return found + [Stay(person, join, None, device) for join in joins]


def _check_rule(rule: Rule) -> None:
    if not 0 <= rule.share <= 1:
        raise BadPresence("The share must be from 0 to 1.", "share")
    if type(rule.minutes) is not int or rule.minutes < 0:
        raise BadPresence("The minutes must be a whole number of 0 or more.", "minutes")


def _check_moment(moment: Any, culprit: str) -> None:
    if not isinstance(moment, datetime) or moment.utcoffset() is None:
        raise BadPresence(f"{culprit}: the moment {moment!r} has no time zone; UTC is needed.", culprit)
    if moment.utcoffset() != timedelta(0):
        raise BadPresence(f"{culprit}: the moment {moment.isoformat()} is not in UTC.", culprit)


def _check_stay(stay: Stay) -> None:
    for moment in (stay.join, stay.leave):
        if moment is not None:
            _check_moment(moment, stay.person)
    if stay.join is None and stay.leave is None:
        raise BadPresence(f"{stay.person}: a stay has neither a join nor a leave.", stay.person)


def _check_once(sessions: Sequence[Session]) -> None:
    known: set[str] = set()
    for session in sessions:
        if session.id in known:
            raise BadPresence(f"The session {session.id!r} is there twice.", session.id)
        known.add(session.id)


def _worked(session: Session) -> list[Span]:
    """The session without its breaks."""
    for moment in (session.start, session.end, *(moment for one in session.breaks for moment in one)):
        _check_moment(moment, session.id)
    if not timedelta(0) < session.end - session.start <= DAY:
        raise BadPresence(f"{session.id}: a session must end after it starts, within a day.", session.id)
    for start, end in session.breaks:
        if end < start:
            raise BadPresence(f"{session.id}: a break ends before it starts.", session.id)
    spans, start = [], session.start
    for pause, over in sorted(session.breaks):
        if pause > start:
            spans.append((start, min(pause, session.end)))
        start = max(start, over)
    spans.append((start, session.end))
    spans = [(start, end) for start, end in spans if start < end]
    if not spans:
        raise BadPresence(f"{session.id}: its breaks leave nothing of the session.", session.id)
    return spans


def _homes(stay: Stay, sessions: Sequence[Session]) -> set[int]:
    """The sessions where this stay counts or, where it counts nowhere, the one nearest to it."""
    if not sessions:
        return set()
    moments = [moment for moment in (stay.join, stay.leave) if moment is not None]
    if stay.join and stay.leave and stay.join <= stay.leave:
        inside = {
            place
            for place, one in enumerate(sessions)
            if stay.join < one.end and (stay.leave > one.start or stay.join == stay.leave >= one.start)
        }
        if inside:
            return inside
    edge = moments[0]
    return {min(range(len(sessions)), key=lambda place: (_far(edge, sessions[place]), place))}


def _far(moment: datetime, session: Session) -> timedelta:
    return max(session.start - moment, moment - session.end, timedelta(0))


def _attended(session: Session, inner: Sequence[Span], name: str, own: Sequence[Stay], rule: Rule) -> Attendance:
    said: list[Assumption] = []
    taken: list[tuple[Span, str]] = []
    for stay in sorted(own, key=lambda one: (one.join or one.leave or session.start, one.device)):
        span = _span(session, stay, said, open_end=rule.open_end)
        if span:
            taken.append((span, stay.device))
    spans = _cut(_merged(taken, said), inner)
    seconds, whole = _length(spans), _length(inner)
    enough = seconds >= rule.share * whole
    attended = enough and seconds >= 60 * rule.minutes
    params: dict[str, str | int] = {
        "minutes": seconds // 60,
        "whole": whole // 60,
        "percent": 100 * seconds // whole,
        "threshold": f"{float(100 * rule.share):g}",
        "least": rule.minutes,
    }
    code = "attended" if attended else "too_short" if enough else "missed"
    return Attendance(
        name, session.id, seconds, whole, attended, tuple(spans), tuple(said), code, params,
        SENTENCES[code].format(**params),
    )  # fmt: skip


def _span(session: Session, stay: Stay, said: list[Assumption], *, open_end: bool) -> Span | None:
    join, leave = stay.join, stay.leave
    if join is None:
        said.append(_say("no_join", leave=leave))
        return None
    if leave is None:
        if join >= session.end:
            said.append(_say("outside", join=join, leave=session.end))
            return None
        said.append(_say("no_leave" if open_end else "no_leave_dropped", join=join))
        leave = session.end if open_end else join
    return _clipped(session, join, leave, said)


def _clipped(session: Session, join: datetime, leave: datetime, said: list[Assumption]) -> Span | None:
    if leave < join:
        said.append(_say("reversed", join=join, leave=leave))
        return None
    if leave <= session.start or join >= session.end:
        said.append(_say("outside", join=join, leave=leave))
        return None
    if join < session.start:
        said.append(_say("early", join=join))
    if leave > session.end:
        said.append(_say("late", leave=leave))
    return max(join, session.start), min(leave, session.end)


def _merged(taken: Sequence[tuple[Span, str]], said: list[Assumption]) -> list[Span]:
    """One span where stays touch; says once that devices overlap, and each join again on the same device."""
    spans: list[Span] = []
    ends: dict[str, datetime] = {}
    overlapped = False
    for (start, end), device in sorted(taken):
        if device in ends and start < ends[device]:
            said.append(_say("rejoined", join=start))
        elif spans and start < spans[-1][1] and not overlapped:
            said.append(_say("overlap"))
            overlapped = True
        ends[device] = max(end, ends.get(device, end))
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _cut(spans: Sequence[Span], inner: Sequence[Span]) -> list[Span]:
    found = [(max(a, c), min(b, d)) for a, b in spans for c, d in inner]
    return [(start, end) for start, end in found if start < end]


def _length(spans: Iterable[Span]) -> int:
    """Whole seconds, rounded down once for all spans."""
    return sum((end - start for start, end in spans), timedelta(0)) // timedelta(seconds=1)


def _say(code: str, **moments: datetime | None) -> Assumption:
    params = {name: moment.isoformat() for name, moment in moments.items() if moment is not None}
    return Assumption(code, params, SENTENCES[code].format(**params))
