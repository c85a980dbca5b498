"""The addresses of this room."""

from django.urls import path

from booster.selection.views import builder, comparing, complaining, deciding, drawing, reporting, shortlisting

app_name = "selection"
CALL, ONE = "calls/<slug:slug>/", "cohort/<int:pk>/"
urlpatterns = [
    path(f"{CALL}cohort/", builder.builder, name="builder"),
    path(f"{CALL}cohort/saved/", builder.scenarios, name="scenarios"),
    path(f"{ONE}progress/", builder.progress, name="progress"),
    path(f"{ONE}price/", builder.ask_price, name="price"),
    path(f"{ONE}seat/", builder.ask_inclusion, name="inclusion"),
    path(f"{ONE}stop/", builder.stop, name="stop"),
    path(f"{ONE}relax/", builder.relax, name="relax"),
    path(f"{ONE}announce/", drawing.announce, name="announce"),
    path(f"{ONE}input.json", drawing.committed, name="committed"),
    path("draws/<int:pk>/draw/", drawing.draw, name="draw_now"),
    path("draws/<int:pk>/call-off/", drawing.call_off, name="call_off"),
    path("draws/<int:pk>/published.json", drawing.published, name="published"),
    path("draws/verify_draw.py", drawing.verifier, name="verifier"),
    path(f"{CALL}draw/", drawing.see_draw, name="draw"),
    path(f"{ONE}adopt/", builder.adopt, name="adopt"),
    path(f"{ONE}reopen/", builder.reopen, name="reopen"),
    path(f"{CALL}compare/", comparing.compare, name="compare"),
    path(f"{CALL}compare/note/", comparing.note, name="note"),
    path(f"{CALL}compare/choose/", comparing.choose, name="choose"),
    path(f"{CALL}shortlist/", shortlisting.shortlist, name="shortlist"),
    path(f"{CALL}decisions/", deciding.decisions, name="decisions"),
    path(f"{CALL}decisions/confirm/", deciding.confirm, name="confirm"),
    path(f"{CALL}decisions/tell/", deciding.tell, name="tell"),
    path("decisions/<int:pk>/", deciding.decision, name="decision"),
    path("decisions/<int:pk>/take-back/", deciding.take_back, name="take_back"),
    path("applications/<int:application_id>/decision/", complaining.outcome, name="outcome"),
    path("decisions/<int:pk>/complain/", complaining.complain, name="complain"),
    path(f"{CALL}complaints/", complaining.complaints, name="complaints"),
    path("complaints/<int:pk>/admit/", complaining.admit, name="admit"),
    path("complaints/<int:pk>/answer/", complaining.answer, name="answer"),
    path(f"{CALL}report/", reporting.report, name="report"),
    path(f"{CALL}report.pdf", reporting.report_pdf, name="report_pdf"),
    path(f"{CALL}report/signed/<int:number>.pdf", reporting.signed_pdf, name="signed_pdf"),
]
