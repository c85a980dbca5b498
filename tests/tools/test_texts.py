"""The catalogues of the other languages: what is found, what is refused, what is kept."""

import gettext
import io
import json

import pytest

from workshop.texts import __main__ as verbs
from workshop.texts import audience, catalogue, checking, finding
from workshop.texts.catalogue import Said
from workshop.texts.finding import Message

KNOWN = finding.messages()


def found(code: str) -> list[tuple[str, str]]:
    return [(one.msgid, one.plural) for one in finding.in_python(code)]


def test_marked_texts_are_found_in_python() -> None:
    code = '_("One"); gettext_lazy("Two" " halves"); ngettext("%(n)d day", "%(n)d days", n); N_("Three"); other("Four")'
    assert found(code) == [("One", ""), ("Two halves", ""), ("%(n)d day", "%(n)d days"), ("Three", "")]


def test_the_sentence_of_a_fact_is_a_text() -> None:
    assert found('OPENED = Kind("calls.opened", "{actor} opened {thing}")') == [("{actor} opened {thing}", "")]
    assert found('KEPT = Kind("calls.kept", "{count} were kept", one="{count} was kept")') == [
        ("{count} was kept", "{count} were kept")
    ]


def test_marked_texts_are_found_in_templates() -> None:
    text = (
        '{% load i18n %}{% translate "It’s (nearly) time" %}{% fold title=_("Done") %}'
        "{% blocktranslate count n=days %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}"
    )
    told = sorted((one.msgid, one.plural) for one in finding.in_template(text))
    assert told == [("%(n)s day", "%(n)s days"), ("Done", ""), ("It’s (nearly) time", "")]


def test_a_text_keeps_its_number_and_no_two_share_one() -> None:
    numbers = [one.number for one in KNOWN.values()]
    assert len(set(numbers)) == len(numbers)
    assert finding.messages() == KNOWN


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_no_translation_would_break_a_page(language: str) -> None:
    assert checking.troubles(language, catalogue.kept(language), KNOWN) == []


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_what_the_program_reads_is_what_was_said(language: str) -> None:
    """Stale? `python3 run.py texts`."""
    assert verbs.not_compiled(language, catalogue.kept(language)) == []


def test_a_compiled_catalogue_is_read_by_python_s_own_gettext() -> None:
    said = [Said("Apply", ["Applika"]), Said("%(n)d day", ["0", "1", "2", "3"], "%(n)d days")]
    read = gettext.GNUTranslations(io.BytesIO(catalogue.compiled("mt", said)))
    assert read.gettext("Apply") == "Applika"
    assert [read.ngettext("%(n)d day", "%(n)d days", n) for n in (1, 0, 2, 10, 11, 19, 20)] == list("0111223")


def test_a_catalogue_is_read_as_it_was_written() -> None:
    said = [Said('He said "no"\n\tand\\left', ["Dé\n"]), Said("a", ["b", "c"], "as"), Said("x", ["y"], context="place")]
    text = catalogue.written("de", said)
    assert sorted(catalogue.read(text).values(), key=lambda one: one.key) == sorted(said, key=lambda one: one.key)
    assert catalogue.written("de", catalogue.read(text).values()) == text


def test_what_is_fuzzy_or_empty_is_not_said() -> None:
    assert (
        catalogue.read('#, fuzzy\nmsgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr ""\n\n#~ msgid "d"\n#~ msgstr "e"\n') == {}
    )


@pytest.mark.parametrize("line", ["nonsense", 'msgid "a" b', 'msgstr[x] "a"', '"nobody\'s"', 'msgid "a\\"'])
def test_a_line_that_is_none_is_named(line: str) -> None:
    with pytest.raises(catalogue.Unreadable):
        catalogue.read(line)


NAMED = Message("%(name)s has <b>%(count)s</b> of 100 %%.")


@pytest.mark.parametrize(
    "form, why",
    [
        ("%(name)s hat <b>%(count)s</b> von 100 %%.", ""),
        ("<b>%(count)s</b> von 100 %% hat %(name)s.", ""),
        ("Jemand hat <b>%(count)s</b> von 100 %%.", "It lacks %(name)s."),
        ("%(name)s hat <b>%(count)s</b> von %(von)s %%.", "It has %(von)s, which the English has not."),
        ("%(name)s hat <b>%(count)s</b> von 100 %.", "Its per cent signs differ from the English."),
        ("%(name)s hat %(count)s von 100 %%.", "Its tags differ from the English."),
        ("%(name)s hat <b>%(count)s</b> <script>x</script> von 100 %%.", "Its tags differ from the English."),
        ("%(name)s\nhat <b>%(count)s</b> von 100 %%.", "It has a line break where the English has none."),
        ("%(name)s \u202ehat <b>%(count)s</b> von 100 %%.", "It holds a character that cannot be seen."),
        (
            "%(name)s hat&nbsp;<b>%(count)s</b> von 100 %%.",
            "It has an entity (such as &amp;) that the English has not.",
        ),
        ("  ", "A form is empty."),
    ],
)
def test_a_translation_that_would_break_a_page_is_refused(form: str, why: str) -> None:
    assert checking.trouble_with(NAMED, [form], "de") == why


def test_a_plural_needs_the_forms_of_its_language() -> None:
    days = Message("One day left", plural="%(n)d days left")
    assert checking.trouble_with(days, ["Ein Tag", "%(n)d Tage"], "de") == ""
    assert checking.trouble_with(days, ["en dan", "%(n)d dneva"], "sl") == "It needs 4 forms and has 2."


def test_texts_go_out_and_come_back(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(catalogue, "LOCALE", tmp_path / "locale")
    out = tmp_path / "out.json"
    assert verbs.main(["export", "sl", "--outside", "--out", str(out)]) == 0
    rows = json.loads(out.read_text())
    some = next(row for row in rows if row["msgid"] == "Privacy")
    days = next(row for row in rows if row["msgid"] == "%(n)d day left")
    assert (some["plural"], some["forms"], days["forms"]) == (None, 1, 4)
    back = tmp_path / "back.json"
    back.write_text(
        json.dumps(
            [
                {"n": some["n"], "msgstr": " Zasebnost\n"},
                {"n": days["n"], "forms": ["še %(n)d dan", "še %(n)d dneva", "še %(n)d dnevi", "še %(n)d dni"]},
                {"n": 1, "msgstr": "nič"},
                "nothing",
            ]
        )
    )
    assert verbs.main(["take", "sl", str(back)]) == 1
    assert "2 taken, 2 refused" in capsys.readouterr().out
    assert catalogue.kept("sl")[("", "Privacy")].forms == ["Zasebnost"]
    verbs.main(["export", "sl", "--outside", "--out", str(out)])
    assert len(json.loads(out.read_text())) == len(rows) - 2


@pytest.mark.parametrize("text", ["", "{}", "[1", "null"])
def test_a_file_that_is_no_list_is_refused(tmp_path, text: str) -> None:
    (tmp_path / "x.json").write_text(text)
    assert verbs.main(["take", "sl", str(tmp_path / "x.json")]) == 1


def test_outside_and_desk_share_all_texts() -> None:
    desk = {one.msgid for one in KNOWN.values() if audience.is_desk(one)}
    assert {"Privacy", "Apply", "Sign in"}.isdisjoint(desk)
    assert {"{actor} drafted {thing}", "Publish this version"} & desk
