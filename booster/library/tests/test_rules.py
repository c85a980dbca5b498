import io
import struct
import unicodedata
import zipfile
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from booster.library import rules
from booster.library.states import SCAN
from booster.library.tests import make


def inside(name, content):
    rules.check_inside(name, io.BytesIO(content))


# names


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("..", "file"),
        ("", "file"),
        (".pdf", "file.pdf"),
        ("CV.PDF", "CV.pdf"),
        ("a/b/βιογραφικό.docx", "βιογραφικό.docx"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("zero\u200bwidth\ufeff.txt", "zerowidth.txt"),
        ("new\nline\r\x00\x1b.txt", "new line.txt"),
        ("  many   spaces .pdf ", "many spaces.pdf"),
        ("what? <b>|\"*:.pdf", "what_ _b_____.pdf"),
        ("con.txt", "_con.txt"),
        ("LPT1.tar.gz", "_LPT1.tar.gz"),
        ("aux", "_aux"),
        ("console.txt", "console.txt"),
        ("trailing dots...", "trailing dots"),
        ("no ending at all", "no ending at all"),
        ("version 1. draft", "version 1. draft"),
        ("Cafe\u0301.pdf", "Café.pdf"),
        ("x" * 300 + ".pdf", "x" * 115 + ".pdf"),
    ],
)  # fmt: skip
def test_a_name_becomes_safe(given_name, kept):
    assert rules.safe_name(given_name) == kept


def test_a_long_name_in_greek_fits_into_any_file_system_and_keeps_its_ending():
    name = rules.safe_name("β" * 300 + ".docx")
    assert name.endswith("ββ.docx")
    assert len(name.encode()) <= 200


@given(st.text(max_size=300))
def test_no_text_makes_an_unsafe_name(text):
    name = rules.safe_name(text)
    assert name
    assert name not in {".", ".."}
    assert len(name) <= 121  # one more for the mark before a reserved word
    assert not set(name) & set('/\\<>:"|?*\0')
    assert all(unicodedata.category(c) not in {"Cc", "Cf", "Cs"} for c in name)
    assert name == name.strip()
    assert rules.safe_name(name) == name


def test_endings():
    assert rules.ending("a.b.PDF") == "pdf"
    assert rules.ending("none") == ""


# groups


def test_groups_join_and_tell_the_browser_what_they_take():
    both = rules.SHEETS | rules.PICTURES
    assert both.accept == ".xlsx,.csv,.png,.jpg,.jpeg,.webp"
    assert both.words == "XLSX, CSV, PNG, JPG, WEBP"
    assert both.largest == 10 * rules.MB
    assert set((rules.DOCUMENTS | both).endings) == set(rules.TYPES)


@pytest.mark.parametrize(
    ("name", "size", "sentence"),
    [
        ("cv.exe", 5, "“cv.exe” is not a kind of file that is taken here. Possible: PDF, DOCX, XLSX, ODT, TXT."),
        (
            "cv.pdf.exe",
            5,
            "“cv.pdf.exe” is not a kind of file that is taken here. Possible: PDF, DOCX, XLSX, ODT, TXT.",
        ),
        ("cv", 5, "“cv” is not a kind of file that is taken here. Possible: PDF, DOCX, XLSX, ODT, TXT."),
        ("cv.pdf", 0, "“cv.pdf” is empty."),
        ("cv.pdf", 20 * rules.MB + 1, "“cv.pdf” is too large: at most 20 MB are taken."),
    ],
)
def test_what_is_refused_before_it_is_read(name, size, sentence):
    with pytest.raises(rules.UnfitFile) as refused:
        rules.check_outside(name, size, rules.DOCUMENTS)
    assert str(refused.value) == sentence
    assert refused.value.values["name"] == name


def test_the_largest_file_is_taken():
    rules.check_outside("cv.pdf", 20 * rules.MB, rules.DOCUMENTS)


# contents


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", make.PDF),
        ("a.pdf", b"\xef\xbb\xbf\r\n" + make.PDF),
        ("a.docx", make.docx()),
        ("a.docx", make.docx(**{"word/embeddings/sheet.xlsx": "x"})),
        ("a.odt", make.odt()),
        ("a.xlsx", make.xlsx()),
        ("a.txt", "Grüße, Ευχαριστώ\n".encode()),
        ("a.txt", "Grüße".encode("cp1252")),
        ("a.csv", "name;country\nPaula;EL\n".encode("utf-16")),
        ("a.txt", b"MI\tis a state"),
        ("a.csv", b'=HYPERLINK("http://x")\n'),
    ],
)
def test_honest_files_are_taken(name, content):
    file = io.BytesIO(content)
    rules.check_inside(name, file)
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("name", "content", "truth"),
    [
        ("a.pdf", b"<html><script>alert(1)</script></html>", "HTML File"),
        ("a.pdf", b"MZ\x90\x00" + b"\0" * 60 + make.PDF, "Windows Executable"),
        ("a.pdf", b"just words", "plain text"),
        ("a.pdf", b"\x01\x02\x03\x04\x05", "unknown"),
        ("a.docx", make.PDF, "Adobe Portable Document Format file"),
        ("a.txt", b"\x7fELF\x02\x01\x01" + b"\0" * 20, "ELF executable"),
        ("a.csv", make.xlsx(), None),
        ("a.txt", make.PDF, None),
        ("a.csv", b"a;b\n\0\0", None),
        ("a.docx", make.xlsx(), None),
        ("a.xlsx", make.docx(), None),
        ("a.odt", make.docx(), None),
        ("a.odt", make.odt("application/vnd.oasis.opendocument.spreadsheet"), None),
        ("a.docx", make.archive({"hello.txt": "x"}), None),
        ("a.docx", make.docx(make.MACRO), None),
    ],
    ids=lambda value: None if isinstance(value, bytes) else value,
)
def test_a_wrong_kind_under_a_right_name_is_found_out(name, content, truth):
    with pytest.raises(rules.UnfitFile, match="but inside it is something else") as refused:
        inside(name, content)
    kind = name[2:].upper()
    told = f"“{name}” is called {kind}, but inside it is something else ({refused.value.values['truth']})."
    assert str(refused.value) == told
    assert truth in {None, refused.value.values["truth"]}


@pytest.mark.parametrize("part", ["word/vbaProject.bin", "word/VBAPROJECT.BIN", "word/vbaData.xml"])
def test_macros_are_refused(part):
    with pytest.raises(rules.UnfitFile, match=r"“a.docx” contains macros"):
        inside("a.docx", make.docx(**{part: "Sub AutoOpen()"}))


@pytest.mark.parametrize("part", ["Basic/Standard/Module1.xml", "Scripts/python/x.py"])
def test_macros_of_writer_are_refused(part):
    with pytest.raises(rules.UnfitFile, match="contains macros"):
        inside("a.odt", make.odt(**{part: "x"}))


def test_a_zip_bomb_is_refused_unread():
    with pytest.raises(rules.UnfitFile, match=r"“a.docx” unpacks to far more than it seems"):
        inside("a.docx", make.docx(**{"word/media/zeros.bin": b"\0" * (30 * rules.MB)}))


def test_a_bomb_by_its_directory_alone_is_refused():
    with pytest.raises(rules.UnfitFile, match="unpacks to far more"):
        inside("a.docx", _lying(make.docx(), size=400 * rules.MB))


def test_overlapping_parts_are_a_bomb_too():
    with pytest.raises(rules.UnfitFile, match="unpacks to far more"):
        inside("a.docx", _lying(make.docx(), packed=10 * rules.MB))


def _lying(content, *, size=None, packed=None):
    """The same archive, its directory claiming other sizes for the first part."""
    at = content.index(b"PK\x01\x02")
    changed = bytearray(content)
    if packed is not None:
        changed[at + 20 : at + 24] = struct.pack("<I", packed)
    if size is not None:
        changed[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(changed)


def test_ten_thousand_parts_are_too_many(monkeypatch):
    monkeypatch.setattr(rules, "PARTS_MOST", 5)
    with pytest.raises(rules.UnfitFile, match="unpacks to far more"):
        inside("a.docx", make.docx(**{f"word/{n}.xml": "x" for n in range(9)}))


def test_a_password_is_refused_kindly():
    content = bytearray(make.docx())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    for protected in (bytes(content), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600):
        with pytest.raises(rules.UnfitFile, match="is protected by a password or in an old format"):
            inside("a.docx", protected)


@pytest.mark.parametrize("cut", [30, 200, -25])
def test_a_damaged_archive_is_refused(cut):
    with pytest.raises(rules.UnfitFile, match=r"“a.docx” is damaged"):
        inside("a.docx", make.docx()[:cut])


def test_an_archive_damaged_inside_is_refused():
    content = bytearray(make.archive({"[Content_Types].xml": "<Types>" + "abc" * 99}, zipfile.ZIP_STORED))
    content[60] ^= 0xFF
    with pytest.raises(rules.UnfitFile, match="is damaged"):
        inside("a.docx", bytes(content))


@given(st.binary(max_size=400), st.sampled_from(["a.docx", "a.pdf", "a.txt", "a.csv", "a.odt"]))
def test_no_bytes_break_the_check(content, name):
    for whole in (content, b"PK\x03\x04" + content):
        try:
            inside(name, whole)
        except rules.UnfitFile as refused:
            sentence = str(refused)
            assert "a." in sentence


# pictures


@pytest.mark.parametrize(
    ("name", "kind"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.jpeg", "JPEG"), ("a.webp", "WEBP")]
)
def test_a_picture_is_drawn_anew(name, kind):
    anew = Image.open(io.BytesIO(rules.drawn_anew(name, io.BytesIO(make.picture(kind)))))
    assert (anew.format, anew.size) == (kind, (40, 30))


def test_where_a_photograph_was_taken_and_what_hangs_behind_it_is_gone_and_it_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "my house"
    exif.get_ifd(0x8825)[1] = "N"
    content = make.picture("JPEG", exif=exif, comment=b"secret") + b"<script>alert(1)</script>"
    anew = rules.drawn_anew("a.jpg", io.BytesIO(content))
    opened = Image.open(io.BytesIO(anew))
    assert opened.size == (30, 40)
    assert not dict(opened.getexif())
    assert not {b"house", b"secret", b"script"} & {word for word in (b"house", b"secret", b"script") if word in anew}


def test_transparency_stays_where_the_kind_has_it():
    anew = Image.open(io.BytesIO(rules.drawn_anew("a.png", io.BytesIO(make.picture(mode="RGBA")))))
    assert anew.getpixel((0, 0)) == (200, 30, 60, 128)


@pytest.mark.parametrize("most", [100, 800, 5000])
def test_a_picture_with_too_many_pixels_is_refused_before_it_is_unpacked(monkeypatch, most):
    monkeypatch.setattr(rules, "PIXELS_MOST", 1000)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", most)  # beyond it Pillow warns, beyond twice it refuses
    with pytest.raises(rules.UnfitFile, match=r"“a.png” has too many pixels"):
        rules.drawn_anew("a.png", io.BytesIO(make.picture()))


def test_a_picture_of_another_kind_is_found_out():
    with pytest.raises(rules.UnfitFile, match=r"“a.png” is called PNG, but inside it is something else"):
        rules.drawn_anew("a.png", io.BytesIO(make.picture("JPEG")))
    with pytest.raises(rules.UnfitFile, match=r"something else \(HTML File\)"):
        rules.drawn_anew("a.png", io.BytesIO(b"<html><body>"))


@given(st.binary(max_size=200), st.sampled_from(["PNG", "JPEG", "WEBP"]))
def test_no_bytes_break_the_drawing(content, kind):
    whole = make.picture(kind)
    name = f"a.{'jpg' if kind == 'JPEG' else kind.lower()}"
    for start in (12, 30, len(whole) // 2):
        try:
            rules.drawn_anew(name, io.BytesIO(whole[:start] + content + whole[start + len(content) :]))
        except rules.UnfitFile as refused:
            sentence = str(refused)
            assert name in sentence


def test_half_a_picture_is_refused():
    with pytest.raises(rules.UnfitFile, match=r"“a.png” is damaged"):
        rules.drawn_anew("a.png", io.BytesIO(make.picture(size=(400, 300))[:-40]))


# the scanner


def test_where_clamd_listens():
    assert rules.peer("127.0.0.1:3310") == ("127.0.0.1", 3310)
    assert rules.peer("[::1]:3310") == ("::1", 3310)
    assert rules.peer("/run/clamav/clamd.ctl") == "/run/clamav/clamd.ctl"
    assert rules.peer("unix:/run/clamd.ctl") == "/run/clamd.ctl"
    for nonsense in ("clamd", "clamd:", ":3310", "clamd:port"):
        with pytest.raises(ValueError, match="host:port"):
            rules.peer(nonsense)


def test_a_file_is_told_to_clamd_in_frames():
    assert b"".join(rules.frames([b"abc", b"", b"de"])) == b"\0\0\0\3abc\0\0\0\2de\0\0\0\0"


@pytest.mark.parametrize(
    ("reply", "verb"),
    [
        (b"stream: OK\0", "clear"),
        (b"stream: Win.Test.EICAR_HDB-1 FOUND\0", "condemn"),
        (b"INSTREAM size limit exceeded. ERROR\0", ""),
        (b"", ""),
    ],
)
def test_what_clamd_says(reply, verb):
    assert rules.verdict(reply) == verb


def test_clamd_is_asked_again_less_and_less():
    assert rules.scan_delay(1) == timedelta(minutes=2)
    assert rules.scan_delay(5) == timedelta(minutes=32)
    assert rules.scan_delay(99) == timedelta(hours=6)


def test_every_state_of_a_scan_can_be_reached():
    assert SCAN.unreachable() == set()
