import csv
import io
import time
import zipfile
from datetime import datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booster.kit import sheets
from booster.kit.sheets import excel, grid, header

WANTED = {
    "id": ["Contribution ID"],
    "name": ["1.1 First name", "Given name"],
    "email": ["1.3 E-mail address", "E-mail", "Email"],
    "country": ["2.2 Country"],
    "city": ["2.3 City"],
    "latitude": ["2.3 Latitude"],
    "fte": ["2.8 Management team (FTE)"],
}
HEADERS = [spellings[0] for spellings in WANTED.values()]
ANN = ["001-1", "Ann", "ann@example.org", "Austria", "Linz", 48.3, 0.5]
BEN = ["001-2", "Ben", "ben@example.org", "Belgium", "Gent", 51.0, 2]


def workbook(*rows, merge=(), more=None):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Content"
    for row in rows:
        sheet.append(row)
    for ref in merge:
        sheet.merge_cells(ref)
    for name, lines in (more or {}).items():
        other = book.create_sheet(name)
        for line in lines:
            other.append(line)
    return saved(book)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def replaced(content, name, change):
    """The same archive with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data) if part == name else data)
    return out.getvalue()


def read(content, name="answers.xlsx", wanted=WANTED):
    return sheets.read(content, name, wanted).best(wanted)


def fields(sheet, wanted=WANTED):
    columns = sheets.match_columns(sheet.headers, wanted).columns
    return [{name: values[i] for name, i in columns.items() if i in values} for _, values in sheet.rows]


def refusal(content, name="answers.xlsx"):
    with pytest.raises(sheets.UnreadableSheet) as refused:
        sheets.read(content, name, WANTED)
    assert str(refused.value) == refused.value.sentence % refused.value.values
    return str(refused.value)


# ------------------------------------------------------------------------------------------------ headers and rows


def test_title_rows_above_the_header_are_passed_over():
    sheet = read(workbook(["Cluster Booster Academy - participants"], ["Export of 2"], [], HEADERS, ANN, BEN))
    assert (sheet.name, sheet.header_row, sheet.headers) == ("Content", 4, tuple(HEADERS))
    assert [number for number, _ in sheet.rows] == [5, 6]
    assert sheet.rows[0][1] == dict(enumerate(ANN))
    assert sheet.notes == ()


def test_a_file_on_disk_is_read_like_bytes(tmp_path):
    path = tmp_path / "answers.xlsx"
    path.write_bytes(workbook(HEADERS, ANN))
    assert sheets.read(path, path.name, WANTED).best(WANTED).rows[0][1][0] == "001-1"


def test_empty_rows_and_cells_are_left_out_but_row_numbers_stay():
    sheet = read(workbook(HEADERS, [], ["001-1", None, "  \u200b", "Austria"], [None, ""], BEN))
    assert [(number, set(values)) for number, values in sheet.rows] == [(3, {0, 3}), (5, set(range(7)))]


def test_a_repeated_header_row_is_left_out_and_noted():
    sheet = read(workbook(HEADERS, ANN, HEADERS, BEN))
    assert [number for number, _ in sheet.rows] == [2, 4]
    assert sheet.notes == ("Row 3 repeats the header and was left out.",)


def test_a_second_header_in_another_order_turns_its_rows():
    sheet = read(workbook(HEADERS, ANN, HEADERS[::-1], BEN[::-1]))
    assert [row["id"] for row in fields(sheet)] == ["001-1", "001-2"]
    assert [row["city"] for row in fields(sheet)] == ["Linz", "Gent"]


def test_a_header_on_two_lines_is_read_as_one():
    first = ["Contribution ID", "1 Person", None, "2 Place", None, None, "2.8 Management team (FTE)"]
    second = [None, "1.1 First name", "1.3 E-mail address", "2.2 Country", "2.3 City", "2.3 Latitude", None]
    sheet = read(workbook(["Title"], first, second, ANN, merge=("A2:A3", "B2:C2", "D2:F2", "G2:G3")))
    assert fields(sheet) == [dict(zip(WANTED, ANN, strict=True))]
    assert sheet.notes == ("Rows 2 and 3 were read as one header.",)


def test_a_second_line_below_most_headers_is_read_too():
    first = [
        "Contribution ID",
        "1.1 First name",
        "1.3 E-mail address",
        "2.2 Country",
        "Place",
        None,
        "2.8 Management team (FTE)",
    ]
    second = [None, None, None, None, "2.3 City", "2.3 Latitude", None]
    assert fields(read(workbook(first, second, ANN))) == [dict(zip(WANTED, ANN, strict=True))]


def test_a_cell_merged_downwards_counts_for_each_of_its_rows():
    sheet = read(
        workbook(HEADERS, ANN, ["001-2", "Ben", "b@example.org", None, None, 1, 2], BEN, merge=("D2:D3", "E2:E3"))
    )
    assert [row["country"] for row in fields(sheet)] == ["Austria", "Austria", "Belgium"]
    assert sheet.notes == (
        "Cells D2 to D3 are merged: what stands there counts for each of these rows.",
        "Cells E2 to E3 are merged: what stands there counts for each of these rows.",
    )


def test_cells_merged_across_are_named_and_many_are_counted():
    sheet = read(workbook(HEADERS, ANN, BEN, merge=("E2:F2",)))
    assert sheet.notes == (
        "Cells E2 to F2 are merged: what stands there counts for the first column, the others are empty.",
    )
    rows = [[f"001-{n}", *ANN[1:]] for n in range(25)]
    told = read(workbook(HEADERS, *rows, merge=[f"E{n}:F{n}" for n in range(2, 14)])).notes
    assert (len(told), told[-1]) == (11, "Further cells are merged, 2 times.")
    assert header._name(28, 5) == "AB5"


def test_a_title_across_the_table_is_left_out():
    sheet = read(workbook(HEADERS, ANN, ["Second week"], BEN, merge=("A3:G3",)))
    assert [number for number, _ in sheet.rows] == [2, 4]
    assert sheet.notes == ("Row 3 is a title across the table and was left out.",)


def test_the_right_sheet_is_found_among_several():
    book = sheets.read(workbook(["Read me"], more={"Answers": [[None, *HEADERS], [None, *ANN]]}), "a.xlsx", WANTED)
    assert [sheet.header_row for sheet in book.sheets] == [0, 1]
    assert book.best(WANTED).name == "Answers"
    assert fields(book.best(WANTED))[0]["id"] == "001-1"


def test_nearly_right_headers_are_found_when_no_right_ones_are():
    assert read(workbook(["Title"], ["Contributon ID", "Fist name", "E-mail adress", "Countr"], ANN)).header_row == 2


def test_formulas_stay_text_and_dates_stay_dates():
    sheet = read(
        workbook(HEADERS, ["001-1", '=HYPERLINK("http://example.org","click")', datetime(2022, 10, 19, 2, 42), "=1+1"])
    )
    assert sheet.rows[0][1] == {
        0: "001-1",
        1: '=HYPERLINK("http://example.org","click")',
        2: datetime(2022, 10, 19, 2, 42),
        3: "=1+1",
    }


def test_what_a_formula_gave_when_the_file_was_saved_is_read():
    book = openpyxl.Workbook()
    book.active.append(["2.3 City", "2.3 Latitude", "1.5 Your role"])
    book.active.append(["Graz", "=40+7", "=HYPERLINK(1)"])
    out = io.BytesIO()
    book.save(out)
    calculated = io.BytesIO()
    with zipfile.ZipFile(out) as before, zipfile.ZipFile(calculated, "w") as after:
        for part in before.namelist():
            xml = before.read(part)
            after.writestr(
                part,
                xml.replace(b"<f>40+7</f><v></v>", b"<f>40+7</f><v>47</v>").replace(
                    b"<f>40+7</f><v />", b"<f>40+7</f><v>47</v>"
                ),
            )
    [sheet] = sheets.read(calculated.getvalue(), "x.xlsx", MATCHING).sheets
    assert sheet.rows == ((2, {0: "Graz", 1: 47, 2: "=HYPERLINK(1)"}),)


def test_array_formulas_stay_text():
    book = openpyxl.Workbook()
    for row in (HEADERS, ANN):
        book.active.append(row)
    book.active["B2"] = openpyxl.worksheet.formula.ArrayFormula("B2", "=SUM(F2:G2)")
    assert read(saved(book)).rows[0][1][1] == "=SUM(F2:G2)"


# ------------------------------------------------------------------------------------------------ CSV


def delimited(delimiter=",", rows=(HEADERS, ANN, BEN)):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_csv_is_read_in_any_delimiter_and_encoding(delimiter, encoding):
    text = delimited(
        delimiter,
        (["Export"], [], HEADERS, ["001-1", "Zoë", "a@example.org", "Österreich", 'Linz; "Donau", 1\nA', "1", "0,5"]),
    )
    sheet = read(text.encode(encoding), "answers.csv")
    assert (sheet.name, sheet.header_row) == ("answers", 3)
    assert sheet.rows[0][0] == 4
    assert sheet.rows[0][1][1] == "Zoë"
    assert sheet.rows[0][1][4] == 'Linz; "Donau", 1\nA'
    assert bool(sheet.notes) is (encoding == "cp1252")


def test_the_separator_that_a_csv_names_is_used():
    assert read(("sep=|\r\n" + delimited("|")).encode(), "a.csv").rows[0][:1] == (3,)


def test_bytes_outside_every_code_page_are_read_all_the_same():
    assert len(read(delimited().encode() + b"001-3,Zo\x81\xeb,z@example.org\n", "a.csv").rows) == 3


def test_an_unclosed_quotation_mark_is_noted():
    assert "quotation marks" in read(delimited().encode() + b'001-3,"Zoe\n', "a.csv").notes[0]


def test_a_csv_that_is_one_endless_cell_is_refused():
    assert "quotation mark" in refusal(delimited().encode() + b'001-3,"' + b"x" * 200_000, "a.csv")


# ------------------------------------------------------------------------------------------------ hostile files


@pytest.mark.parametrize(
    "content, name, words",
    [
        (b"", "a.xlsx", "is empty"),
        (b"\xef\xbb\xbf \r\n", "a.csv", "is empty"),
        (b",,,\n,,\n", "a.csv", "is empty"),
        (workbook(), "a.xlsx", "is empty"),
        (b"%PDF-1.7 ...", "a.xlsx", "holds no table"),
        (b"%PDF-1.7 ...", "a.csv", "holds no table"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "a.csv", "holds no table"),
        (b"just some words\n", "a.xlsx", "holds no table"),
        (b"MZ\0\1\2\3\0\0\0", "a.csv", "holds no table"),
        (b"<html><table></table></html>", "a.xls", "holds no table"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "password"),
        (b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"), "a.xls", "old format"),
        (b"PK\x03\x04 broken", "a.xlsx", "damaged"),
        (b"just some words\nand more\n", "a.csv", "no header row within its first 30 rows"),
        (workbook(ANN, BEN), "a.xlsx", "“Contribution ID”"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(content, name, words):
    message = refusal(content, name)
    assert words in message
    assert name in message


def archive(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name.replace("__", "/").replace("_", "."), data)
    return file.getvalue()


def test_other_archives_are_no_workbook():
    assert "no Excel workbook" in refusal(archive(word__document_xml="<a/>"))
    assert "damaged or no Excel workbook" in refusal(archive(xl__workbook_xml="<a/>"))


def test_a_zip_bomb_is_not_opened():
    start = time.perf_counter()
    bomb = archive(xl__workbook_xml="<a/>", xl__worksheets__sheet1_xml=b"0" * 60_000_000)
    assert "unpacks to far more" in refusal(bomb)
    assert "unpacks to far more" in refusal(archive(**{f"p{n}": "" for n in range(grid.MAX_PARTS + 1)}))
    assert time.perf_counter() - start < 5


def test_a_truncated_workbook_is_damaged():
    assert "damaged" in refusal(workbook(HEADERS, ANN)[:-200])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_in_a_part_is_refused(encoding):
    declared = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode(encoding)
    content = replaced(workbook(HEADERS, ANN), "xl/styles.xml", lambda _: declared)
    assert "document type" in refusal(content)


def test_a_part_in_an_unusual_encoding_is_refused():
    content = replaced(
        workbook(HEADERS, ANN), "xl/workbook.xml", lambda data: b'<?xml version="1.0" encoding="cp037"?>' + data
    )
    assert "document type" in refusal(content)


def test_a_password_on_the_archive_is_named():
    content = bytearray(archive(xl__workbook_xml="<a/>"))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    assert "password" in refusal(bytes(content))


def test_a_file_over_the_size_limit_is_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MAX_BYTES", 1000)
    assert "at most 0 MB" in refusal(workbook(HEADERS, ANN))


def test_a_dimension_that_lies_costs_nothing():
    content = replaced(
        workbook(HEADERS, ANN),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b'ref="A1:G2"', b'ref="A1:XFD1048576"'),
    )
    start = time.perf_counter()
    assert len(read(content).rows) == 1
    assert time.perf_counter() - start < 2


def test_too_many_columns_are_refused():
    assert "more than 500 columns" in refusal(workbook(HEADERS, [*[None] * 600, "far"]))


def test_too_many_rows_are_refused_before_they_are_read(monkeypatch):
    for module in (excel, grid):
        monkeypatch.setattr(module, "MAX_ROWS", 20)
    monkeypatch.setattr(sheets.delimited, "MAX_ROWS", 20)
    rows = [HEADERS, *[ANN] * 60]
    assert "more than 20 rows" in refusal(workbook(*rows))
    assert "more than 20 rows" in refusal(delimited(rows=rows).encode(), "a.csv")
    assert len(read(workbook(HEADERS, *[[None] * 60] * 60, ANN)).rows) == 1


# ------------------------------------------------------------------------------------------------ columns

MATCHING = {
    "city": ["2.3 City"],
    "latitude": ["2.3 Latitude"],
    "email": ["1.3 E-mail address", "E-mail"],
    "role": ["1.5 Your role"],
}


@pytest.mark.parametrize(
    "headers, columns",
    [
        (
            ["2.3 City", "2.3 Latitude", "1.3 E-mail address", "1.5 Your role"],
            {"city": 0, "latitude": 1, "email": 2, "role": 3},
        ),
        (["YOUR ROLE *", "Latitude", "city ", "e-mail"], {"city": 2, "latitude": 1, "email": 3, "role": 0}),
        (["Q4) Your role:", "12. E-mail address (required)", "City [optional]"], {"city": 2, "email": 1, "role": 0}),
        (["3.1 City (max. 300 words)", "F7. Latitude", "Mail\u200b"], {"city": 0, "latitude": 1, "email": 2}),
        (["E-mail adress", "Your rôle"], {"email": 0, "role": 1}),
        (["E-mail", "E-mail address"], {"email": 1}),
        (["“2.3 City”", "Which role do you have?", "Address of your mail"], {"city": 0, "role": 1, "email": 2}),
        (["Something", "", "Other"], {}),
    ],
)
def test_columns_are_found_by_text_in_any_order(headers, columns):
    assert sheets.match_columns(headers, MATCHING).columns == columns


def test_missing_ambiguous_guessed_and_extra_are_told():
    found = sheets.match_columns(["City", "City", "E-mail adress", "", "Remark"], MATCHING)
    assert found.columns == {"email": 2}
    assert found.missing == ("latitude", "role")
    assert found.ambiguous == {"city": (0, 1)}
    assert found.guessed == ("email",)
    assert found.extra == (4,)


def test_text_in_brackets_tells_columns_apart_when_it_must():
    wanted = {"euro": ["Cost (EUR)"], "crown": ["Cost (CZK)"]}
    assert sheets.match_columns(["Cost (CZK)", "Cost (EUR)"], wanted).columns == {"euro": 1, "crown": 0}
    assert sheets.match_columns(["Cost (USD)"], wanted).columns == {}


def test_two_fields_never_share_a_column_by_guess():
    assert sheets.match_columns(["Contact namee"], {"a": ["Contact name"], "b": ["Contact names"]}).columns == {}


def test_a_saved_mapping_comes_first_and_may_leave_a_field_out():
    headers = ["Town", "City", "Latitude", "E-mail"]
    saved = {"city": "Town", "latitude": "", "role": "gone"}
    found = sheets.match_columns(headers, MATCHING, saved)
    assert found.columns == {"city": 0, "email": 3}
    assert found.missing == ("latitude", "role")
    assert found.saved(headers) == {"city": "Town", "email": "E-mail"}
    assert sheets.match_columns(headers[::-1], MATCHING, found.saved(headers)).columns["city"] == 3


@settings(deadline=None)
@given(st.lists(st.text(max_size=30), max_size=8))
def test_no_header_breaks_the_matching(headers):
    found = sheets.match_columns(headers, MATCHING)
    assert len(set(found.columns.values())) == len(found.columns)


def test_columns_are_named_as_spreadsheet_programs_do():
    assert [sheets.column_letter(i) for i in (0, 25, 26)] == ["A", "Z", "AA"]


@pytest.mark.parametrize(
    "header, zone",
    [
        ("Creation date (UTC)", "UTC"),
        ("Submitted [GMT]", "UTC"),
        ("Created (Brussels time)", "Europe/Brussels"),
        ("Created (CET/CEST)", "Europe/Brussels"),
        ("Created (optional)", None),
        ("Created UTC", None),
    ],
)
def test_a_header_may_name_its_zone(header, zone):
    assert sheets.zone_named(header) == zone


# ------------------------------------------------------------------------------------------------ writing


@pytest.mark.parametrize(
    "value, written",
    [
        ('=HYPERLINK("x")', '\'=HYPERLINK("x")'),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@a", "'@a"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("  =1", "'  =1"),
        ("\u200b=1", "'\u200b=1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        ("a\x00\x1fb", "ab"),
        ("", ""),
        (-1.5, -1.5),
        (None, None),
    ],
)
def test_nothing_that_is_written_becomes_a_formula(value, written):
    assert sheets.write_safe(value) == written


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=[]), max_size=20))
def test_whatever_is_written_safely_fits_into_excel_and_comes_back_as_text(text):
    safe = sheets.write_safe(text)
    sheet = openpyxl.Workbook().active
    sheet["A1"] = safe
    assert sheet["A1"].data_type != "f"


def test_two_headers_that_differ_by_the_word_that_matters_are_not_mixed_up():
    wanted = {"online": ["I can attend both online days"], "on_site": ["I can attend both days in person"]}
    headers = ["I can attend both in-person days", "Attendance of both online days"]
    assert sheets.match_columns(headers, wanted).columns == {"online": 1, "on_site": 0}
