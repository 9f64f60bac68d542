"""The seal: the sealed file is handed in, a scan compared by a second person."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.agencies.views.office import actor_of
from gongkai.inforequests.actions.sealing import confirm_seal as confirm
from gongkai.inforequests.actions.sealing import seal_notice
from gongkai.inforequests.models import Notice
from gongkai.inforequests.review_forms import SealForm
from gongkai.inforequests.views.acting import notice_act, notice_or_404
from gongkai.ui.forms import Form


@login_required
def seal(request: HttpRequest, notice_id: str) -> HttpResponse:
    """Takes the sealed file of what was signed."""
    notice = notice_or_404(request, notice_id)

    def do(values: dict[str, Any]) -> None:
        seal_notice(actor_of(request), notice, file=values["file"])

    return notice_act(
        request,
        notice,
        "seal",
        SealForm,
        do,
        submit="上传用印后的文件",
        done="已用印",
        intro=f"文号{notice.number}，共 {notice.pages} 页。先下载签发稿，用印后再传上来。",
        links=[_file(notice, "下载签发稿 PDF", "final")],
        follows=["文号和页数与签发稿一致的才收下。", "扫描件由另一人与原件核对。", "送达的就是这一份，不再改动。"],
    )


@login_required
def confirm_seal(request: HttpRequest, notice_id: str) -> HttpResponse:
    """A second person compares the scan with the original."""
    notice = notice_or_404(request, notice_id)
    return notice_act(
        request,
        notice,
        "confirm_seal",
        Form,
        lambda _values: confirm(actor_of(request), notice),
        submit="与原件一致",
        done="已核对，可以送达",
        intro="请打开扫描件，与盖章的原件逐页核对：文号、页数、正文、印章。",
        links=[_file(notice, "打开扫描件", "sealed"), _file(notice, "打开签发稿", "final")],
        follows=["核对一致的才能送达。", "不一致的，请印章管理员重新上传。"],
    )


def _file(notice: Notice, label: str, form: str) -> dict[str, str]:
    return {"label": label, "href": reverse("notice_file", args=[notice.public_id, form])}
