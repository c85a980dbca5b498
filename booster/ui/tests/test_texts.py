import pytest

from booster.ui.templatetags import texts


def test_markdown_is_set_below_the_headings_of_the_page():
    drawn = texts.markdown("# One\n\n## Two\n\n##### Five\n\nA **word** and *another*.")
    assert drawn == "<h2>One</h2>\n<h3>Two</h3>\n<h4>Five</h4>\n<p>A <strong>word</strong> and <em>another</em>.</p>\n"


def test_a_link_leads_out_without_telling_where_from():
    assert texts.markdown("[there](https://example.org/a?b=1)") == (
        '<p><a href="https://example.org/a?b=1" rel="noopener noreferrer nofollow">there</a></p>\n'
    )


def test_tables_and_deletions_are_known():
    assert "<td>1</td>" in texts.markdown("| a |\n|---|\n| 1 |\n")
    assert texts.markdown("~~no~~") == "<p><s>no</s></p>\n"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox(1))",
        "![x](javascript:alert(1))",
        "<a href='x' style='position:fixed'>x</a>",
        "<svg onload=alert(1)>",
        "<iframe src=//example.org></iframe>",
        "<style>body{display:none}</style>",
        '[x](https://example.org "onclick=alert(1)")',
        "\u202e<script>",
        "`<script>alert(1)</script>`",
    ],
)
def test_hostile_text_stays_text(hostile):
    drawn = texts.markdown(hostile)
    for danger in ("<script", "<img src=x", "<svg", "<iframe", "<style", "<a href='x'"):
        assert danger not in drawn
    for scheme in ("javascript:", "data:", "vbscript:"):
        assert f'href="{scheme}' not in drawn.lower()
    assert 'src="javascript' not in drawn
    assert " onclick" not in drawn.replace('title="onclick=alert(1)"', "")


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/a.png", "//example.org/a.png", "data:image/png;base64,AA", "a.png"]
)
def test_no_picture_comes_from_another_host(elsewhere):
    assert "src=" not in texts.markdown(f"![a plan]({elsewhere})")


def test_a_picture_of_our_own_is_shown():
    assert texts.markdown("![a plan](/files/plan.png)") == '<p><img src="/files/plan.png" alt="a plan"></p>\n'


def test_nothing_is_nothing():
    assert texts.markdown(None) == ""
    assert texts.plain("") == ""


def test_plain_keeps_the_words_alone():
    assert (
        texts.plain("# Title\n\nA **word** & [a link](https://example.org)\n\n- one\n- two <b>")
        == "Title A word & a link one two <b>"
    )


@pytest.mark.parametrize(
    "share, told", [(None, ""), (0, "0\u00a0%"), (0.425, "42\u00a0%"), (0.426, "43\u00a0%"), (1, "100\u00a0%")]
)
def test_a_share_is_told_in_percent(share, told):
    assert texts.percent(share) == told


def test_a_share_may_have_places():
    assert texts.percent(0.4256, 1) == "42.6\u00a0%"


@pytest.mark.parametrize(
    "size, told",
    [
        (None, ""),
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1\u00a0KB"),
        (12_400, "12\u00a0KB"),
        (3_400_000, "3.4\u00a0MB"),
        (34_000_000, "34\u00a0MB"),
        (5_000_000_000, "5.0\u00a0GB"),
    ],
)
def test_a_size_is_told_as_a_person_says_it(size, told):
    assert texts.human_size(size) == told
