"""Which files answer a question. Pure."""

from dataclasses import replace

from booster.library.rules import DOCUMENTS, PICTURES, SHEETS, Allowed
from booster.questions.rules.form import Question

KINDS = {"documents": DOCUMENTS, "pictures": PICTURES, "sheets": SHEETS, "any": DOCUMENTS | PICTURES | SHEETS}


def allowed_for(question: Question) -> Allowed:
    """Which files answer the question, and how large one may be."""
    return replace(KINDS[question.files], largest=question.largest_mb * 2**20)
