"""Write letters, release them, keep what became of them. Nothing is sent here."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Required, TypedDict, Unpack
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Model, Q, QuerySet, When
from django.utils.translation import gettext as _

from booster.kit import jobs, moves
from booster.kit.machine import NotNow
from booster.kit.words import N_
from booster.post import rules
from booster.post.models import Attempt, DeadAddress, Letter
from booster.post.states import LETTER

SEND = "booster.post.tasks.send_now"
AS_NEW: dict[str, Any] = {"attempts": 0, "trying_since": None, "leased_until": None, "handed_over_at": None}


class Draft(TypedDict, total=False):
    """A letter as a room writes it. ``key`` names it for ever: the same key is never written twice."""

    kind: Required[str]
    key: Required[str]
    subject: Required[str]
    body: Required[str]  # plain text; an empty line parts paragraphs, a bare address becomes a link
    to: Any  # Person; address and name are theirs unless given
    address: str
    name: str
    language: str  # of the reader, unless given
    edition_id: int | None  # of the thing, unless given
    thing: Model | None
    release_now: bool  # else it is held until somebody releases it
    not_before: datetime | None
    window: rules.Window | None  # a letter that nobody waits for leaves in these hours, in the reader's zone if known,
    latest: datetime | None  # and at once when the hours would make it later than this
    reply_to: str
    calendar: str  # an .ics file as text


def drop(*, by: Any, at: datetime, **draft: Unpack[Draft]) -> Letter:
    """Write one letter; for a key that was used before, the letter of then, unchanged. Two queries and a savepoint."""
    return drop_many([draft], by=by, at=at)[0]


@transaction.atomic
def drop_many(drafts: Sequence[Draft], *, by: Any, at: datetime) -> list[Letter]:
    """Write letters, in the order of ``drafts``; a key used before answers the letter of then.

    Two queries and a savepoint for each 400, on SQLite one more for each 30 (it takes 999 values at once).
    """
    written: dict[str, Letter] = {}
    for some in (drafts[n : n + 400] for n in range(0, len(drafts), 400)):
        new = [_letter(draft, by, at) for draft in {d["key"]: d for d in reversed(some)}.values()]
        Letter.objects.bulk_create(new, ignore_conflicts=True)
        keys = [draft["key"] for draft in some]
        written |= {letter.key: letter for letter in Letter.objects.filter(key__in=keys)}
    if any(letter.state == "released" for letter in written.values()):
        _wake()
    return [written[draft["key"]] for draft in drafts]


def _letter(draft: Draft, by: Any, at: datetime) -> Letter:
    to, thing = draft.get("to"), draft.get("thing")
    address = draft.get("address") or (to.email if to else "")
    name = draft.get("name") or (str(to) if to else "")
    rules.one_line(subject=draft["subject"], address=address, name=name, reply_to=draft.get("reply_to", ""))
    now = draft.get("release_now", False)
    edition_id = draft.get("edition_id")
    return Letter(
        kind=draft["kind"],
        key=draft["key"],
        to=to,
        address=address,
        name=name[:200],
        reply_to=draft.get("reply_to", ""),
        language=draft.get("language") or getattr(to, "language", "") or "en",
        subject=draft["subject"].strip()[:250],
        body=draft["body"],
        calendar=draft.get("calendar", ""),
        edition_id=edition_id if edition_id is not None else getattr(thing, "edition_id", None),
        thing_type=thing._meta.label_lower if thing else "",
        thing_id=thing.pk if thing else None,
        state="released" if now else LETTER.start,
        written_at=at,
        written_by=by,
        released_at=at if now else None,
        released_by=by if now else None,
        not_before=draft.get("not_before") or (_first_hour(draft, at) if now else at),
        message_id=rules.message_id(draft["key"], urlsplit(settings.BOOSTER_URL).hostname or "localhost"),
    )


def _first_hour(draft: Draft, at: datetime) -> datetime:
    window = draft.get("window")
    if window is None or settings.BOOSTER_DEMO:  # nobody sleeps beside the post box of the demo
        return at
    return window.in_time(at, getattr(draft.get("to"), "zone", ""), latest=draft.get("latest"))


def _wake() -> None:
    if settings.BOOSTER_MAIL or settings.BOOSTER_DEMO:
        jobs.after_commit(SEND)


def _chosen(letters: "QuerySet[Letter] | Iterable[Letter | int]") -> QuerySet[Letter]:
    if isinstance(letters, QuerySet):
        return Letter.objects.filter(pk__in=letters.values_list("pk", flat=True))
    return Letter.objects.filter(pk__in=[letter if isinstance(letter, int) else letter.pk for letter in letters])


@transaction.atomic
def release(
    letters: "QuerySet[Letter] | Iterable[Letter | int]", *, by: Any, at: datetime, window: rules.Window | None = None
) -> int:
    """Let the held ones among these go; how many went. Compare-and-set: nobody releases twice.

    With a ``window`` they leave only in its hours, in the addressee's own zone where it is known. One query, two and
    one for each zone with a window.
    """
    held = _chosen(letters).filter(state="held")
    if window is None or settings.BOOSTER_DEMO:
        released = _release(held, at, by=by, at=at)
    else:
        zones = sorted(set(held.order_by().values_list("to__zone", flat=True)), key=str)
        released = sum(_release(held.filter(to__zone=z), window.next_moment(at, z or ""), by=by, at=at) for z in zones)
    if released:
        _wake()
    return released


def _release(held: QuerySet[Letter], earliest: datetime, *, by: Any, at: datetime) -> int:
    later = Case(When(not_before__gt=earliest, then=F("not_before")), default=earliest)
    state = LETTER.after("held", "release")
    return held.update(state=state, released_at=at, released_by=by, not_before=later)


@transaction.atomic
def hasten(letter: Letter, *, by: Any, at: datetime) -> Letter:
    """A letter that waits for its hour goes now."""
    if letter.state != "released":
        raise NotNow(N_("This letter does not wait for its hour."))
    moves.settle(letter, expected={"state": "released"}, not_before=at)
    _wake()
    return letter


@transaction.atomic
def rewrite(letter: Letter, *, subject: str, body: str, revision: int, by: Any, at: datetime) -> Letter:
    """Change what a held letter says; ``Stale`` if ``revision``, which the writer read, is not the last."""
    if letter.state != "held":
        raise NotNow(_("This letter has left the outbox and cannot be changed any more."))
    rules.one_line(subject=subject)
    return moves.settle(
        letter,
        expected={"state": "held", "revision": revision},
        subject=subject.strip()[:250],
        body=body,
        revision=revision + 1,
    )


@transaction.atomic
def discard(letters: "QuerySet[Letter] | Iterable[Letter | int]", *, by: Any, at: datetime) -> int:
    """Throw away those that have not gone and will not go; how many."""
    sources = [state for state in LETTER.states if "discard" in LETTER.verbs(state)]
    return _chosen(letters).filter(state__in=sources).update(state="discarded")


@transaction.atomic
def retry(letter: Letter, *, by: Any, at: datetime, address: str = "") -> Letter:
    """A person wants it sent again after all, perhaps to a corrected ``address``; it keeps its Message-ID."""
    address = address or letter.address
    rules.one_line(address=address)
    moves.move(letter, LETTER, "retry", address=address, not_before=at, trouble="", **AS_NEW)
    DeadAddress.objects.filter(address=address.lower()).delete()  # whoever sends it again has asked
    _wake()
    return letter


def claim(letter: Letter, *, by: Any = None, at: datetime) -> Letter:
    """Take a released letter in hand; ``Stale`` when another worker was quicker. One query."""
    return moves.move(
        letter,
        LETTER,
        "claim",
        attempts=letter.attempts + 1,
        trying_since=letter.trying_since or at,
        leased_until=at + rules.LEASE,
        handed_over_at=None,
    )


def hand_over(letter: Letter, *, by: Any = None, at: datetime) -> Letter:
    """Note that the server begins to take it: from here on a killed worker cannot know whether it arrived."""
    mine = {"state": "sending", "leased_until": letter.leased_until}
    return moves.settle(letter, expected=mine, handed_over_at=at)


@transaction.atomic
def settle(
    letter: Letter, *, verb: str, reply: str, by: Any = None, at: datetime, not_before: datetime | None = None
) -> Letter:
    """Keep what became of a try (the verb of the lifecycle) and what the server answered."""
    values: dict[str, Any] = {"leased_until": None, "trouble": "" if verb == "deliver" else reply}
    if verb == "deliver":
        values["sent_at"] = at
    if not_before is not None:
        values["not_before"] = not_before
    mine = {"state": letter.state, "leased_until": letter.leased_until}
    moves.settle(letter, expected=mine, state=LETTER.after(letter.state, verb), **values)
    Attempt.objects.create(letter=letter, at=at, outcome=letter.state, reply=reply)
    return letter


@transaction.atomic
def keep_in_box(letters: Iterable[Letter], *, by: Any = None, at: datetime) -> int:
    """The demo's way of sending: they count as sent, and lie in the post box. Constant queries."""
    ids = [letter.pk for letter in letters]
    due = list(Letter.objects.select_for_update().filter(pk__in=ids, state="released").values_list("pk", flat=True))
    Letter.objects.filter(pk__in=due).update(state=LETTER.after("released", "keep"), sent_at=at, trouble="")
    Attempt.objects.bulk_create(Attempt(letter_id=pk, at=at, outcome="sent", reply=rules.KEPT_IN_THE_BOX) for pk in due)
    return len(due)


@transaction.atomic
def forget(person: Any, *, by: Any, at: datetime) -> int:
    """Blank what letters to a person say and where they went; that they were sent stays. Unsent ones go."""
    DeadAddress.objects.filter(address=(person.email or "-").lower()).delete()
    return _blank(Q(to=person) | Q(address__iexact=person.email or "-"))


@transaction.atomic
def forget_about(things: Iterable[Model], *, by: Any, at: datetime) -> int:
    """The same for letters about these things, whoever they went to."""
    ids: dict[str, list[Any]] = {}
    for thing in things:
        ids.setdefault(thing._meta.label_lower, []).append(thing.pk)
    return sum(_blank(Q(thing_type=label, thing_id__in=some)) for label, some in sorted(ids.items()))


def _blank(which: Q) -> int:
    letters = Letter.objects.filter(which)
    Attempt.objects.filter(letter__in=letters).update(reply="")
    letters.filter(state__in=("held", "released")).update(state="discarded")
    return letters.update(to=None, address="", name="", subject="", body="", calendar="", reply_to="", trouble="")
