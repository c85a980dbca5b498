"""Files of all kinds, honest and not."""

import io
import zipfile
from datetime import UTC, datetime

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image

from booster.library import actions, rules

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
ODT = "application/vnd.oasis.opendocument.text"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-" + b"TEST-FILE!$H+H*"


def person(name="Paula Participant"):
    address = f"{name.split()[0].lower()}@example.org"
    return get_user_model().objects.create(email=address, name=name, joined_at=NOW)


def archive(parts, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def docx(content_type=WORD, **more):
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{content_type}"/></Types>'
    return archive({"[Content_Types].xml": types, "word/document.xml": "<w:document/>"} | more)


def odt(mimetype=ODT, **more):
    return archive({"mimetype": mimetype, "content.xml": "<office:document-content/>"} | more)


def xlsx():
    out = io.BytesIO()
    book = Workbook()
    book.active.append(["name", "country"])
    book.save(out)
    return out.getvalue()


def picture(kind="PNG", size=(40, 30), mode="RGB", **how):
    out = io.BytesIO()
    Image.new(mode, size, (200, 30, 60, 128) if mode == "RGBA" else "red").save(out, kind, **how)
    return out.getvalue()


def upload(name="letter of intent.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def document(name="letter of intent.pdf", content=PDF, *, allowed=rules.DOCUMENTS, by=None, **more):
    return actions.store(file=upload(name, content), allowed=allowed, by=by, at=NOW, **more)
