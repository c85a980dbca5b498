"""Addresses: a call's screening, pool, assignments, board; an evaluator's desk."""

from django.urls import path

from booster.evaluation import views

app_name = "evaluation"
CALL = "calls/<slug:slug>/"
MINE = "evaluating/<int:pk>/"
urlpatterns = [
    path(f"{CALL}screening/", views.screening, name="screening"),
    path(f"{CALL}screening/compute/", views.compute, name="compute"),
    path(f"{CALL}screening/confirm/", views.confirm, name="confirm"),
    path("screenings/<int:pk>/", views.verdict, name="verdict"),
    path(f"{CALL}evaluators/", views.evaluators, name="evaluators"),
    path(f"{CALL}evaluators/invite/", views.invite, name="invite"),
    path(f"{CALL}evaluators/remind/", views.remind, name="remind"),
    path(f"{CALL}evaluators/reliability/", views.reliability, name="reliability"),
    path("evaluators/<int:pk>/", views.evaluator, name="evaluator"),
    path("evaluators/<int:pk>/end/", views.end, name="end"),
    path(f"{CALL}assignments/", views.assignments, name="assignments"),
    path(f"{CALL}assignments/share/", views.share, name="share"),
    path("sharings/<int:pk>/", views.sharing, name="sharing"),
    path("applications/<int:pk>/assign/", views.assign, name="assign"),
    path("assignments/<int:pk>/unassign/", views.unassign, name="unassign"),
    path(f"{CALL}conflicts/", views.conflicts, name="conflicts"),
    path("conflicts/<int:pk>/decide/", views.decide, name="decide"),
    path(f"{CALL}board/", views.board, name="board"),
    path(f"{CALL}board/export/", views.export, name="export"),
    path(f"{CALL}consensus/<int:pk>/", views.consensus, name="consensus"),
    path(f"{CALL}consensus/<int:pk>/meeting/", views.call_meeting, name="call_meeting"),
    path(f"{CALL}calibration/", views.calibration, name="calibration"),
    path(f"{CALL}redactions/", views.redactions, name="redactions"),
    path("applications/<int:pk>/redact/", views.redact, name="redact"),
    path("evaluating/", views.desk, name="desk"),
    path("evaluating/all/<slug:slug>/", views.declare_many, name="declare_many"),
    path("evaluating/sample/<int:pk>/", views.sample, name="sample"),
    path(MINE, views.file, name="file"),
    path(f"{MINE}declare/", views.declare, name="declare"),
    path(f"{MINE}save/", views.save, name="save"),
    path(f"{MINE}reopen/", views.reopen, name="reopen"),
    path(f"{MINE}attachments/<int:document>/", views.attachment, name="attachment"),
]
