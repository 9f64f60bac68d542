"""Letters within the procedure: clarification, consultation, extension, reasons, deferral, fee."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongkai.agencies.views.office import actor_of, require
from gongkai.inforequests.actions.drafting import Consulted, FeeFacts, draft_notice, draft_together
from gongkai.inforequests.choices import ConsultationKind
from gongkai.inforequests.letter_rules import reasons_against_drafting
from gongkai.inforequests.letters_facts import counted_before, fee_of
from gongkai.inforequests.models import Item
from gongkai.inforequests.notice_forms import (
    ORGANIZATION,
    ConsultationForm,
    DateLetterForm,
    DaysLetterForm,
    FeeForm,
    LetterForm,
    ToldThirdPartyForm,
)
from gongkai.inforequests.notice_queries import chain_words
from gongkai.inforequests.notices.kinds import KINDS, Addressee
from gongkai.inforequests.permissions import HANDLE
from gongkai.inforequests.rules import CASE_ACTS
from gongkai.inforequests.steps import clock_of
from gongkai.inforequests.together import choices, chosen, others_of
from gongkai.inforequests.views.acting import case_or_404, case_trail, refused, require_case_act, typed_of
from gongkai.kernel.clock import today
from gongkai.law.clock import Act as LawAct
from gongkai.law.fees import Method
from gongkai.law.notices import NOTICES
from gongkai.law.parameters import number
from gongkai.ui.forms import Form
from gongkai.ui.pages import form_page
from gongkai.ui.templatetags.ui import day

_SUBMIT, _DONE = "保存拟稿，预览文书", "已拟稿，请核对后送审"
_CONSULTED = {
    ConsultationKind.THIRD_PARTY: "third_party_consultation",
    ConsultationKind.ORGAN: "organ_consultation",
    ConsultationKind.CONFIRMATION: "confirmation_consultation",
}
_ASKED = {
    ConsultationKind.THIRD_PARTY: LawAct.THIRD_PARTY_ASKED,
    ConsultationKind.ORGAN: LawAct.ORGAN_ASKED,
    ConsultationKind.CONFIRMATION: LawAct.CONFIRMATION_ASKED,
}


@dataclass(frozen=True, slots=True)
class Drafting:
    """A page that drafts a letter: the act on the case, the kind of letter, its form, until when it is lawful."""

    act: str
    kind: str
    form: type[LetterForm]
    limit: LawAct
    period: str = ""


_CLARIFY = Drafting(
    "clarify", "clarification", DaysLetterForm, LawAct.CLARIFICATION_ASKED, "clock.clarification_answer"
)
_EXTEND = Drafting("extend", "extension", DaysLetterForm, LawAct.EXTENDED, "clock.extension")
_REASONS = Drafting("reasons", "reasons", LetterForm, LawAct.REASONS_ASKED)
_DEFER = Drafting("defer", "deferral", DateLetterForm, LawAct.DEFERRED)
_CHARGE = Drafting("charge", "fee", FeeForm, LawAct.FEE_NOTICED)
_OTHERS = ("registration", "consultation_told", "third_party_disclosure", "withdrawn")
_OTHER_LETTERS = "其他文书"
_CORRECTION = Drafting("decide", "correction", LetterForm, LawAct.DECIDED)


@login_required
def clarify(request: HttpRequest, case_id: str) -> HttpResponse:
    """Asks the applicant once for everything that is unclear."""
    return _draft(request, case_or_404(request, case_id), _CLARIFY)


@login_required
def extend(request: HttpRequest, case_id: str) -> HttpResponse:
    """Extends the reply period, which the office's head consents to."""
    return _draft(request, case_or_404(request, case_id), _EXTEND)


@login_required
def ask_reasons(request: HttpRequest, case_id: str) -> HttpResponse:
    """Asks why the applicant files so many requests."""
    return _draft(request, case_or_404(request, case_id), _REASONS)


@login_required
def defer(request: HttpRequest, case_id: str) -> HttpResponse:
    """Sets a reasonable later day for somebody with good reasons for many requests."""
    return _draft(request, case_or_404(request, case_id), _DEFER)


@login_required
def charge(request: HttpRequest, case_id: str) -> HttpResponse:
    """Notices the fee, told with the price list and the applicant's items of that month."""
    item = case_or_404(request, case_id)
    return _draft(request, item, _CHARGE, told=_tiers(item), initial={"count": 1})


def answer_correction(request: HttpRequest, item: Item) -> HttpResponse:
    """Answers a request to correct a record: there is no result of table 3 to be found by questions."""
    return _draft(request, item, _CORRECTION)


@login_required
def consult(request: HttpRequest, case_id: str) -> HttpResponse:
    """Asks a third party or a co-maker for his view; first who it is, since each letter needs other words."""
    item, typed = case_or_404(request, case_id), typed_of(request)
    wanted = typed.get("consulted", "") if typed is not None else request.GET.get("of", "")
    if wanted not in _CONSULTED:
        against = require_case_act(request, item, "consult")
        trail = case_trail(item, CASE_ACTS["consult"].name)
        if against:
            return refused(request, CASE_ACTS["consult"].name, against, trail)
        context = {"item": item, "title": CASE_ACTS["consult"].name, "offers": _parties(request), "breadcrumb": trail}
        return render(request, "inforequests/consult.html", context)
    kind = ConsultationKind(wanted)
    page = Drafting("consult", _CONSULTED[kind], ConsultationForm, _ASKED[kind])
    return _draft(request, item, page, initial={"consulted": kind})


def _parties(request: HttpRequest) -> list[dict[str, str]]:
    told = {
        ConsultationKind.THIRD_PARTY: "涉及商业秘密、个人隐私，公开会损害其权益的；逾期不答复的，由本机关决定",
        ConsultationKind.ORGAN: "与本机关共同制作信息的；逾期不答复的，视为同意公开",
        ConsultationKind.CONFIRMATION: "公开前需要与其他机关协商、确认准确一致的",
    }
    return [
        {"label": f"征求{kind.label}意见", "text": told[kind], "href": f"{request.path}?of={kind}", "kind": "second"}
        for kind in _CONSULTED
    ]


@login_required
def letters(request: HttpRequest, case_id: str) -> HttpResponse:
    """The letters that no act on the case stands for: which can be drafted now, and what is against the others."""
    item = case_or_404(request, case_id)
    require(request, HANDLE, item.agency)
    allowed, refused_ones = [], []
    for kind in _OTHERS:
        against = reasons_against_drafting(item, kind, actor_of(request), today())
        if against:
            told = {"reason": against[0].message, "instead": against[0].instead}
            refused_ones.append({"label": KINDS[kind].name, **told})
        else:
            href = reverse("case_letter", args=[item.public_id, kind])
            allowed.append({"label": KINDS[kind].name, "text": NOTICES[kind].clock, "href": href, "kind": "second"})
    context = {
        "item": item,
        "title": _OTHER_LETTERS,
        "allowed": allowed,
        "refused": refused_ones,
        "breadcrumb": case_trail(item, _OTHER_LETTERS),
    }
    return render(request, "inforequests/letters.html", context)


@login_required
def letter(request: HttpRequest, case_id: str, letter_kind: str) -> HttpResponse:
    """Drafts one of them."""
    item = case_or_404(request, case_id)
    require(request, HANDLE, item.agency)
    if letter_kind not in _OTHERS:
        raise Http404
    trail = case_trail(item, (_OTHER_LETTERS, reverse("case_letters", args=[case_id])), KINDS[letter_kind].name)
    against = reasons_against_drafting(item, letter_kind, actor_of(request), today())
    if against and typed_of(request) is None:
        return refused(request, KINDS[letter_kind].name, against, trail)
    others = _told_alike(request, item, letter_kind)
    parties = [(row.public_id, row.name) for row in item.consultations.filter(kind=ConsultationKind.THIRD_PARTY)]

    def form(data: Any, **options: Any) -> Form:
        if letter_kind == "third_party_disclosure":
            return ToldThirdPartyForm(data, kind=letter_kind, parties=parties, **options)
        return LetterForm(data, kind=letter_kind, others=choices(others), **options)

    def draft(values: dict[str, Any]) -> str:
        together = chosen(values.pop("together", []), others)
        party = item.consultations.filter(public_id=values.pop("consultation", "")).first()
        given: dict[str, Any] = {"fields": {key: value for key, value in values.items() if value}}
        if party is not None:
            given["consultation"] = party
        return _drafted(request, item, together, letter_kind, given)

    return form_page(
        request,
        form,
        draft,
        title=KINDS[letter_kind].name,
        submit=_SUBMIT,
        done=_DONE,
        breadcrumb=trail,
        follows=[NOTICES[letter_kind].clock, chain_words(item.agency, letter_kind)],
        template="inforequests/drafting.html",
        beside={"items": [item]},
    )


def _draft(
    request: HttpRequest,
    item: Item,
    page: Drafting,
    *,
    told: str = "",
    initial: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page that drafts one letter; on POST its draft, which is shown as the document."""
    act = CASE_ACTS[page.act]
    trail = case_trail(item, act.name)
    against = require_case_act(request, item, page.act)
    if against and typed_of(request) is None:
        return refused(request, act.name, against, trail)

    others = _told_alike(request, item, page.kind)

    def form(data: Any, **options: Any) -> Form:
        return page.form(data, kind=page.kind, others=choices(others), **options)

    def draft(values: dict[str, Any]) -> str:
        together = chosen(values.pop("together", []), others)
        return _drafted(request, item, together, page.kind, _given(values))

    return form_page(
        request,
        form,
        draft,
        title=KINDS[page.kind].name,
        submit=_SUBMIT,
        done=_DONE,
        initial={**_period(page), **(initial or {})},
        breadcrumb=trail,
        intro="".join([told, _until(item, page)]),
        follows=[act.causes, chain_words(item.agency, page.kind)],
        template="inforequests/drafting.html",
        beside={"items": [item]},
    )


def _told_alike(request: HttpRequest, item: Item, kind: str) -> list[Item]:
    """The other things asked in the letter that the same letter to the applicant can be about."""
    if KINDS[kind].to is not Addressee.APPLICANT:
        return []
    actor, on = actor_of(request), today()
    return others_of(item, lambda row: reasons_against_drafting(row, kind, actor, on))


def _drafted(request: HttpRequest, item: Item, together: Sequence[Item], kind: str, given: dict[str, Any]) -> str:
    """Drafts a letter about one thing or several, and gives its address."""
    actor = actor_of(request)
    if together:
        notice = draft_together(actor, [item, *together], kind, **given)
    else:
        notice = draft_notice(actor, item, kind, **given)
    return reverse("notice", args=[notice.public_id])


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """What was typed as the action takes it: the letter's words apart from what the step and the case need."""
    given: dict[str, Any] = {}
    argument = values.pop("argument", "")
    if "consulted" in values:
        kind, name, contact = (values.pop(key) for key in ("consulted", "name", "contact"))
        is_organization = values.pop("sort", ORGANIZATION) == ORGANIZATION
        given["consultation"] = Consulted(kind, name, contact, values["consulted_content"], is_organization)
    if "method" in values:
        given["fee"] = FeeFacts(values.pop("method"), values.pop("count"))
    fields = {key: value for key, value in values.items() if value}
    return {"fields": fields, "argument": str(argument), **given}


def _period(page: Drafting) -> dict[str, int]:
    return {"argument": number(page.period, on=today())} if page.period else {}


def _until(item: Item, page: Drafting) -> str:
    """Until when the act is lawful."""
    clock = clock_of(item, on=today())
    last = clock.limits.get(page.limit.value) if clock is not None else None
    return f"最后应当在{day(last)}告知。" if last is not None else ""


def _tiers(item: Item) -> str:
    """How many things the applicant asked for that month, and what this one would cost by items."""
    if item.received_on is None:
        return ""
    month, before = item.received_on, counted_before(item)
    tier = fee_of(item, Method.ITEMS, 1).tiers[-1]
    price = f"每件 {tier.price} 元" if tier.price else "不收费"
    asked = f"该申请人{month.year}年{month.month}月此前已向本机关申请 {before} 件，这一件是第 {before + 1} 件"
    return f"{asked}；按件计收的，{price}。"
