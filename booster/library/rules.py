"""Which files are taken, under which name, and how the virus scanner is spoken to. Pure: bytes in, sentences out."""

import io
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO

import puremagic
from PIL import Image, ImageOps, UnidentifiedImageError

MB = 2**20
UNPACKED_MOST = 250 * MB
UNPACKED_RATIO = 150
PARTS_MOST = 10_000
PIXELS_MOST = 40_000_000
NAME_MOST = 120
HEAD = 64 * 1024


class UnfitFile(ValueError):
    """The file is not taken; the message is a sentence for the person who brought it."""

    def __init__(self, template: str, **values: object) -> None:
        self.template, self.values = template, values
        super().__init__(template.format(**values))

    def said(self, say: Callable[[str], str]) -> str:
        """The sentence in the language of ``say``."""
        return say(self.template).format(**self.values)


@dataclass(frozen=True, slots=True)
class Allowed:
    """Which endings a place takes, and how many bytes at most."""

    endings: tuple[str, ...]
    largest: int

    def __or__(self, other: "Allowed") -> "Allowed":
        return Allowed(tuple(dict.fromkeys(self.endings + other.endings)), max(self.largest, other.largest))

    @property
    def accept(self) -> str:
        """For the ``accept`` attribute of a file input."""
        return ",".join(f".{ending}" for ending in self.endings)

    @property
    def words(self) -> str:
        return ", ".join(ending.upper() for ending in self.endings if ending != "jpeg")


DOCUMENTS = Allowed(("pdf", "docx", "xlsx", "odt", "txt"), 20 * MB)
PICTURES = Allowed(("png", "jpg", "jpeg", "webp"), 8 * MB)
SHEETS = Allowed(("xlsx", "csv"), 10 * MB)

_OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "txt": "text/plain",
    "csv": "text/csv",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
}
INLINE = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp"})

_PICTURE_FORMATS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP"}
_BINARY = (
    b"%PDF-",
    b"PK\x03\x04",
    b"MZ",
    b"\x7fELF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"\xd0\xcf\x11\xe0",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 26, 27})

# names -------------------------------------------------------------------------------------------------------------

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # control, direction, zero-width, lone halves, unassigned
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)


def safe_name(name: str) -> str:
    """A name that any system can store and any reader can trust: last step of a path, no unseen characters.

    Never empty, at most 120 characters and 200 bytes, the ending kept in lower case. The same again changes nothing.
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(" " if c.isspace() else c for c in last if c.isspace() or unicodedata.category(c) not in _UNSEEN)
    clean = " ".join(re.sub(r'[<>:"|?*]', "_", seen).split()).rstrip(". ")
    stem, dot, end = clean.rpartition(".")
    if not dot or not re.fullmatch(r"[A-Za-z0-9]{1,10}", end):
        stem, end = clean, ""
    ending = f".{end.lower()}" if end else ""
    stem = _cut(stem.strip(". "), NAME_MOST - 1 - len(ending), 199 - len(ending)).strip(". ") or "file"
    return f"{'_' if _RESERVED.fullmatch(stem.partition('.')[0].strip()) else ''}{stem}{ending}"


def _cut(text: str, characters: int, octets: int) -> str:
    return text[:characters].encode()[:octets].decode(errors="ignore")


def ending(name: str) -> str:
    """Lower case, without the dot; empty when there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


# what is taken -----------------------------------------------------------------------------------------------------


def check_outside(name: str, size: int, allowed: Allowed) -> None:
    """What can be said before the first byte is read."""
    if ending(name) not in allowed.endings:
        raise UnfitFile(
            "“{name}” is not a kind of file that is taken here. Possible: {kinds}.", name=name, kinds=allowed.words
        )
    if size == 0:
        raise UnfitFile("“{name}” is empty.", name=name)
    check_size(name, size, allowed)


def check_size(name: str, size: int, allowed: Allowed) -> None:
    if size > allowed.largest:
        raise UnfitFile("“{name}” is too large: at most {most} MB are taken.", name=name, most=allowed.largest // MB)


def check_inside(name: str, file: BinaryIO) -> None:
    """Whether the content is what the ending says and harmless as far as one can see; leaves the file at its start."""
    file.seek(0)
    head = file.read(HEAD)
    kind = ending(name)
    if kind == "pdf":
        _must(head.lstrip(b"\x00\t\n\r \xef\xbb\xbf").startswith(b"%PDF-"), name, head)
    elif kind in {"docx", "xlsx", "odt"}:
        _check_office(name, file, head)
    else:
        _must(_is_text(head), name, head)
    file.seek(0)


def _must(is_so: bool, name: str, head: bytes) -> None:
    if not is_so:
        raise UnfitFile(
            "“{name}” is called {kind}, but inside it is something else ({truth}).",
            name=name,
            kind=ending(name).upper(),
            truth=truth_of(head),
        )


def truth_of(head: bytes) -> str:
    """What the first bytes look like, in words."""
    try:
        return next((guess.name for guess in puremagic.magic_string(head) if guess.name), "unknown")
    except (puremagic.PureError, ValueError):
        return "plain text" if _is_text(head) else "unknown"


def _is_text(head: bytes) -> bool:
    if head.startswith(_BOMS):
        return True
    return not head.startswith(_BINARY) and not head.translate(None, delete=bytes(set(range(256)) - set(_CONTROLS)))


def _check_office(name: str, file: BinaryIO, head: bytes) -> None:
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnfitFile(
            "“{name}” is protected by a password or in an old format. Save it anew without either.", name=name
        )
    _must(head.startswith(b"PK\x03\x04"), name, head)
    try:
        file.seek(0)
        with zipfile.ZipFile(file) as archive:
            _check_parts(name, archive, file.seek(0, io.SEEK_END))
            _must(_office_kind(archive) == ending(name), name, head)
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        UnicodeError,
    ) as trouble:
        raise UnfitFile("“{name}” is damaged and cannot be opened.", name=name) from trouble


def _check_parts(name: str, archive: zipfile.ZipFile, size: int) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 0x1 for part in parts):
        raise UnfitFile(
            "“{name}” is protected by a password or in an old format. Save it anew without either.", name=name
        )
    unpacked = sum(part.file_size for part in parts)
    overlapping = sum(part.compress_size for part in parts) > size
    swollen = unpacked > 20 * MB and unpacked > size * UNPACKED_RATIO
    if unpacked > UNPACKED_MOST or len(parts) > PARTS_MOST or overlapping or swollen:
        raise UnfitFile("“{name}” unpacks to far more than it seems and is not opened.", name=name)
    if any(_is_macro(part.filename) for part in parts):
        raise UnfitFile("“{name}” contains macros. Save it without them and upload it again.", name=name)


def _is_macro(part: str) -> bool:
    lower = part.lower()
    return lower.endswith(("vbaproject.bin", "vbadata.xml")) or lower.startswith(("basic/", "scripts/"))


def _office_kind(archive: zipfile.ZipFile) -> str:
    """``docx``, ``xlsx``, ``odt`` by what the archive says of its main part; empty for anything else."""
    names = set(archive.namelist())
    if "mimetype" in names:
        return "odt" if _beginning(archive, "mimetype").strip() == TYPES["odt"].encode() else ""
    if "[Content_Types].xml" not in names:
        return ""
    types = _beginning(archive, "[Content_Types].xml")
    if b"wordprocessingml.document.main+xml" in types:
        return "docx"
    return "xlsx" if b"spreadsheetml.sheet.main+xml" in types else ""


def _beginning(archive: zipfile.ZipFile, part: str) -> bytes:
    with archive.open(part) as stream:
        return stream.read(MB)


# pictures ----------------------------------------------------------------------------------------------------------


def is_picture(name: str) -> bool:
    return ending(name) in _PICTURE_FORMATS


def drawn_anew(name: str, file: BinaryIO) -> bytes:
    """The picture decoded and encoded again, upright, without EXIF, place, comments or anything appended."""
    kind = _PICTURE_FORMATS[ending(name)]
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    out = io.BytesIO()
    try:
        picture = Image.open(file, formats=[kind])  # reads the head alone
        if picture.width * picture.height > PIXELS_MOST:
            raise UnfitFile("“{name}” has too many pixels. Make it smaller and upload it again.", name=name)
        upright = ImageOps.exif_transpose(picture)
        bare = upright.convert("RGBA" if upright.has_transparency_data and kind != "JPEG" else "RGB")
        bare.info = {}
        bare.save(out, kind, **({} if kind == "PNG" else {"quality": 88}))
    except UnfitFile:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as trouble:
        raise UnfitFile("“{name}” has too many pixels. Make it smaller and upload it again.", name=name) from trouble
    except UnidentifiedImageError:
        _must(is_so=False, name=name, head=head)
    except (
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        struct.error,
        zlib.error,
        OverflowError,
        MemoryError,
    ) as trouble:
        raise UnfitFile("“{name}” is damaged and cannot be opened.", name=name) from trouble
    return out.getvalue()


SMALL = 480  # pixels of the longer side


def drawn_small(file: BinaryIO) -> bytes:
    """A stored picture small enough for a list, as JPEG; what is see-through becomes white."""
    out = io.BytesIO()
    with Image.open(file, formats=list(set(_PICTURE_FORMATS.values()))) as picture:
        picture.draft("RGB", (SMALL, SMALL))
        picture.thumbnail((SMALL, SMALL))
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture if picture.mode == "RGBA" else None)
        ground.save(out, "JPEG", quality=80)
    return out.getvalue()


# the virus scanner (clamd, INSTREAM) -------------------------------------------------------------------------------

STREAM = b"zINSTREAM\0"
STREAM_END = struct.pack(">I", 0)


def peer(address: str) -> tuple[str, int] | str:
    """Where clamd listens: ``host:port``, or the path of its socket as ``/run/…`` or ``unix:/run/…``."""
    if address.startswith(("/", "unix:")):
        return address.removeprefix("unix:")
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal():
        raise ValueError("BOOSTER_CLAMD must be host:port or the path of a socket.")
    return host.strip("[]"), int(port)


def frames(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """A file as clamd wants to hear it: each chunk after its length, an empty one at the end."""
    for chunk in chunks:
        if chunk:
            yield struct.pack(">I", len(chunk)) + chunk
    yield STREAM_END


def verdict(reply: bytes) -> str:
    """``clear`` or ``condemn``; empty when clamd could not say (too long, no database, gone away)."""
    text = reply.rstrip(b"\0\n ")
    if text.endswith(b" FOUND"):
        return "condemn"
    return "clear" if text.endswith(b": OK") else ""


def scan_delay(attempts: int) -> timedelta:
    return min(timedelta(minutes=2 ** min(attempts, 10)), timedelta(hours=6))
