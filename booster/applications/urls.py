"""Addresses: a call's applications, one application, its partners."""

from django.urls import path

from booster.applications import views

app_name = "applications"
ONE = "applications/<int:pk>/"
urlpatterns = [
    path("calls/<slug:slug>/apply/", views.begin, name="begin"),
    path("calls/<slug:slug>/applications/", views.applications_of, name="list"),
    path("calls/<slug:slug>/applications/export/", views.export, name="export"),
    path("applications/left/", views.left, name="left"),
    path(ONE, views.answer, name="answer"),
    path(f"{ONE}save/", views.save, name="save"),
    path(f"{ONE}verify/", views.verify, name="verify"),
    path(f"{ONE}ask-link/", views.ask_link, name="ask_link"),
    path(f"{ONE}use-code/", views.use_code, name="use_code"),
    path(f"{ONE}reuse/", views.reuse, name="reuse"),
    path(f"{ONE}send/", views.submit, name="submit"),
    path(f"{ONE}withdraw/", views.withdraw, name="withdraw"),
    path(f"{ONE}restore/", views.restore, name="restore"),
    path(f"{ONE}attachments/<int:document>/", views.attachment, name="attachment"),
    path(f"{ONE}upload/", views.upload, name="upload"),
    path(f"{ONE}regions/", views.regions, name="regions"),
    path(f"{ONE}point/", views.point, name="point"),
    path(f"{ONE}organisations/", views.organisations, name="organisations"),
    path(f"{ONE}partners/", views.partners, name="partners"),
    path(f"{ONE}partners/join/", views.join, name="join"),
    path(f"{ONE}partners/sign-off/", views.sign_off, name="sign_off"),
    path(f"{ONE}partners/leave/", views.leave, name="leave"),
    path(f"{ONE}partners/<int:number>/remove/", views.remove_partner, name="remove_partner"),
    path(f"{ONE}partners/<int:number>/invite-again/", views.invite_again, name="invite_again"),
    path(f"{ONE}copy.pdf", views.own_paper, name="copy"),
    path(f"{ONE}file.pdf", views.file_paper, name="file_paper"),
    path(f"{ONE}file/", views.file, name="file"),
    path(f"{ONE}file/attachments/<int:document>/", views.file_attachment, name="file_attachment"),
    path(f"{ONE}ask-completion/", views.ask_completion, name="ask_completion"),
    path(f"{ONE}end-completion/", views.end_completion, name="end_completion"),
]
