"""The pages of what comes in while a case runs, of what ends, reopens, corrects or files it."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from gongkai.agencies.views.office import actor_of
from gongkai.inforequests.actions import correcting, explaining, handling, progress
from gongkai.inforequests.choices import Opinion
from gongkai.inforequests.explaining import asked_of
from gongkai.inforequests.forms import (
    ArchiveForm,
    ClarifiedForm,
    ConsultedForm,
    CorrectForm,
    ExplainedForm,
    PaidForm,
    ReopenForm,
    WithdrawForm,
)
from gongkai.inforequests.models import Consultation, Item, Step
from gongkai.inforequests.timeline import argument_of
from gongkai.inforequests.views.acts import Values, act_page, plain, today_in
from gongkai.law.clock import Ground
from gongkai.ui.forms import Form, offering
from gongkai.ui.templatetags.ui import day


@login_required
def clarified(request: HttpRequest, case_id: str) -> HttpResponse:
    """Records that the request was put right."""

    def do(item: Item, values: Values) -> None:
        file = values.pop("file")
        progress.record_clarified(actor_of(request), item, files=[file] if file is not None else [], **values)

    return act_page(
        request,
        case_id,
        "clarified",
        plain(ClarifiedForm),
        do,
        submit="登记补正",
        done="已登记补正，答复期限重新计算",
        initial=today_in(),
    )


@login_required
def explained(request: HttpRequest, case_id: str) -> HttpResponse:
    """Records what the applicant told of his reasons."""

    def intro(item: Item) -> str:
        asked = asked_of(item)
        return f"告知书请申请人在{asked.within}说明。" if asked is not None else ""

    def do(item: Item, values: Values) -> None:
        explaining.record_explanation(actor_of(request), item, **values)

    return act_page(
        request,
        case_id,
        "explained",
        plain(ExplainedForm),
        do,
        submit="登记说明的理由",
        done="已登记说明的理由，期限照常计算",
        initial=today_in(),
        intro=intro,
    )


@login_required
def consulted(request: HttpRequest, case_id: str) -> HttpResponse:
    """Records what a consulted party answered."""

    def form(item: Item) -> Callable[..., Form]:
        return offering(ConsultedForm, consultation=[_consulted_choice(row) for row in _waiting(item)])

    def do(item: Item, values: Values) -> None:
        row = item.consultations.get(public_id=values.pop("consultation"))
        progress.record_opinion(actor_of(request), row, **values)

    return act_page(
        request,
        case_id,
        "consulted",
        form,
        do,
        submit="登记意见",
        done="已登记收到的意见",
        initial=today_in(),
    )


def _waiting(item: Item) -> list[Consultation]:
    """Who has not answered yet; who was silent may answer late."""
    return list(item.consultations.filter(opinion__in=("", Opinion.SILENT)))


def _consulted_choice(row: Consultation) -> tuple[str, str]:
    return row.public_id, f"{row.get_kind_display()}（{row.key}）：{row.content[:60]}"


@login_required
def paid(request: HttpRequest, case_id: str) -> HttpResponse:
    """Records that a fee was paid."""

    def do(item: Item, values: Values) -> None:
        progress.record_payment(actor_of(request), item, **values)

    return act_page(
        request,
        case_id,
        "paid",
        plain(PaidForm),
        do,
        submit="登记缴费",
        done="已登记缴费，答复期限重新计算",
        initial=today_in(),
    )


@login_required
def withdraw(request: HttpRequest, case_id: str) -> HttpResponse:
    """Ends a case that the applicant takes back."""

    def do(item: Item, values: Values) -> None:
        progress.withdraw(actor_of(request), item, **values)

    return act_page(
        request,
        case_id,
        "withdraw",
        plain(WithdrawForm),
        do,
        submit="登记撤回并终止办理",
        done="已登记撤回，终止办理",
        initial=today_in(),
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

    return act_page(
        request,
        case_id,
        "reopen",
        plain(ReopenForm),
        do,
        submit="重新办理",
        done="已重新办理，答复期限重新计算",
        initial=today_in(),
        follows=["期限重新计算，成为第二次办理", "首次的办理结果保留，年报按首次的结果统计"],
        kind="warning",
    )


@login_required
def correct(request: HttpRequest, case_id: str) -> HttpResponse:
    """Corrects or voids a recorded step."""

    def form(item: Item) -> Callable[..., Form]:
        return offering(CorrectForm, step=[(step.public_id, step_in_words(step)) for step in _correctable(item)])

    def do(item: Item, values: Values) -> None:
        wrong = values.pop("step")
        step = next(step for step in _correctable(item) if step.public_id == wrong)
        correcting.correct_step(actor_of(request), step, void=values.pop("way") == "void", **values)

    return act_page(
        request,
        case_id,
        "correct",
        form,
        do,
        submit="更正这一步",
        done="已更正，期限重新计算",
        initial=lambda _item: {"way": "correct"},
        follows=[
            "期限按更正后的步骤重新计算，可能提前或者推后",
            "由文书产生的步骤，送达日期随之更正；撤销发出的，文书回到待送达；撤销签发的，文书随之作废",
            "更正的人、时间和理由记入日志",
        ],
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

    return act_page(request, case_id, "archive", plain(ArchiveForm), do, submit="归档", done="已归档")
