"""An evaluator declares a conflict before the file opens and marks another by keyboard; the organiser decides."""

import pytest
from django.utils.timezone import now

from booster.evaluation import queries
from booster.evaluation.models import Assignment, Mark
from booster.evaluation.tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def tab_to(page, name):
    """Press Tab until the field of that name has the focus."""
    for _step in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()") == name:
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


def the_next_step(page, verb):
    page.get_by_role("link", name=verb).first.click()


def test_an_evaluator_with_a_conflict(page_of, axe_clean, olga, ren, sana, paula, pavel):
    at = now()
    call = make.call(at=at, organiser=olga)
    evaluator = make.evaluator(call=call, person=ren, at=at, by=olga, country="NL")
    make.evaluator(call=call, person=sana, at=at, by=olga)
    close = make.file(call=call, by=paula, at=at, organisation_name="Delft Robotics Cluster", challenge="A tell-tale.")
    far = make.file(call=call, by=pavel, at=at, organisation_name="Sofia Food Cluster", country="BG")
    first, second = (
        make.assignment(application=one, evaluator=evaluator, at=at, by=olga, state="assigned") for one in (close, far)
    )

    page = page_of(ren)
    page.goto("/evaluating/")
    axe_clean(page)
    assert page.get_by_text("Paula Pereira").count() == 0
    the_conflict_is_declared(page, axe_clean)
    the_next_step(page, "Declare")
    page.get_by_role("button", name="I have no conflict of interest").click()
    page.wait_for_url(f"**/evaluating/{second.pk}/")
    axe_clean(page)
    mark_by_keyboard(page)
    page.wait_for_url("**/evaluating/")
    given = sorted(Mark.objects.values_list("criterion__key", "value"))
    assert given == [("challenge", 3), ("contribution", 5), ("motivation", 4.5)]
    assert queries.scores(call)[far.pk].count == 1
    page.goto(f"/evaluating/{second.pk}/")
    axe_clean(page)

    the_organiser_decides(page_of(olga), axe_clean, call, close)
    page.goto("/evaluating/")
    assert page.get_by_text("Delft Robotics Cluster").count() == 0
    assert page.goto(f"/evaluating/{first.pk}/").status == 404
    assert page.get_by_text("A tell-tale.").count() == 0
    assert Assignment.objects.get(pk=first.pk).state == "barred"


def the_conflict_is_declared(page, axe_clean):
    the_next_step(page, "Declare")
    assert page.get_by_role("heading", level=1).inner_text() == "Delft Robotics Cluster"
    axe_clean(page)
    page.get_by_label("I work for this organisation, or did in the last two years").check()
    page.get_by_label("What the organiser should know").fill("I left them last year.")
    page.get_by_role("button", name="Declare the conflict").click()
    page.wait_for_url("**/evaluating/")
    assert page.get_by_text("the organiser decides on your conflict").is_visible()
    axe_clean(page)


def mark_by_keyboard(page):
    """4.5, 3 and 5, a reason each; saved as one types; signed with the Enter key."""
    for key, keys in (("motivation", "4."), ("challenge", "3"), ("contribution", "5")):
        tab_to(page, f"mark-{key}")
        page.keyboard.type(keys)
        tab_to(page, f"note-{key}")
        page.keyboard.type(f"Because of the {key}.")
    page.get_by_text("Saved at").wait_for()
    page.wait_for_function("document.querySelector('input[name=revision]').value > 1")
    tab_to(page, "sign")
    page.keyboard.press("Enter")


def the_organiser_decides(page, axe_clean, call, file):
    page.goto(f"/calls/{call.slug}/conflicts/")
    axe_clean(page)
    page.get_by_label("It is a conflict").check()
    page.get_by_label("Why").fill("A former employer of last year.")
    page.get_by_role("button", name="Decide").click()
    page.wait_for_url(f"**/applications/{file.pk}/assign/")
    axe_clean(page)
    page.get_by_label("Sana Sole").check()
    page.get_by_role("button", name="Give them the file").click()
    for where in (
        "assignments/",
        "screening/",
        "evaluators/",
        "board/",
        "evaluators/reliability/",
        "evaluators/remind/",
    ):
        page.goto(f"/calls/{call.slug}/{where}")
        axe_clean(page)
    page.goto(f"/calls/{call.slug}/consensus/{marked_file(call)}/")
    axe_clean(page)


def marked_file(call):
    """The file that has marks."""
    return next(iter(queries.scores(call)))
