"""A second round: a call of its own that only the shortlist of a first one enters."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from booster.calls import facts, queries
from booster.calls.actions.writing import SETTINGS, free_slug, line_of, write_criteria, write_requirements
from booster.calls.models import Call, CutOff, FormVersion
from booster.calls.rules import deadlines
from booster.chronicle import actions as chronicle
from booster.kit.machine import NotNow
from booster.questions.rules import building

WORDS = ("summary", "body", "offered", "expected", "contact", "language", "zone", "grace_minutes")


@transaction.atomic
def follow(
    *,
    call: Call,
    round: str,
    copy_questions: bool,
    shortlist_size: int | None = None,
    deadline_at: datetime | None = None,
    by: Any,
    at: datetime,
) -> Call:
    """Draft the second round of a call from it: texts, settings and criteria, and its questions where asked.

    An interview asks nothing in writing and has no form. ``NotNow`` when there is a second round already, for a second
    round itself, once the call is settled, and for a deadline that is not after the first one's.
    """
    if call.follows_id is not None:
        raise NotNow(_("A second round is the last one."))
    if call.state == "settled":
        raise NotNow(_("The call is settled: everybody has been told the result."))
    must_close_after(deadline_at, call)
    columns = {name: getattr(call, name) for name in (*WORDS, *sorted(SETTINGS))}
    columns |= {"shortlist_size": shortlist_size, "deadline_at": deadline_at}
    title = _("%(title)s: second round") % {"title": call.title[:180]}
    slug = free_slug(f"{call.slug}-round-2")
    try:
        with transaction.atomic():
            new = Call.objects.create(
                edition_id=call.edition_id, kind=call.kind, slug=slug, title=title, follows=call, round=round, **columns
            )
    except IntegrityError as second:
        raise NotNow(_("This call has a second round already.")) from second
    write_criteria(new, call.criteria.all(), with_questions=copy_questions)
    if not new.is_interview:
        _write_form(new, call, copy_questions=copy_questions)
    _grow(call)
    chronicle.record(facts.SECOND_ROUND_DRAFTED, thing=call, by=by, at=at, round=round, second=new.pk)
    return new


def must_close_after(deadline_at: datetime | None, first: Call) -> None:
    """``NotNow`` when a second round with this deadline would close before its first one."""
    if not deadlines.closes_after(deadline_at, first):
        raise NotNow(_("The second round must close after the first one."))


def _write_form(new: Call, call: Call, *, copy_questions: bool) -> None:
    """Its own form: the questions of the first round, or an empty first section to begin with."""
    source = queries.newest_form(call)
    if copy_questions and source is not None:
        write_requirements(new, [line_of(one) for one in call.requirements.select_related("criterion")])
        sections = source.sections
    else:
        sections = building.add_section([], {"title": _("Full application")})
    FormVersion.objects.create(call=new, number=1, sections=sections)


def _grow(call: Call) -> None:
    """The page of the first round tells of the second one."""
    Call.objects.filter(pk=call.pk).update(revision=F("revision") + 1)
    call.refresh_from_db(fields=["revision"])


@transaction.atomic
def drop_round(*, call: Call, by: Any, at: datetime) -> Call:
    """Drop the drafted second round of ``call``. ``NotNow`` when there is none or it is published."""
    second = queries.second_round_of(call)
    if second is None or not Call.objects.select_for_update().filter(pk=second.pk, state="draft").exists():
        raise NotNow(_("Only a second round that is still a draft can be dropped."))
    CutOff.objects.filter(call=second).delete()
    second.delete()
    call = Call.objects.select_related("edition__academy").get(pk=call.pk)
    _grow(call)
    chronicle.record(facts.SECOND_ROUND_DROPPED, thing=call, by=by, at=at)
    return call
