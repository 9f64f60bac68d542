"""The office's addresses of notices: the document, its review, seal and service, and how each kind is approved."""

from django.urls import path

from gongkai.inforequests.views import changing, notice, review, sealing, serving, settings

urlpatterns = [
    path("settings/", settings.index, name="notice_settings_index"),
    path("settings/<id:public_id>/", settings.listed, name="notice_settings"),
    path("settings/<id:public_id>/<slug:notice_kind>/", settings.change, name="notice_setting"),
    path("<id:notice_id>/", notice.detail, name="notice"),
    path("<id:notice_id>/file/<slug:form>/", notice.file, name="notice_file"),
    path("<id:notice_id>/change/", changing.change, name="notice_change"),
    path("<id:notice_id>/submit/", changing.submit, name="notice_submit"),
    path("<id:notice_id>/discard/", changing.discard, name="notice_discard"),
    path("<id:notice_id>/review/", review.review, name="notice_review"),
    path("<id:notice_id>/enter-paper/", review.enter_paper, name="notice_enter_paper"),
    path("<id:notice_id>/confirm-paper/", review.confirm_paper, name="notice_confirm_paper"),
    path("<id:notice_id>/seal/", sealing.seal, name="notice_seal"),
    path("<id:notice_id>/confirm-seal/", sealing.confirm_seal, name="notice_confirm_seal"),
    path("<id:notice_id>/serve/", serving.serve, name="notice_serve"),
    path("<id:notice_id>/received/", serving.received, name="notice_received"),
    path("<id:notice_id>/failed/", serving.failed, name="notice_failed"),
    path("<id:notice_id>/provide/", serving.provide, name="notice_provide"),
]
