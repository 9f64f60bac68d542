"""A draft: changed, submitted for approval, or given up."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from gongkai.agencies.views.office import actor_of
from gongkai.inforequests.actions.drafting import change_notice, discard_notice, submit_notice
from gongkai.inforequests.actions.signing import reasons_against_issue
from gongkai.inforequests.letters_facts import findings_of, items_of
from gongkai.inforequests.models import Notice
from gongkai.inforequests.notice_forms import ChangeForm, is_secret
from gongkai.inforequests.notice_queries import chain_words
from gongkai.inforequests.review_forms import ReasonedForm
from gongkai.inforequests.views.acting import notice_act, notice_or_404, typed_of
from gongkai.kernel.clock import today
from gongkai.law.questions import OUTCOMES
from gongkai.ui.forms import Form

_WITH_DAYS, _WITH_DATE = ("clarification", "extension"), ("deferral",)


@login_required
def change(request: HttpRequest, notice_id: str) -> HttpResponse:
    """Changes what was typed, or the words themselves."""
    notice = notice_or_404(request, notice_id)

    def form(data: Any, **options: Any) -> Form:
        return ChangeForm(
            data,
            kind=notice.kind,
            is_secret=_is_secret(notice),
            has_days=notice.kind in _WITH_DAYS,
            has_date=notice.kind in _WITH_DATE,
            **options,
        )

    return notice_act(
        request,
        notice,
        "change",
        form,
        lambda values: _change(request, notice, values),
        submit="保存，预览文书",
        done="已保存",
        row=notice,
        initial={**notice.fields, "argument": notice.argument, "body": notice.body},
        follows=(),
        template="inforequests/drafting.html",
        beside={"items": items_of(notice), "findings": findings_of(notice)},
    )


def _is_secret(notice: Notice) -> bool:
    decision = notice.decisions.order_by("-id").first()
    return is_secret(OUTCOMES[decision.outcome] if decision is not None else None)


def _change(request: HttpRequest, notice: Notice, values: dict[str, Any]) -> None:
    """Saves what differs; where nothing does, words that were changed by hand before stay."""
    body = "\n".join(line.strip() for line in values.pop("body").splitlines() if line.strip())
    argument = str(values.pop("argument", notice.argument))
    fields = {key: value for key, value in values.items() if value}
    if fields == dict(notice.fields) and argument == notice.argument and body == notice.body:
        return
    change_notice(actor_of(request), notice, fields=fields, body=body, argument=argument)


@login_required
def submit(request: HttpRequest, notice_id: str) -> HttpResponse:
    """Submits a draft; what has to be mended first is told instead."""
    notice = notice_or_404(request, notice_id)
    return notice_act(
        request,
        notice,
        "submit",
        Form,
        lambda _values: submit_notice(actor_of(request), notice),
        submit="送审",
        done="已送审",
        reasons=reasons_against_issue(notice, items_of(notice), today()) if typed_of(request) is None else (),
        follows=[f"{chain_words(notice.agency, notice.kind)}。", "送审以后不能修改，由审签人退回的可以改了再送。"],
    )


@login_required
def discard(request: HttpRequest, notice_id: str) -> HttpResponse:
    """Gives a notice up, with the reason."""
    notice = notice_or_404(request, notice_id)
    return notice_act(
        request,
        notice,
        "discard",
        ReasonedForm,
        lambda values: discard_notice(actor_of(request), notice, reason=values["reason"]),
        submit="作废这份文书",
        done="已作废，记录保留",
        kind="warning",
        follows=["这份文书不再使用，可以另行拟稿。", "拟稿、审签的记录都保留在案卷里。"],
    )
