"""The office's addresses of notices: the document, its review, seal and service, and how each kind is approved."""

from django.urls import path

from gongkai.inforequests.views import notice

urlpatterns = [
    path("<id:notice_id>/", notice.detail, name="notice"),
    path("<id:notice_id>/file/<slug:form>/", notice.file, name="notice_file"),
]
