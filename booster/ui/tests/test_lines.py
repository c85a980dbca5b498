import pytest
from django.utils.html import format_html

from booster.ui.lines import line, lines


def test_a_line_escapes_texts_and_leaves_html_and_braces_as_they_are():
    shape = format_html("<td>{{}}</td><td>{}</td><td>{{}}</td>", "a & b")
    hostile = "<script>{0}'\"&amp;"
    assert line(shape, (hostile, format_html("<b>{}</b>", "x<y"))) == (
        "<td>&lt;script&gt;{0}&#x27;&quot;&amp;amp;</td><td>a &amp; b</td><td><b>x&lt;y</b></td>"
    )


def test_a_line_says_when_a_cell_is_missing():
    with pytest.raises(IndexError):
        line(format_html("<td>{{}}</td><td>{{}}</td>{}", ""), ("one",))


def test_lines_stand_one_after_the_other_with_numbers_as_text():
    assert lines("<li>{} {}</li>", [(1, "a"), (2, "<b>")]) == "<li>1 a</li><li>2 &lt;b&gt;</li>"
