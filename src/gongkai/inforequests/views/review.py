"""The reviewer's page, for a phone first: what was asked and decided, what was found, the notice, the opinion."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from gongkai.agencies.models import Person
from gongkai.agencies.permissions import holders
from gongkai.agencies.roles import Role
from gongkai.agencies.views.office import actor_of, person_or_404
from gongkai.inforequests import notice_shown as shown
from gongkai.inforequests.actions.approving import confirm_paper as confirm
from gongkai.inforequests.actions.approving import reasons_against_review, review_notice
from gongkai.inforequests.explaining import told_of_reasons
from gongkai.inforequests.letters_facts import facts_of, findings_of, items_of
from gongkai.inforequests.models import Approval, Notice
from gongkai.inforequests.notice_queries import WORDS_OF_ROLES, changes_since_review, entries_of_releases
from gongkai.inforequests.notice_rules import NOTICE_ACTS, overtaken, unconfirmed_paper, waiting_place
from gongkai.inforequests.notices.kinds import KINDS
from gongkai.inforequests.notices.layout import letter_of
from gongkai.inforequests.review_forms import PaperForm, ReviewForm
from gongkai.inforequests.views.acting import (
    notice_act,
    notice_or_404,
    notice_trail,
    refused,
    require_notice_act,
    typed_of,
)
from gongkai.kernel.clock import legal_day, today
from gongkai.kernel.reasons import ActionRefused, Reason
from gongkai.ui.forms import Form, state_of
from gongkai.ui.templatetags.ui import day

_CHANGED = Reason("changed", "您打开这一页之后，文书有了变动，下面是现在的内容", "请看过后再签")
_EXPLAINED = Reason(
    "explained", "您打开这一页之后，申请人又说明了理由，列在下面", "请看过后再签；告知书需要修改的，退回修改"
)
_SIGNS = "同意即为签发：编定文号，以今天为落款日期，文书不能再改，转去用印、送达。"
_AGREE, _RETURN = "agree", "return"


@login_required
def review(request: HttpRequest, notice_id: str) -> HttpResponse:
    """Shows all that a decision needs on one page; takes the agreement, or what is to be changed."""
    notice, actor = notice_or_404(request, notice_id), actor_of(request)
    against = require_notice_act(request, notice, "review") or reasons_against_review(notice, actor, today())
    place, typed = waiting_place(notice), typed_of(request)
    if place is None or (against and typed is None):
        opinion = typed.get("opinion", "") if typed is not None else ""
        return refused(request, NOTICE_ACTS["review"].name, against, notice_trail(notice, "审签"), typed=opinion)
    is_agreed = typed is not None and typed.get("decision") == _AGREE
    seen = _seen(notice, place)
    form = ReviewForm(typed, act=place.act, is_agreed=is_agreed, initial={"seen": seen})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["seen"] not in ("", seen):
            form.refused, form.data = [_since(form.cleaned_data["seen"], seen)], request.POST.copy()
            form.data["seen"] = seen
        else:
            try:
                review_notice(actor, notice, is_agreed=is_agreed, opinion=form.told)
            except ActionRefused as told:
                form.refused = told.reasons
            else:
                messages.success(request, _done(notice, is_agreed=is_agreed))
                return HttpResponseRedirect(reverse("notice", args=[notice.public_id]))
    return render(request, "inforequests/review.html", _shown(notice, place, form), status=422 if form.summary else 200)


def _seen(notice: Notice, place: Approval) -> str:
    """What the reviewer has before him: what was told of reasons, the place in the chain, the notice as it stands."""
    told = sum(len(told_of_reasons(item)) for item in items_of(notice))
    return f"{told} {place.public_id} {state_of(notice)}"


def _since(seen: str, now_seen: str) -> Reason:
    """What changed while the page was open."""
    return _EXPLAINED if seen.partition(" ")[2] == now_seen.partition(" ")[2] else _CHANGED


def _done(notice: Notice, *, is_agreed: bool) -> str:
    if not is_agreed:
        return "已退回修改"
    notice.refresh_from_db()
    return f"已签发，文号{notice.number}" if notice.number else "已同意，转下一环节"


def _shown(notice: Notice, place: Approval, form: ReviewForm) -> dict[str, Any]:
    letter, items = letter_of(facts_of(notice), notice.body), items_of(notice)
    then = notice.approvals.filter(attempt=place.attempt, order__gt=place.order).order_by("order").first()
    return {
        "notice": notice,
        "title": KINDS[notice.kind].name,
        "place": WORDS_OF_ROLES[place.role],
        "is_last": then is None,
        "follows": _SIGNS if then is None else f"同意的，转{WORDS_OF_ROLES[then.role]}。",
        "items": items,
        "summary": shown.outline(notice, items),
        "explanations": shown.explanations(notice, items),
        "findings": findings_of(notice),
        "changes": changes_since_review(notice),
        "returned": shown.returned(notice),
        "document": shown.document(letter),
        "has_slip": letter.slip is not None,
        "releases": entries_of_releases(notice, items, may_clear=place.role == Role.SECRECY_REVIEWER),
        "chain": shown.chain(notice),
        "earlier": shown.earlier(notice),
        "form": form,
        "breadcrumb": notice_trail(notice, "审签"),
    }


@login_required
def enter_paper(request: HttpRequest, notice_id: str) -> HttpResponse:
    """Enters what somebody wrote and signed on paper; a second person compares it."""
    notice = notice_or_404(request, notice_id)
    place = waiting_place(notice)
    role = WORDS_OF_ROLES[place.role] if place is not None else ""

    def form(data: Any, **options: Any) -> Form:
        return PaperForm(data, people=_signers(notice, place), **options)

    def do(values: dict[str, Any]) -> None:
        review_notice(
            actor_of(request),
            notice,
            is_agreed=values["decision"] == _AGREE,
            opinion=values["opinion"],
            on_paper=True,
            for_person=person_or_404(values["person"]),
            on=values["on"],
            scan=values["scan"],
        )

    return notice_act(
        request,
        notice,
        "enter_paper",
        form,
        do,
        submit="代录签批",
        done="已代录，请另一人核对",
        initial={"on": today()},
        intro=f"现在轮到{role}。照纸质件原样录入，纸质件归入案卷。",
        follows=["同意的，由另一人与纸质件核对以后生效。", "退回的，随即转回经办人修改。"],
    )


def _signers(notice: Notice, place: Approval | None) -> list[tuple[str, str]]:
    """Who may have signed at the place that the notice waits at."""
    if place is None:
        return []
    people: dict[int, Person] = {row.person_id: row.person for row in holders(place.role, notice.agency, today())}
    people.pop(notice.drafted_by_id or 0, None)
    return [(person.public_id, person.name) for person in people.values()]


@login_required
def confirm_paper(request: HttpRequest, notice_id: str) -> HttpResponse:
    """A second person compares the entry with the paper."""
    notice = notice_or_404(request, notice_id)
    paper = unconfirmed_paper(notice)

    def do(_values: dict[str, Any]) -> None:
        if paper is None:
            raise ActionRefused([overtaken(notice)])
        confirm(actor_of(request), paper)

    return notice_act(
        request,
        notice,
        "confirm_paper",
        Form,
        do,
        submit="与纸质件一致，生效",
        done="已核对，签批生效",
        intro=_entered(paper) if paper is not None else "",
        links=shown.scan_of(paper) if paper is not None else (),
        follows=["核对一致的，签批随即生效，转下一环节；最后一环即为签发。", "不一致的，请经办人作废后重新办理。"],
    )


def _entered(paper: Approval) -> str:
    who = paper.person.name if paper.person is not None else ""
    by = paper.entered_by.name if paper.entered_by is not None else ""
    on = day(legal_day(paper.at)) if paper.at is not None else ""
    signed = f"{who}（{WORDS_OF_ROLES[paper.role]}）{on}签批“{paper.opinion}”"
    return f"{by}代录：{signed}。请{'对照扫描件和纸质件' if paper.file else '取出纸质件'}逐项核对。"
