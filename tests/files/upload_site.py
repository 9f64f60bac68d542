"""A page with an upload, as apps above will have them: the form, the action, the download."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from gongkai.config.urls import *  # noqa: F403  the pages of errors
from gongkai.config.urls import urlpatterns as site
from gongkai.files.actions import store
from gongkai.files.downloads import download
from gongkai.files.purposes import Purpose
from gongkai.files.uploads import UploadField
from gongkai.ui.forms import Form
from gongkai.ui.pages import form_page

OWNER, SUBJECT = "case2222", "person22"


class MaterialForm(Form):
    from django import forms

    what = forms.CharField(label="材料名称", max_length=40)
    file = UploadField(Purpose.CASE)
    more = UploadField(Purpose.IDENTITY, required=False)


def add(request: HttpRequest) -> HttpResponse:
    def act(values: dict) -> str:
        with transaction.atomic():
            stored = store(values["file"], owner=OWNER, subject=SUBJECT)
        return f"/test/files/{stored.public_id}"

    return form_page(request, MaterialForm, act, title="添加材料", submit="添加材料", done="已添加材料")


def fetch(request: HttpRequest, public_id: str) -> HttpResponse:
    return download(public_id, owner=OWNER)


urlpatterns = [path("test/add", add), path("test/files/<public_id>", fetch), path("", include(site))]
