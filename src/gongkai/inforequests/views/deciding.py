"""Deciding is one page: plain questions that end in a result with its article, then what the notice needs."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from gongkai.agencies.views.office import actor_of, may
from gongkai.files.queries import files_of
from gongkai.inforequests.actions.deciding import PointFacts, decide_together, reasons_against_outcome
from gongkai.inforequests.case_page import explanations
from gongkai.inforequests.choices import LetterKind
from gongkai.inforequests.decision_forms import DecisionForms
from gongkai.inforequests.models import Item, Notice
from gongkai.inforequests.notice_queries import chain_words, released
from gongkai.inforequests.notice_shown import result_words
from gongkai.inforequests.permissions import CLEAR
from gongkai.inforequests.queries import Duplicate, likely_duplicates
from gongkai.inforequests.questioning import (
    NONE,
    Answered,
    Way,
    answers_to,
    asked_together,
    known_answers,
    statement,
    way,
)
from gongkai.inforequests.rules import CASE_ACTS
from gongkai.inforequests.together import choices, chosen, others_of
from gongkai.inforequests.views.acting import case_or_404, case_trail, refused, require_case_act, typed_of
from gongkai.inforequests.views.drafting import answer_correction
from gongkai.inforequests.words import result_of, shortened, state_of
from gongkai.kernel.clock import today
from gongkai.kernel.reasons import ActionRefused
from gongkai.law.questions import Outcome, Question
from gongkai.law.remedies import classes_of
from gongkai.law.results import RemedyClass

_TITLE = "作出答复"
_NOTHING = (NONE, "都不是", "")
_GIVING = ("granted", "partly_granted")
"""Results with which files may go out."""
_WITHDRAWN = "withdrawn_end"
_MISSING = "请选“是”或者“否”"
_REMEDY_WORDS = {
    RemedyClass.RECONSIDERATION_FIRST: "不服的，应当先申请行政复议（复议前置）",
    RemedyClass.FREE_CHOICE: "不服的，可以申请行政复议，也可以提起行政诉讼",
}


@login_required
def decide_case(request: HttpRequest, case_id: str) -> HttpResponse:
    """Asks one question after the other; at the end takes what the notice needs and drafts it."""
    item = case_or_404(request, case_id)
    if item.request.kind == LetterKind.CORRECTION:
        return answer_correction(request, item)
    against, typed = require_case_act(request, item, "decide"), typed_of(request)
    if against and typed is None:
        return refused(request, _TITLE, against, case_trail(item, _TITLE))
    path = (request.GET if typed is None else typed).get("a", "")
    is_again = typed is None and "again" in request.GET
    known = known_answers(item)
    gone = way(path, known, is_asked_again=is_again)
    if isinstance(gone.here, Outcome):
        return _concluded(request, item, gone, gone.here, typed)
    title, together = ("", (gone.here,)) if is_again else asked_together(gone.here, known)
    answered = answers_to(request.GET.get("answer", ""), together)
    if typed is None and answered:
        return _to(item, gone.path + answered)
    return _asked(request, item, gone, title, together)


def _to(item: Item, path: str) -> HttpResponseRedirect:
    """The same page with these answers."""
    return HttpResponseRedirect(f"{reverse('case_decide', args=[item.public_id])}?{urlencode({'a': path})}")


def _asked(request: HttpRequest, item: Item, gone: Way, title: str, together: Sequence[Question]) -> HttpResponse:
    known, question, first = known_answers(item), together[0], len(gone.answered) + 1
    context = {
        **_shown(item, gone),
        "question": question,
        "together": title,
        "choices": [*((one.id, statement(one), f"{one.help}依据：{one.basis}") for one in together), _NOTHING],
        "again": "again" in request.GET,
        "number": f"{first}" if len(together) == 1 else f"{first} 至 {first + len(together) - 1}",
        "chosen": {True: "yes", False: "no"}.get(known[question.id], "") if question.id in known else "",
        "duplicates": _duplicates(item) if any(one.id == "repeat" for one in together) else (),
        "error": ("请选一项" if title else _MISSING) if "asked" in request.GET else "",
    }
    return render(request, "inforequests/deciding.html", context)


def _concluded(request: HttpRequest, item: Item, gone: Way, outcome: Outcome, typed: QueryDict | None) -> HttpResponse:
    others = _answered_alike(item, outcome)
    forms = DecisionForms(typed, item, outcome, choices(others))
    if request.method == "POST" and not forms.asks_for_more and forms.is_valid():
        try:
            notice = _decide(request, forms, chosen(forms.together, others), gone.answers)
        except ActionRefused as told:
            forms.refused = told.reasons
        else:
            messages.success(request, "已拟稿，请核对后送审")
            return HttpResponseRedirect(reverse("notice", args=[notice.public_id]))
    context = {
        **_shown(item, gone),
        "forms": forms,
        "more": "再加一项" if forms.points else "分项答复",
        "conclusion": _conclusion(outcome),
        "withdraws": reverse("case_withdraw", args=[item.public_id]) if outcome.id == _WITHDRAWN else "",
        "wants_release": outcome.result.key in _GIVING,
        "releases": released(item, may_clear=may(request, CLEAR, item.agency)),
        "follows": f"{chain_words(item.agency, outcome.notice.key)}。送审以前可以再改。",
    }
    return render(request, "inforequests/decision.html", context, status=422 if forms.summary else 200)


def _answered_alike(item: Item, outcome: Outcome) -> list[Item]:
    """The other things asked in the letter that can have the same answer."""
    act, on = CASE_ACTS["decide"], today()
    return others_of(item, lambda row: act.against(row, on) or reasons_against_outcome(row, outcome))


def _decide(request: HttpRequest, forms: DecisionForms, others: Sequence[Item], answers: Sequence[bool]) -> Notice:
    points = {key: [PointFacts(*point) for point in told] for key, told in forms.answers_for(others).items()}
    items = [forms.item, *others]
    return decide_together(actor_of(request), items, answers=answers, points=points, fields=forms.fields)


def _shown(item: Item, gone: Way) -> dict[str, Any]:
    """What both halves of the page show: the case, and the questions answered with where each is changed."""
    return {
        "item": item,
        "title": _TITLE,
        "path": gone.path,
        "answered": [_answered(item, one) for one in gone.answered],
        "letter_meta": _meta(item),
        "explanations": explanations(item, files_of(item.request.public_id), today()),
        "breadcrumb": case_trail(item, _TITLE),
    }


def _answered(item: Item, one: Answered) -> dict[str, str]:
    word = "是" if one.answer else "否"
    query = urlencode({"a": one.path, "again": "1"})
    return {
        "question": one.question.text,
        "answer": f"{word}（据办理记录）" if one.is_recorded else word,
        "href": f"{reverse('case_decide', args=[item.public_id])}?{query}",
    }


def _meta(item: Item) -> str:
    request = item.request
    return "，".join([request.get_applicant_kind_display(), f"{request.get_channel_display()}提交"])


def _duplicates(item: Item) -> list[dict[str, Any]]:
    return [
        {
            "what": one.item.register_number,
            "text": f"{shortened(one.item.text)}（{'，'.join(_likeness(one))}）",
            "links": [{"label": "查看", "href": reverse("case", args=[one.item.public_id])}],
        }
        for one in likely_duplicates(item, today())
    ]


def _likeness(one: Duplicate) -> list[str]:
    alike = [("同一申请人", one.is_same_applicant), ("内容相近", one.is_alike)]
    return [words for words, holds in alike if holds] + [result_of(one.item) or state_of(one.item)]


def _conclusion(outcome: Outcome) -> list[dict[str, str]]:
    """Where the questions end, as a list of label and words."""
    return [
        {"label": "办理结果", "text": result_words(outcome.result)},
        {"label": "依据", "text": outcome.basis},
        {"label": "文书", "text": outcome.notice.name},
        {"label": "注意", "text": outcome.advice},
        {"label": "救济", "text": "\n".join(_remedies(outcome))},
    ]


def _remedies(outcome: Outcome) -> list[str]:
    """Which ways of redress stand open, in words."""
    withheld = [outcome.withheld] if outcome.withheld is not None else []
    return [_REMEDY_WORDS[one] for one in classes_of(outcome.result, on=today(), withheld=withheld)]
