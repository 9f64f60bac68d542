"""Filing on the web (申请公开): which agency, what, who, how. Each step can be left and come back to."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.agencies import queries as agencies
from gongkai.agencies.queries import Named
from gongkai.agencies.roles import ChannelKind
from gongkai.files.purposes import Purpose
from gongkai.inforequests import applying, drafts
from gongkai.inforequests import public_sessions as sessions
from gongkai.inforequests.drafts import MOST_JOINT, Typed, Writing
from gongkai.inforequests.public_forms import (
    ORGANISATION,
    AgentForm,
    ContentForm,
    DeliveryForm,
    JointForm,
    SortForm,
    applicant_form,
    kind_name,
)
from gongkai.inforequests.throttling import DRAFTS
from gongkai.inforequests.views.public import private, too_often
from gongkai.inforequests.views.writing import MORE, Page, address, sent, shown, stages, writing_at
from gongkai.kernel.clock import today

_SAME = ("name", "identity", "phone", "email", "contact")
_BY_HAND = "可以当面提交或者邮寄，效力一样；地址和电话请看公开指南，没有写的，请向该机关询问。"
_JOINT = "几个人要同一份信息的，可以一起申请，答复发给全体。统计时按第一位申请人的类别计。"
_AGENT = "由别人代为办理的，写明代理人，并附上授权委托书。申请人仍是您本人。"


@private
def choose(request: HttpRequest) -> HttpResponse:
    """Which agency: found by name or by what it does; chosen by a button, which begins the draft."""
    if request.method == "POST":
        return _chosen(request)
    draft = drafts.of(request.session)
    writing = drafts.opened(draft) if draft is not None else Writing()
    asked = request.GET.get("agency", "")
    here = _known(asked) if asked else None
    words, on = request.GET.get("q", "").replace("\0", "").strip()[:60], today()
    if here is not None:
        found = []
    elif words:
        found = agencies.search(words, on)
    else:
        found = agencies.named(agencies.existing(on).order_by("code"), on)
    context = {
        "words": words,
        "found": [_listed(row) for row in found],
        "stages": stages("agency", writing),
        "before": applying.agency_of(writing),
        "hours": drafts.HOURS if draft is not None else 0,
        "filed": draft is None and sessions.receipt_in(request.session) is not None,
        "here": here,
        "goes_on": reverse(f"apply_{applying.first_unfinished(writing)}") if writing.agency else "",
        **(_about(here) if here is not None else {}),
    }
    return render(request, "inforequests/public/agency.html", context)


@private
def content(request: HttpRequest) -> HttpResponse:
    """What is wanted."""
    return _step(request, "content", _content_page)


@private
def sort(request: HttpRequest) -> HttpResponse:
    """As a person or for an organisation."""
    return _step(request, "applicant", _sort_page)


@private
def applicant(request: HttpRequest) -> HttpResponse:
    """Who asks."""
    draft = drafts.of(request.session)
    if draft is not None and not drafts.opened(draft).sort:
        return redirect("apply_sort")
    return _step(request, "applicant", _applicant_page)


@private
def joint(request: HttpRequest, place: int = 0) -> HttpResponse:
    """Somebody who asks as well; `place` counts from 1, 0 for one to be added."""
    draft = drafts.of(request.session)
    writing = drafts.opened(draft) if draft is not None else Writing()
    if place > len(writing.joint):
        raise Http404
    if draft is not None and request.method == "POST" and place and "leave_out" in request.POST:
        del writing.joint[place - 1]
        drafts.keep(draft, writing)
        return redirect("apply_applicant")
    if not place and len(writing.joint) >= MOST_JOINT:
        messages.warning(request, f"网上一次最多填写 {MOST_JOINT} 位共同申请人；更多的，请邮寄或者当面提交")
        return redirect("apply_applicant")
    return _step(request, "applicant", lambda writing: _joint_page(writing, place))


@private
def agent(request: HttpRequest) -> HttpResponse:
    """Who acts for the applicant."""
    draft = drafts.of(request.session)
    if draft is not None and request.method == "POST" and "leave_out" in request.POST:
        writing = drafts.opened(draft)
        writing.agent = {}
        drafts.keep(draft, writing)
        return redirect("apply_applicant")
    return _step(request, "applicant", _agent_page)


@private
def delivery(request: HttpRequest) -> HttpResponse:
    """How the answer is wanted."""
    return _step(request, "delivery", _delivery_page)


def _step(request: HttpRequest, step: str, page_for: Callable[[Writing], Page]) -> HttpResponse:
    """A step of the letter: shown, or what was sent is kept."""
    draft = drafts.of(request.session)
    if draft is None and request.method == "POST":
        writing = Writing()
        return sent(request, page_for(writing), None, writing)
    found = writing_at(request, step)
    if isinstance(found, HttpResponse):
        return found
    draft, writing = found
    page = page_for(writing)
    return sent(request, page, draft, writing) if request.method == "POST" else shown(request, page, draft, writing)


def _content_page(writing: Writing) -> Page:
    def write(writing: Writing, typed: Typed) -> None:
        writing.content = typed

    return Page(
        step="content",
        form=ContentForm,
        write=write,
        typed=writing.content,
        title="您要什么信息",
        template="inforequests/public/content.html",
        purpose=Purpose.APPLICATION,
    )


def _sort_page(writing: Writing) -> Page:
    def write(writing: Writing, typed: Typed) -> None:
        # The kind of paper of one sort is none of the other's.
        if SortForm(typed).is_valid() and typed["sort"] != writing.sort:
            writing.sort = typed["sort"]
            writing.applicant = {name: text for name, text in writing.applicant.items() if name in _SAME}

    return Page(
        step="applicant",
        form=SortForm,
        write=write,
        typed={"sort": writing.sort},
        title="您是谁",
        stays="apply_applicant",
    )


def _applicant_page(writing: Writing) -> Page:
    def write(writing: Writing, typed: Typed) -> None:
        writing.applicant = typed

    joint = [
        {"what": one["name"], "place": place, "text": kind_name(one["kind"])}
        for place, one in enumerate(writing.joint, 1)
    ]
    return Page(
        step="applicant",
        form=applicant_form(writing.sort),
        write=write,
        typed=writing.applicant,
        title="您是谁",
        template="inforequests/public/applicant.html",
        purpose=Purpose.IDENTITY,
        asides=(MORE, "apply_joint", "apply_agent"),
        told={"is_organisation": writing.sort == ORGANISATION, "joint": joint, "agent": writing.agent},
    )


def _joint_page(writing: Writing, place: int) -> Page:
    def write(writing: Writing, typed: Typed) -> None:
        if JointForm(typed).is_valid():
            writing.joint[place - 1 : place] = [typed] if place else []
            # By two clicks he is added once.
            writing.joint += [] if place or typed in writing.joint else [typed]

    return Page(
        step="applicant",
        form=JointForm,
        write=write,
        typed=writing.joint[place - 1] if place else {},
        title="共同申请人",
        submit="保存这位共同申请人",
        stays="apply_applicant",
        is_part=True,
        mark="共同申请人",
        told={"leave_out": "移除这位共同申请人" if place else "", "intro": _JOINT},
    )


def _agent_page(writing: Writing) -> Page:
    def write(writing: Writing, typed: Typed) -> None:
        if AgentForm(typed).is_valid():
            writing.agent = typed

    return Page(
        step="applicant",
        form=AgentForm,
        write=write,
        typed=writing.agent,
        title="代理人",
        submit="保存代理人",
        stays="apply_applicant",
        is_part=True,
        mark="代理人",
        told={"leave_out": "不要代理人" if writing.agent else "", "intro": _AGENT},
    )


def _delivery_page(writing: Writing) -> Page:
    def write(writing: Writing, typed: Typed) -> None:
        writing.delivery = typed

    return Page(
        step="delivery",
        form=DeliveryForm,
        write=write,
        typed=writing.delivery,
        title="怎样收到答复",
        submit="下一步：核对",
    )


def _chosen(request: HttpRequest) -> HttpResponse:
    """Begins the draft with the agency, or changes to it; what else is written stays."""
    here = _known(request.POST.get("agency", ""))
    if here is None:
        raise Http404
    if applying.reasons_against(here):
        return redirect(f"{reverse('apply')}?agency={here.url_id}")
    draft = drafts.of(request.session)
    writing = drafts.opened(draft) if draft is not None else Writing()
    writing.agency = here.url_id
    if draft is None:
        waiting = too_often(request, DRAFTS)
        if waiting is not None:
            return waiting
        drafts.begin(request.session, writing)
    else:
        drafts.keep(draft, writing)
    return redirect(address(applying.first_unfinished(writing)))


def _known(public_id: str) -> Named | None:
    """The agency that the public may see."""
    found = agencies.known(public_id.replace("\0", ""), today())
    return found if found is not None and found.agency.from_on <= today() else None


def _listed(row: Named) -> dict[str, Any]:
    """An agency as the directory lists it; one that is gone with those who do its work now."""
    told: dict[str, Any] = {"name": row.name, "href": _choosing(row), "text": row.does}
    if row.is_closed:
        heirs = [{"label": heir.name, "href": _choosing(heir)} for heir in agencies.heirs(row.agency, today())]
        return {**told, "tag": "已撤销", "text": "职责现由下列机关承继", "links": heirs}
    return told


def _about(here: Named) -> dict[str, Any]:
    """What is told of the agency before it is chosen: what it does, its heirs, or the other ways to ask it."""
    on = today()
    against = applying.reasons_against(here)
    others = agencies.channels(here.agency, on).exclude(kind=ChannelKind.INTERNET)
    heirs = agencies.heirs(here.agency, on) if here.is_closed else []
    return {
        "against": against,
        "otherwise": "可以用下面的办法申请，效力一样。" if others else _BY_HAND,
        "heirs": [{"name": heir.name, "href": _choosing(heir), "text": heir.does} for heir in heirs],
        "functions": [line for line in here.agency.functions.splitlines() if line.strip()],
        "channels": [{"label": row.get_kind_display(), "text": row.details} for row in others],
        "office": agencies.office(here.agency, on),
    }


def _choosing(row: Named) -> str:
    return f"{reverse('apply')}?agency={row.url_id}"
