"""The doors of applications."""

from booster.applications.views.answering import answer, organisations, point, regions, save
from booster.applications.views.beginning import ask_link, begin, reuse, use_code, verify
from booster.applications.views.organising import (
    applications_of,
    ask_completion,
    end_completion,
    export,
    file,
    file_attachment,
)
from booster.applications.views.papers import file_paper, own_paper
from booster.applications.views.sending import restore, submit, withdraw
from booster.applications.views.together import invite_again, join, leave, left, partners, remove_partner, sign_off
from booster.applications.views.uploading import attachment, upload

__all__ = [
    "answer",
    "applications_of",
    "ask_completion",
    "ask_link",
    "attachment",
    "begin",
    "end_completion",
    "export",
    "file",
    "file_attachment",
    "file_paper",
    "invite_again",
    "join",
    "leave",
    "left",
    "organisations",
    "own_paper",
    "partners",
    "point",
    "regions",
    "remove_partner",
    "restore",
    "reuse",
    "save",
    "sign_off",
    "submit",
    "upload",
    "use_code",
    "verify",
    "withdraw",
]
