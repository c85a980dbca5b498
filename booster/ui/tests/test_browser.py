"""The components in a real browser: axe, narrow and enlarged, keyboard, scripts on and off."""

import json
import re

import pytest

pytestmark = pytest.mark.browser
FITS = "e => e.scrollWidth <= e.clientWidth"


@pytest.fixture
def gallery(page_of, settings):
    settings.BOOSTER_DEMO = True

    def open_gallery(address="/gallery/", **options):
        page = page_of(None, **options)
        page.goto(address)
        return page

    return open_gallery


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "address, width", [("/gallery/", 1440), ("/gallery/?layout=desk", 390), ("/gallery/?layout=covered", 820)]
)
def test_axe_finds_nothing(gallery, axe_clean, scheme, address, width):
    page = gallery(address, width=width, color_scheme=scheme, bypass_csp=True)
    axe_clean(page)
    assert page.locator("html").evaluate(FITS)


@pytest.mark.parametrize("width", [320, 820])
def test_nothing_scrolls_sideways_even_at_four_times_the_size(gallery, width):
    """1280 px enlarged four times is a window of 320 px."""
    page = gallery("/gallery/?rows=many", width=width, height=256)
    assert page.locator("html").evaluate(FITS)


def test_targets_are_big_enough_to_hit(gallery):
    page = gallery(width=390)
    small = page.locator("a, button, summary, input:not([type=hidden]), select").evaluate_all(
        """all => all.filter(one => {
            const box = one.getBoundingClientRect();
            const inline = getComputedStyle(one).display === "inline";
            const small = box.height < 23.5 || box.width < 23.5;
            return small && box.width && !inline && !one.closest(".visually-hidden, .skip") && !one.labels?.length;
        }).map(one => one.outerHTML.slice(0, 90))"""
    )
    assert small == []


def test_the_counter_counts_as_the_server_does(gallery):
    page = gallery()
    field = page.locator("#id_challenge")
    field.fill("one\u200b two\u00a0three e\u0301")
    told = page.locator('x-counter[for="id_challenge"] span').first
    assert told.text_content() == "4 of 30 words"
    field.fill("word " * 31)
    assert page.locator('x-counter[for="id_challenge"]').get_attribute("class") == "counter over"


def test_conditions_show_and_hide(gallery):
    page = gallery()
    assert not page.locator("#field-partners").is_visible()
    page.get_by_label("A consortium").check()
    assert page.locator("#field-partners").is_visible()


def test_rows_come_and_go_between_their_limits(gallery):
    page = gallery()
    rows = page.locator("x-rows [data-row]")
    page.get_by_role("button", name="Add a room").click()
    page.get_by_role("button", name="Add a room").click()
    assert rows.count() == 3
    assert page.locator("[data-count]").input_value() == "3"
    assert page.locator('[name="rooms-2-name"]').is_visible()
    page.get_by_role("button", name="Remove this room").nth(1).click()
    assert rows.count() == 2
    page.get_by_role("button", name="Remove this room").nth(1).click()
    assert page.get_by_role("button", name="Remove this room").is_disabled()


def test_a_list_is_ordered_by_button_and_by_keyboard(gallery):
    page = gallery()
    order = page.locator("x-sortable .grow")
    page.get_by_role("button", name="All: down").click()
    assert order.all_text_contents() == ["Eligible", "All", "To decide"]
    page.get_by_role("button", name="All: down").press("Alt+ArrowDown")
    assert order.all_text_contents() == ["Eligible", "To decide", "All"]
    assert page.locator("x-sortable [role=status]").text_content() == "3 / 3"


def test_tabs_work_by_keyboard_and_keep_their_address(gallery):
    page = gallery()
    page.get_by_role("tab", name="What we look for").press("ArrowRight")
    assert page.get_by_role("tab", name="Questions and answers").get_attribute("aria-selected") == "true"
    assert page.locator("#questions").is_visible()
    assert not page.locator("#what").is_visible()


def test_a_dialog_opens_takes_the_focus_and_closes(gallery):
    page = gallery()
    page.get_by_role("link", name="Withdraw my application").click()
    assert page.get_by_role("dialog", name="Withdraw your application?").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()


def test_a_button_that_cannot_be_taken_back_asks_first(gallery):
    page = gallery()
    page.get_by_role("button", name="Send my application").click()
    page.get_by_role("dialog").get_by_role("button", name="Not now").click()
    assert page.locator("x-toast").count() == 0
    page.get_by_role("button", name="Send my application").click()
    page.get_by_role("dialog").get_by_role("button", name="Send it").click()
    assert page.locator("x-toast").text_content().strip() == "Your application is sent."


def test_a_list_is_narrowed_without_accents(gallery):
    page = gallery("/gallery/?rows=many")
    page.get_by_label("Narrow this list").fill("textil norte")
    assert page.locator("#people tbody tr:visible").count() == 50
    assert page.locator("x-filter [role=status]").text_content() == "50 / 200"


def test_the_readers_own_hour_is_added(gallery):
    page = gallery(timezone_id="Europe/Athens")
    assert page.locator(".next-step time").first.text_content() == "Thu 26 Feb 2026, 09:00 in Brussels (10:00 for you)"


def test_without_scripts_everything_is_there(gallery):
    page = gallery(java_script_enabled=False)
    assert page.locator("#questions").is_visible()
    assert page.locator("#field-partners").is_visible()
    assert page.get_by_text("0 of 30 words", exact=True).is_visible()
    assert page.locator("x-sortable button").first.is_enabled()


def saving(page, answers):
    """Put an autosaved form on the page and answer its saves in turn; what was sent is kept."""
    sent = []

    def answer(route):
        sent.append(dict(pair.split("=", 1) for pair in route.request.post_data.split("&")))
        status, body = answers[min(len(sent), len(answers)) - 1]
        if status == 0:
            return route.abort()
        return route.fulfill(status=status, content_type="application/json", body=json.dumps(body))

    page.route("**/saved-here/", answer)
    page.locator("main").evaluate(
        """main => { main.innerHTML = '<x-autosave data-url="/saved-here/" data-revision="3" data-key="k"><form>'
        + '<input type="hidden" name="csrfmiddlewaretoken" value="t"><textarea name="goal" id="g"></textarea>'
        + '<input type="checkbox" name="tick" value="1" checked id="t"><span data-saved></span>'
        + '</form></x-autosave>'; }"""
    )
    return sent


def test_autosave_sends_what_changed_and_forgets_it_when_acknowledged(gallery):
    page = gallery()
    sent = saving(page, [(200, {"revision": 4}), (200, {"revision": 5})])
    page.locator("#g").fill("more members")
    page.get_by_text(re.compile(r"Saved \d")).wait_for()
    page.locator("#t").uncheck()
    page.wait_for_timeout(1600)
    assert sent == [
        {"goal": "more+members", "revision": "3", "csrfmiddlewaretoken": "t"},
        {"cleared": "tick", "revision": "4", "csrfmiddlewaretoken": "t"},
    ]
    assert page.locator("html").evaluate("() => localStorage.getItem('autosave:k')") is None


def test_autosave_keeps_the_text_through_a_lost_connection(gallery):
    page = gallery()
    sent = saving(page, [(0, {})])
    page.locator("#g").fill("on the train")
    page.get_by_text("Not saved yet. We try again.").wait_for()
    held = json.loads(page.locator("html").evaluate("() => localStorage.getItem('autosave:k')"))
    assert held["values"] == [["goal", "on the train"]]
    assert len(sent) == 1
    page.reload()
    again = saving(page, [(200, {"revision": 4})])
    page.get_by_text(re.compile(r"Saved \d")).wait_for()
    assert page.locator("#g").input_value() == "on the train"
    assert again[0]["goal"] == "on+the+train"


def test_an_order_that_is_not_kept_yet_is_not_left_without_a_question(gallery):
    page = gallery()
    page.locator("main").evaluate(
        """main => { main.innerHTML = '<form action="/gallery/"><x-sortable><ol><li data-id="a">'
        + '<button name="down">Down</button></li><li data-id="b"><button name="up">Up</button></li></ol></x-sortable>'
        + '<button>Keep</button></form>'; }"""
    )
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("button", name="Down").click()
    page.locator("html").evaluate("() => { location.href = '/calls/'; }")
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Keep").click()
    page.wait_for_url("**/gallery/?")
    assert asked == ["beforeunload"]


def kept_of(page):
    held = json.loads(page.locator("html").evaluate("() => localStorage.getItem('autosave:k')"))
    return held["values"]


def test_autosave_never_takes_a_lost_sign_in_for_saved(gallery):
    page = gallery()
    sent = saving(page, [(401, {"message": "You are no longer signed in here."})])
    page.locator("#g").fill("typed after the session ended")
    page.get_by_text("You are no longer signed in here.").wait_for()
    assert kept_of(page) == [["goal", "typed after the session ended"]]
    assert len(sent) == 1


def test_without_a_connection_the_button_leaves_the_page_and_the_text_where_they_are(gallery):
    page = gallery()
    saving(page, [(200, {"revision": 4})])
    page.locator("main form").evaluate(
        "form => form.insertAdjacentHTML('beforeend', '<button type=submit>Go on</button>')"
    )
    page.context.set_offline(True)
    page.locator("#g").fill("in the tunnel")
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("Not connected. Your text is kept in this browser.").wait_for()
    assert page.locator("#g").input_value() == "in the tunnel"
    assert kept_of(page) == [["goal", "in the tunnel"]]
    page.context.set_offline(False)


def test_autosave_stops_when_somebody_else_was_first(gallery):
    page = gallery()
    sent = saving(page, [(409, {"revision": 9, "message": "Pavel changed this at 10:42."})])
    page.locator("#g").fill("mine")
    page.get_by_text("Pavel changed this at 10:42.").wait_for()
    page.locator("#g").fill("mine, longer")
    page.wait_for_timeout(1300)
    assert len(sent) == 1
    assert json.loads(page.locator("html").evaluate("() => localStorage.getItem('autosave:k')"))["values"] == [
        ["goal", "mine, longer"]
    ]
