"""The pages of acts on a case: each tells what the act leads to, takes what is needed, and does one action.

Here stand what they share, how a letter comes in, and the work inside; `views.progress` has what comes in afterwards.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.agencies import queries as agencies
from gongkai.agencies.navigation import authority_of
from gongkai.agencies.views.office import actor_of
from gongkai.inforequests.actions import handling, intake
from gongkai.inforequests.forms import (
    AnswerForm,
    AssignForm,
    ConfirmForm,
    RegisterForm,
    ReleaseForm,
    SearchForm,
    SplitForm,
    is_yes,
)
from gongkai.inforequests.models import Assignment, Item
from gongkai.inforequests.permissions import HANDLE
from gongkai.inforequests.rules import CASE_ACTS
from gongkai.inforequests.views.acting import case_or_404, case_trail, refused, require_case_act, typed_of
from gongkai.kernel.clock import today
from gongkai.kernel.workdays import calendar
from gongkai.ui.forms import Form, offering
from gongkai.ui.pages import form_page
from gongkai.ui.templatetags.ui import day

Values = dict[str, Any]
Do = Callable[[Item, Values], object]


def act_page(
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

    def shown(data: Any = None, **options: Any) -> Form:
        made = form(item)(data, **options)
        if data is not None:
            made.refused = against
        return made

    def act_on(values: Values) -> str:
        do(item, values)
        return reverse("case", args=[item.public_id])

    return form_page(
        request,
        shown,
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


def plain(form: Callable[..., Form]) -> Callable[[Item], Callable[..., Form]]:
    """A form that is the same for every case."""
    return lambda _item: form


def today_in(name: str = "on") -> Callable[[Item], Mapping[str, Any]]:
    """That a date is today, until another is typed."""
    return lambda _item: {name: today()}


@login_required
def confirm(request: HttpRequest, case_id: str) -> HttpResponse:
    """Confirms a letter with its sender."""

    def do(item: Item, values: Values) -> None:
        intake.confirm_request(actor_of(request), item.request, **values)

    return act_page(
        request,
        case_id,
        "confirm",
        plain(ConfirmForm),
        do,
        submit="确认收到",
        done="已确认收到，答复期限开始计算",
        initial=today_in(),
        intro=lambda item: f"{day(item.request.arrived_on)}到达，{item.request.get_channel_display()}。",
    )


@login_required
def register(request: HttpRequest, case_id: str) -> HttpResponse:
    """Registers a letter."""

    def do(item: Item, values: Values) -> None:
        intake.register_request(actor_of(request), item.request, **values)

    return act_page(request, case_id, "register", plain(RegisterForm), do, submit="登记", done="已登记，可以办理")


@login_required
def split(request: HttpRequest, case_id: str) -> HttpResponse:
    """Makes several items of a letter."""
    form: list[SplitForm] = []

    def made(data: Any = None, **options: Any) -> Form:
        form.append(SplitForm(data, **options))
        return form[-1]

    def do(item: Item, _values: Values) -> None:
        intake.split_request(actor_of(request), item.request, texts=form[-1].lines)

    return act_page(
        request,
        case_id,
        "split",
        plain(made),
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
        return offering(AssignForm, units=[(unit.public_id, unit.name) for unit in _units(request, item)])

    def do(item: Item, values: Values) -> None:
        chosen = values.pop("units")
        units = [unit for unit in _units(request, item) if unit.public_id in chosen]
        handling.assign(actor_of(request), item, units=units, **values)

    return act_page(
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

    def own(item: Item) -> Assignment | None:
        return handling.own_assignment(actor_of(request), item)

    def do(item: Item, values: Values) -> None:
        handling.answer_assignment(actor_of(request), item, **values)

    return act_page(
        request,
        case_id,
        "answer",
        plain(AnswerForm),
        do,
        submit="反馈给经办人",
        done="已反馈，转回经办人",
        initial=lambda item: {"assignment": row.public_id} if (row := own(item)) is not None else {},
        intro=lambda item: _task(own(item)),
    )


def _task(row: Assignment | None) -> str:
    """What was asked of the unit, until when."""
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

    return act_page(
        request,
        case_id,
        "search",
        plain(SearchForm),
        do,
        submit="登记检索",
        done="已登记检索",
        initial=today_in("searched_on"),
    )


@login_required
def release(request: HttpRequest, case_id: str) -> HttpResponse:
    """Hands in a file that may be released."""

    def do(item: Item, values: Values) -> None:
        handling.add_release(actor_of(request), item, **values)

    return act_page(request, case_id, "release", plain(ReleaseForm), do, submit="提交文件", done="已提交，等待保密审查")
