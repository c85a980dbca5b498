"""What organisers and evaluators fill in."""

from booster.evaluation.forms.evaluators import EvaluatorForm, InvitationForm, RemindForm
from booster.evaluation.forms.judging import (
    LONGEST,
    CalibrationForm,
    ConflictForm,
    ConsensusForm,
    DecisionForm,
    MeetingForm,
)
from booster.evaluation.forms.organising import (
    AssignForm,
    BoardFilter,
    FilesFilter,
    OverruleForm,
    ScreeningFilter,
    ShareForm,
)

__all__ = [
    "LONGEST",
    "AssignForm",
    "BoardFilter",
    "CalibrationForm",
    "ConflictForm",
    "ConsensusForm",
    "DecisionForm",
    "EvaluatorForm",
    "FilesFilter",
    "InvitationForm",
    "MeetingForm",
    "OverruleForm",
    "RemindForm",
    "ScreeningFilter",
    "ShareForm",
]
