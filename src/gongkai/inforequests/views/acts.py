"""The pages of acts on a case: each tells what the act leads to, takes what is needed, and does one action."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.agencies import queries as agencies
from gongkai.agencies.navigation import authority_of
from gongkai.agencies.views.office import actor_of
from gongkai.files.queries import file_of
from gongkai.inforequests.actions import correcting, handling, intake, progress
from gongkai.inforequests.forms import (
    AnswerForm,
    ArchiveForm,
    AssignForm,
    Choices,
    ClarifiedForm,
    ClearForm,
    ConfirmForm,
    ConsultedForm,
    CorrectForm,
    OfferingForm,
    PaidForm,
    RegisterForm,
    ReleaseForm,
    ReopenForm,
    SearchForm,
    SplitForm,
    WithdrawForm,
    is_yes,
)
from gongkai.inforequests.models import Consultation, Item, Release, Step
from gongkai.inforequests.permissions import HANDLE
from gongkai.inforequests.rules import CASE_ACTS
from gongkai.inforequests.timeline import argument_of
from gongkai.inforequests.views.acting import case_or_404, case_trail, refused, require_case_act, typed_of
from gongkai.kernel.clock import today
from gongkai.kernel.workdays import calendar
from gongkai.law.clock import Ground
from gongkai.ui.forms import Form
from gongkai.ui.pages import form_page
from gongkai.ui.templatetags.ui import day

Values = dict[str, Any]
Do = Callable[[Item, Values], object]


def _page(
    request: HttpRequest,
    case_id: str,
    act_id: str,
    form: Callable[[Item], Callable[..., Form]],
    do: Do,
    *,
    submit: str,
    done: str,
    initial: Callable[[Item], Mapping[str, Any]] | None = None,
    intro: Callable[[Item], str] | None = None,
    follows: Sequence[str] = (),
    kind: str = "",
) -> HttpResponse:
    """The page of an act. What can't be done now is told with its reasons, unless something was typed already."""
    item, act = case_or_404(request, case_id), CASE_ACTS[act_id]
    against = require_case_act(request, item, act_id)
    if against and typed_of(request) is None:
        return refused(request, act.name, against, case_trail(item, act.name))

    def act_on(values: Values) -> str:
        do(item, values)
        return reverse("case", args=[item.public_id])

    return form_page(
        request,
        form(item),
        act_on,
        title=act.name,
        submit=submit,
        done=done,
        initial=initial(item) if initial is not None else None,
        intro=f"{act.causes}。{intro(item) if intro is not None else ''}",
        follows=follows,
        kind=kind,
        breadcrumb=case_trail(item, act.name),
    )


def _plain(form: Callable[..., Form]) -> Callable[[Item], Callable[..., Form]]:
    return lambda _item: form


def _offering(form: type[OfferingForm], **offers: Choices) -> Callable[..., Form]:
    return lambda data, **options: form(data, offers=offers, **options)


def _today(name: str = "on") -> Callable[[Item], Mapping[str, Any]]:
    return lambda _item: {name: today()}


@login_required
def confirm(request: HttpRequest, case_id: str) -> HttpResponse:
    """Confirms a letter with its sender."""

    def do(item: Item, values: Values) -> None:
        intake.confirm_request(actor_of(request), item.request, **values)

    return _page(
        request,
        case_id,
        "confirm",
        _plain(ConfirmForm),
        do,
        submit="确认收到",
        done="已确认收到，答复期限开始计算",
        initial=_today(),
        intro=lambda item: f"{day(item.request.arrived_on)}到达，{item.request.get_channel_display()}。",
    )


@login_required
def register(request: HttpRequest, case_id: str) -> HttpResponse:
    """Registers a letter."""

    def do(item: Item, values: Values) -> None:
        intake.register_request(actor_of(request), item.request, **values)

    return _page(request, case_id, "register", _plain(RegisterForm), do, submit="登记", done="已登记，可以办理")


@login_required
def split(request: HttpRequest, case_id: str) -> HttpResponse:
    """Makes several items of a letter."""
    form: list[SplitForm] = []

    def made(data: Any = None, **options: Any) -> Form:
        form.append(SplitForm(data, **options))
        return form[-1]

    def do(item: Item, _values: Values) -> None:
        intake.split_request(actor_of(request), item.request, texts=form[-1].lines)

    return _page(
        request,
        case_id,
        "split",
        _plain(made),
        do,
        submit="拆分",
        done="已拆分，各件分别办理",
        initial=lambda item: {"texts": item.text},
        follows=["各件的期限从同一天起算，回执和查询仍用原来的编号", "拆分以后不能合并回一件"],
    )


@login_required
def assign(request: HttpRequest, case_id: str) -> HttpResponse:
    """Gives a case to units."""

    def form(item: Item) -> Callable[..., Form]:
        return _offering(AssignForm, units=[(unit.public_id, unit.name) for unit in _units(request, item)])

    def do(item: Item, values: Values) -> None:
        chosen = values.pop("units")
        units = [unit for unit in _units(request, item) if unit.public_id in chosen]
        handling.assign(actor_of(request), item, units=units, **values)

    return _page(
        request,
        case_id,
        "assign",
        form,
        do,
        submit="分办",
        done="已分办，股室会收到提醒",
        initial=lambda item: {"due_on": half_way(item, today())},
        intro=lambda item: f"答复期限是{day(item.due_on)}。" if item.due_on is not None else "",
    )


def _units(request: HttpRequest, item: Item) -> list[Any]:
    """The agency's units, and those of the agency whose office answers for it."""
    standings = authority_of(request).standings
    keys = {item.agency_id} | {row.agency_id for row in standings if row.role in HANDLE.scopes and row.agency_id}
    return [unit for here in agencies.named_by_key(keys, today()) for unit in agencies.units(here.agency, today())]


def half_way(item: Item, on: date) -> date:
    """The internal due day that is proposed: half of the working days that are left, never after the due day."""
    days = calendar()
    if item.due_on is None or item.due_on <= on:
        return on
    return min(days.add(on, days.between(on, item.due_on) // 2), item.due_on)


@login_required
def answer(request: HttpRequest, case_id: str) -> HttpResponse:
    """The unit gives the case back."""

    def do(item: Item, values: Values) -> None:
        handling.answer_assignment(actor_of(request), item, **values)

    return _page(
        request,
        case_id,
        "answer",
        _plain(AnswerForm),
        do,
        submit="反馈给经办人",
        done="已反馈，转回经办人",
        intro=_task,
    )


def _task(item: Item) -> str:
    row = item.assignments.filter(returned_at=None).first()
    if row is None:
        return ""
    asked = f"要求：{row.task.rstrip('。')}。" if row.task else ""
    return f"{asked}请在{day(row.due_on)}以前反馈。查过的先“登记检索”，要给申请人的文件先“提交拟公开的文件”。"


@login_required
def search(request: HttpRequest, case_id: str) -> HttpResponse:
    """Records a search."""

    def do(item: Item, values: Values) -> None:
        values["is_found"] = is_yes(values["is_found"])
        handling.record_search(actor_of(request), item, **values)

    return _page(
        request,
        case_id,
        "search",
        _plain(SearchForm),
        do,
        submit="登记检索",
        done="已登记检索",
        initial=_today("searched_on"),
    )


@login_required
def release(request: HttpRequest, case_id: str) -> HttpResponse:
    """Hands in a file that may be released."""

    def do(item: Item, values: Values) -> None:
        handling.add_release(actor_of(request), item, **values)

    return _page(request, case_id, "release", _plain(ReleaseForm), do, submit="提交文件", done="已提交，等待保密审查")


@login_required
def clear(request: HttpRequest, case_id: str) -> HttpResponse:
    """Reviews a file before it goes out."""

    def form(item: Item) -> Callable[..., Form]:
        return _offering(ClearForm, release=[_release_choice(row) for row in _unreviewed(item)])

    def do(item: Item, values: Values) -> None:
        row = next(row for row in _unreviewed(item) if row.public_id == values["release"])
        is_cleared = is_yes(values["is_cleared"])
        handling.review_release(actor_of(request), row, is_cleared=is_cleared, review=values["review"])

    return _page(request, case_id, "clear", form, do, submit="写下审查意见", done="已记录审查意见")


def _unreviewed(item: Item) -> list[Release]:
    return list(item.releases.filter(reviewed_at=None).select_related("item__request"))


def _release_choice(row: Release) -> tuple[str, str]:
    if row.is_pointer:
        return row.public_id, f"涉密载体，只记存放处：{row.note}"
    stored = file_of(row.file, owner=row.item.public_id)
    found = "；".join(f"{finding.where}：{finding.message}" for finding in stored.findings)
    return row.public_id, f"{row.note or stored.name}（检查结果：{found or '没有发现隐藏内容'}）"


@login_required
def clarified(request: HttpRequest, case_id: str) -> HttpResponse:
    """Records that the request was put right."""

    def do(item: Item, values: Values) -> None:
        file = values.pop("file")
        progress.record_clarified(actor_of(request), item, files=[file] if file is not None else [], **values)

    return _page(
        request,
        case_id,
        "clarified",
        _plain(ClarifiedForm),
        do,
        submit="登记补正",
        done="已登记补正，答复期限重新计算",
        initial=_today(),
    )


@login_required
def consulted(request: HttpRequest, case_id: str) -> HttpResponse:
    """Records what a consulted party answered."""

    def form(item: Item) -> Callable[..., Form]:
        return _offering(ConsultedForm, consultation=[_consulted_choice(row) for row in _waiting(item)])

    def do(item: Item, values: Values) -> None:
        row = item.consultations.get(public_id=values.pop("consultation"))
        progress.record_opinion(actor_of(request), row, **values)

    return _page(
        request,
        case_id,
        "consulted",
        form,
        do,
        submit="登记意见",
        done="已登记收到的意见",
        initial=_today(),
    )


def _waiting(item: Item) -> list[Consultation]:
    return list(item.consultations.filter(opinion=""))


def _consulted_choice(row: Consultation) -> tuple[str, str]:
    return row.public_id, f"{row.get_kind_display()}（{row.key}）：{row.content[:60]}"


@login_required
def paid(request: HttpRequest, case_id: str) -> HttpResponse:
    """Records that a fee was paid."""

    def do(item: Item, values: Values) -> None:
        progress.record_payment(actor_of(request), item, **values)

    return _page(
        request,
        case_id,
        "paid",
        _plain(PaidForm),
        do,
        submit="登记缴费",
        done="已登记缴费，答复期限重新计算",
        initial=_today(),
    )


@login_required
def withdraw(request: HttpRequest, case_id: str) -> HttpResponse:
    """Ends a case that the applicant takes back."""

    def do(item: Item, values: Values) -> None:
        progress.withdraw(actor_of(request), item, **values)

    return _page(
        request,
        case_id,
        "withdraw",
        _plain(WithdrawForm),
        do,
        submit="登记撤回并终止办理",
        done="已登记撤回，终止办理",
        initial=_today(),
        follows=[
            "终止办理，不再答复",
            "这一件计入“其他处理”，分办和没有签发的文书随即停止",
            "不能撤销；记错的，由工作机构负责人更正",
        ],
        kind="warning",
    )


@login_required
def reopen(request: HttpRequest, case_id: str) -> HttpResponse:
    """Opens a case again."""

    def do(item: Item, values: Values) -> None:
        values["ground"] = Ground(values["ground"])
        progress.reopen(actor_of(request), item, **values)

    return _page(
        request,
        case_id,
        "reopen",
        _plain(ReopenForm),
        do,
        submit="重新办理",
        done="已重新办理，答复期限重新计算",
        initial=_today(),
        follows=["期限重新计算，成为第二次办理", "首次的办理结果保留，年报按首次的结果统计"],
        kind="warning",
    )


@login_required
def correct(request: HttpRequest, case_id: str) -> HttpResponse:
    """Corrects or voids a recorded step."""

    def form(item: Item) -> Callable[..., Form]:
        return _offering(CorrectForm, step=[(step.public_id, step_in_words(step)) for step in _correctable(item)])

    def do(item: Item, values: Values) -> None:
        wrong = values.pop("step")
        step = next(step for step in _correctable(item) if step.public_id == wrong)
        correcting.correct_step(actor_of(request), step, void=values.pop("way") == "void", **values)

    return _page(
        request,
        case_id,
        "correct",
        form,
        do,
        submit="更正这一步",
        done="已更正，期限重新计算",
        initial=lambda _item: {"way": "correct"},
        follows=["期限按更正后的步骤重新计算，可能提前或者推后", "更正的人、时间和理由记入日志"],
        kind="warning",
    )


def _correctable(item: Item) -> list[Step]:
    """The steps that count: what was corrected or voided is corrected through the newest."""
    rows = list(item.steps.select_related("item__request").order_by("id"))
    gone = {step.corrects_id for step in rows} | {step.voids_id for step in rows}
    return [step for step in rows if step.pk not in gone and step.voids_id is None]


def step_in_words(step: Step) -> str:
    """A recorded step as a choice: its name, its day, its argument."""
    return "，".join(filter(None, (step.get_act_display(), day(step.happened_on), argument_of(step))))


@login_required
def archive(request: HttpRequest, case_id: str) -> HttpResponse:
    """Notes that a case was put away."""

    def do(item: Item, _values: Values) -> None:
        handling.archive(actor_of(request), item)

    return _page(request, case_id, "archive", _plain(ArchiveForm), do, submit="归档", done="已归档")
