"""Service: how a notice goes out, that it arrived, that it came back."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from gongkai.agencies.views.office import actor_of
from gongkai.inforequests.actions import serving
from gongkai.inforequests.actions.providing import provide_files
from gongkai.inforequests.choices import Way
from gongkai.inforequests.holding import reasons_against_files
from gongkai.inforequests.letters_facts import items_of
from gongkai.inforequests.models import Notice, Service
from gongkai.inforequests.notice_rules import open_service, overtaken
from gongkai.inforequests.notices.kinds import KINDS, Addressee
from gongkai.inforequests.review_forms import FailedForm, ProvideForm, ReceivedForm, ServeForm
from gongkai.inforequests.views.acting import notice_act, notice_or_404
from gongkai.kernel.clock import today
from gongkai.kernel.reasons import ActionRefused
from gongkai.ui.forms import Form
from gongkai.ui.templatetags.ui import day


@login_required
def serve(request: HttpRequest, notice_id: str) -> HttpResponse:
    """Serves the sealed notice; the way that the applicant chose is offered first."""
    notice = notice_or_404(request, notice_id)
    ways = _ways(notice)
    items = items_of(notice)
    held = reasons_against_files(notice, items, Way.WINDOW, today())
    was_held = reasons_against_files(notice, items, Way.WINDOW, notice.signed_on or today())

    def form(data: Any, **options: Any) -> Form:
        return ServeForm(data, ways=ways, is_held=bool(was_held), **options)

    chosen = items[0].request.way if Way.DOWNLOAD in ways else Way.POST
    return notice_act(
        request,
        notice,
        "serve",
        form,
        lambda values: serving.serve_notice(actor_of(request), notice, **values),
        submit="登记送达",
        done="已登记送达",
        initial={"way": chosen, "sent_on": today()},
        intro=_intro(notice, chosen),
        follows=[*_follows(notice, ways), *(f"{reason.message}，告知书可以先送达。" for reason in held)],
    )


def _ways(notice: Notice) -> list[Way]:
    """A download needs the query code, which only the applicant has."""
    is_to_applicant = KINDS[notice.kind].to is Addressee.APPLICANT
    return [way for way in Way if is_to_applicant or way is Way.POST or way is Way.WINDOW]


def _intro(notice: Notice, chosen: str) -> str:
    if KINDS[notice.kind].to is not Addressee.APPLICANT:
        return "收件人没有查询码，邮寄或者当面送达。"
    return f"申请人选择的方式是“{Way(chosen).label}”。"


def _follows(notice: Notice, ways: list[Way]) -> list[str]:
    names = "、".join(file.name for file in serving.served_files(notice))
    told = [f"发出的文件：{names}。"]
    if Way.DOWNLOAD in ways:
        last = today() + timedelta(days=serving.DOWNLOAD_DAYS)
        told.append(f"网上下载的，申请人凭登记编号和查询码下载，到{day(last)}为止，每次下载都有记录。")
    return [*told, "邮寄的，收到以后再登记收到日期和证明；退回的另行送达。"]


@login_required
def received(request: HttpRequest, notice_id: str) -> HttpResponse:
    """That what was sent arrived."""
    notice = notice_or_404(request, notice_id)
    service = open_service(notice)
    return notice_act(
        request,
        notice,
        "received",
        ReceivedForm,
        lambda values: serving.record_received(actor_of(request), _required(service, notice), **values),
        submit="登记收到",
        done="已登记收到日期和证明",
        intro=_sent(service),
        initial={"on": today()},
        follows=["复议、诉讼的期限从收到次日起算。"] if KINDS[notice.kind].is_reply else [],
    )


@login_required
def failed(request: HttpRequest, notice_id: str) -> HttpResponse:
    """That what was sent came back."""
    notice = notice_or_404(request, notice_id)
    service = open_service(notice)
    return notice_act(
        request,
        notice,
        "failed",
        FailedForm,
        lambda values: serving.record_failed(actor_of(request), _required(service, notice), **values),
        submit="登记未送达",
        done="已登记，请另行送达",
        intro=_sent(service),
        initial={"on": today()},
        follows=["文书回到“待送达”，请核对地址后另行送达。", "原来的交寄日期和退回的原因保留在案卷里。"],
    )


@login_required
def provide(request: HttpRequest, notice_id: str) -> HttpResponse:
    """That the documents of an answer followed it."""
    notice = notice_or_404(request, notice_id)
    names = [file.name for file in serving.served_files(notice)][1:]
    return notice_act(
        request,
        notice,
        "provide",
        ProvideForm,
        lambda values: provide_files(actor_of(request), notice, **values),
        submit="登记提供",
        done="已登记提供文件",
        intro=f"提供的文件：{'、'.join(names)}。" if names else "提供的文件见告知书。",
        initial={"on": today()},
        follows=["人民法院裁定暂停公开的，从其裁定，不要提供。", "登记以后不能撤销。"],
    )


def _required(service: Service | None, notice: Notice) -> Service:
    """The service under way. Raises ActionRefused where another has told its end meanwhile."""
    if service is None:
        raise ActionRefused([overtaken(notice)])
    return service


def _sent(service: Service | None) -> str:
    return f"{day(service.sent_on)}以“{service.get_way_display()}”发出。" if service is not None else ""
