"""The organisation as one workbook: taken out, tried, and imported. For the system administrator alone."""

from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from gongkai.agencies.exchange import applying, uploads
from gongkai.agencies.exchange.book import Book
from gongkai.agencies.exchange.columns import Sheet
from gongkai.agencies.exchange.export import export, template
from gongkai.agencies.exchange.lines import Plan, State
from gongkai.agencies.exchange.reading import LARGEST, read_book
from gongkai.agencies.exchange.uploads import Upload
from gongkai.agencies.permissions import MANAGE_TREE
from gongkai.agencies.views.office import actor_of, require, trail
from gongkai.documents.limits import Unreadable
from gongkai.files.secrecy import mark_in
from gongkai.findings import Severity
from gongkai.kernel.clock import today
from gongkai.kernel.reasons import ActionRefused, Reason, refuse_for
from gongkai.ui.forms import Form
from gongkai.ui.pages import form_page

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TITLE = "导入和导出"
_SHOWN = 200
"""Findings that a page lists; the rest is counted."""
_HEAD_ROWS = 12
_LABELS = {
    State.NEW: "新增",
    State.CHANGED: "修改",
    State.SAME: "不变",
    State.DONE: "已导入",
    State.WRONG: "有问题",
}
_ALWAYS = (State.NEW, State.CHANGED, State.SAME)
_SECONDS = 12.0
"""How long a request writes batches; what is left is for the next."""


class UploadForm(Form):
    """The workbook."""

    file = forms.FileField(
        label="机构和人员资料表",
        help_text="从“导出”或“空白表”得到的表格，填好以后传上来；先试导入，不写入任何内容",
        widget=forms.FileInput(
            attrs={"accept": ".xlsx", "limits": f"xlsx，不超过 {LARGEST >> 20} MB", "max_bytes": LARGEST}
        ),
        error_messages={"required": "请选择文件", "empty": "这是空文件，请核对是否选错了文件"},
    )

    def clean_file(self) -> Any:
        """Refuses what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            size = f"文件有 {file.size >> 20} MB，超过 {LARGEST >> 20} MB 的上限"
            raise forms.ValidationError(f"{size}，请拆成几份导入", code="too_large")
        return file


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """What can be done here."""
    require(request, MANAGE_TREE, None)
    return render(request, "agencies/exchange/index.html", {"breadcrumb": _trail(_TITLE)})


@login_required
def export_all(request: HttpRequest) -> HttpResponse:
    """Asks, and gives the whole organisation."""
    require(request, MANAGE_TREE, None)
    if request.method == "POST":
        try:
            return _workbook(export(actor_of(request)), f"机构和人员资料-{today().isoformat()}.xlsx")
        except ActionRefused as refused:
            messages.error(request, str(refused))
    follows = [
        "得到一个 Excel 文件，有全部机构、人员、任用和公开指南资料",
        "其中有工作人员的姓名和办公联系方式，请妥善保管，用完删除",
        "导出记入日志",
    ]
    context = {"follows": follows, "breadcrumb": _trail("导出")}
    return render(request, "agencies/exchange/export.html", context)


@login_required
def blank(request: HttpRequest) -> HttpResponse:
    """The workbook with headings alone."""
    require(request, MANAGE_TREE, None)
    return _workbook(template(), "机构和人员资料-空白表.xlsx")


@login_required
def upload(request: HttpRequest) -> HttpResponse:
    """Takes a workbook and shows what its import would do."""
    require(request, MANAGE_TREE, None)

    def act(values: dict[str, Any]) -> str:
        file = values["file"]
        try:
            book = read_book(file.read())
        except Unreadable as error:
            raise ActionRefused([Reason("unreadable", str(error))]) from error
        refuse_for(_reasons_of_secrecy(book))
        return reverse("exchange_trial", args=[uploads.keep(Upload(str(file.name), book))])

    return form_page(
        request,
        UploadForm,
        act,
        title="试导入",
        submit="上传并试导入",
        done="已读取表格，还没有写入任何内容",
        breadcrumb=_trail("试导入"),
    )


@login_required
def trial(request: HttpRequest, upload_id: str) -> HttpResponse:
    """The dry run: findings first, then what would be written."""
    require(request, MANAGE_TREE, None)
    kept, plan = _planned(upload_id)
    context = {
        "upload_id": upload_id,
        "file_name": kept.file_name,
        "plan": plan,
        "lists": [_listed(plan, Severity.ERROR, "要改正的问题"), _listed(plan, Severity.WARNING, "请核对")],
        "table": _table(plan),
        "breadcrumb": _trail("试导入的结果"),
    }
    return render(request, "agencies/exchange/trial.html", context)


@login_required
def confirm(request: HttpRequest, upload_id: str) -> HttpResponse:
    """Tells what follows; then imports as far as the time of a request reaches."""
    require(request, MANAGE_TREE, None)
    kept, plan = _planned(upload_id)
    if request.method == "POST":
        return _apply(request, upload_id, kept)
    if plan.is_refused or not plan.is_needed:
        return HttpResponseRedirect(reverse("exchange_trial", args=[upload_id]))
    states = Counter(line.state for line in plan.lines)
    follows = [
        f"新增{states[State.NEW]}行，修改{states[State.CHANGED]}行；表里没有写到的登记保持原样",
        "公开页面和指南随即按新的资料显示，任用从各自的起始日期起生效",
        "每一行都记入所属机关的日志，写明来自哪份表格的哪一行",
        "不能一次撤回；要改回来，请在页面上或用另一份表格逐项更正",
    ]
    if plan.closing:
        follows.append(f"{len(plan.closing)}个已撤销的机构，日志写下最后一条，不能再变动")
    context = {
        "follows": follows,
        "is_begun": states[State.DONE] > 0,
        "file_name": kept.file_name,
        "upload_id": upload_id,
        "breadcrumb": _trail("导入"),
    }
    return render(request, "agencies/exchange/confirm.html", context)


def _apply(request: HttpRequest, upload_id: str, kept: Upload) -> HttpResponse:
    try:
        progress = applying.apply(actor_of(request), kept.book, seconds=_SECONDS)
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("exchange"))
    if progress.is_done:
        uploads.drop(upload_id)
        messages.success(request, f"已导入，这次写入{progress.written}行")
        return HttpResponseRedirect(reverse("exchange"))
    if progress.plan.is_refused:
        messages.warning(request, "没有导入完：资料与试导入时不同了，请看下面列出的问题")
        return HttpResponseRedirect(reverse("exchange_trial", args=[upload_id]))
    left = progress.plan.writing_count
    messages.info(request, f"已写入{progress.written}行，还剩{left}行；中断了也不会重复，请继续导入")
    return HttpResponseRedirect(reverse("exchange_confirm", args=[upload_id]))


def _reasons_of_secrecy(book: Book) -> list[Reason]:
    """A sheet that bears a mark of secrecy at its head is not taken."""
    for sheet in book.sheets:
        mark = mark_in("\t".join(filter(None, texts)) for _, texts in sheet.rows[:_HEAD_ROWS])
        if mark:
            instead = "涉密信息不上网、上网信息不涉密，请通过机要渠道办理"
            return [Reason("secret", f"“{sheet.name}”有密级标志“{mark}”，不能上传，系统没有保存", instead)]
    return []


def _planned(upload_id: str) -> tuple[Upload, Plan]:
    kept = uploads.kept(upload_id)
    if kept is None:
        raise Http404
    return kept, applying.planned(kept.book)


def _listed(plan: Plan, severity: Severity, title: str) -> dict[str, Any]:
    """The findings of a severity, as many as a page can hold."""
    found = [finding for finding in plan.findings if finding.severity is severity]
    more = f"，共 {len(found)} 处，先列出" if len(found) > _SHOWN else ""
    return {"title": title + more, "findings": found[:_SHOWN]}


def _table(plan: Plan) -> dict[str, Any]:
    """What would be written, sheet by sheet; of what happens nowhere nothing is shown."""
    counts: dict[Sheet, Counter[State]] = plan.counts()
    states = [state for state in _LABELS if state in _ALWAYS or any(told[state] for told in counts.values())]
    heads = [{"label": "表"}, *({"label": _LABELS[state], "number": True} for state in states)]
    rows = [
        [{"text": sheet.name}, *({"text": str(told[state])} for state in states)]
        for sheet, told in counts.items()
        if told.total()
    ]
    return {"heads": heads, "rows": rows}


def _workbook(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=_XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response.headers["Cache-Control"] = "no-store"
    return response


def _trail(page: str) -> list[dict[str, Any]]:
    links: list[tuple[str, str] | str] = [("机构", reverse("agencies"))]
    if page != _TITLE:
        links.append((_TITLE, reverse("exchange")))
    return trail(*links, page)
