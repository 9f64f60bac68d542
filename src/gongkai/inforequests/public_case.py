"""A case as its applicant sees it: what he can do now, what was sent to him, whom he can turn to and until when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Any

from django.urls import reverse

from gongkai.agencies import queries as agencies
from gongkai.agencies.reviewing import related_ids, reviewing
from gongkai.files.queries import files_of
from gongkai.inforequests.actions.serving import ServedFile, reasons_against_fetching, served_files
from gongkai.inforequests.choices import Stage, Way
from gongkai.inforequests.explaining import asked_of, told_of_reasons
from gongkai.inforequests.models import Item, Notice, Service
from gongkai.inforequests.notices.kinds import KINDS, Addressee
from gongkai.inforequests.notices.letters import fields_for
from gongkai.inforequests.public_clock import clock_told, has_lapsed
from gongkai.inforequests.public_timeline import rows
from gongkai.inforequests.rules import CASE_ACTS
from gongkai.inforequests.steps import clock_of
from gongkai.inforequests.together import told_with
from gongkai.kernel.workdays import calendar
from gongkai.law.clock import Act, Clock, State
from gongkai.law.questions import OUTCOMES
from gongkai.law.remedies import dated_text, remedies_of, remedies_of_silence
from gongkai.law.results import result
from gongkai.ui.templatetags.ui import day

_SENT = (Stage.SENT, Stage.SERVED)
_PLAINLY = {"guidance": "可以这样写", "all_defects": "需要您补充的"}
"""What an officer types under a term of the law, as the applicant is told it."""
_NOT_OURS = "not_responsible"


@dataclass(frozen=True, slots=True)
class Sent:
    """A notice that was sent to the applicant: by which way, and what of it can be downloaded until when."""

    notice: Notice
    service: Service | None
    files: tuple[ServedFile, ...]

    @property
    def can_fetch(self) -> bool:
        """Whether it can be downloaded today."""
        return self.service is not None and not reasons_against_fetching(self.service)


def shown(item: Item, on: date) -> dict[str, Any]:
    """Everything that the page of a letter tells of one thing asked."""
    clock = clock_of(item, on=on)
    sent = sent_of(item)
    return {
        "item": item,
        "clock": clock_told(item, on),
        "steps": rows(item, clock),
        "acts": _acts(item, clock, on),
        "notices": [_notice(item, place, one) for place, one in enumerate(sent)],
        "told": [
            told_of(item, kind) for kind in _wanted(item, clock, on) if any(one.notice.kind == kind for one in sent)
        ],
        "remedies": remedies(item, clock),
        "is_silent": clock is not None and _is_silent(clock),
        "other_organ": other_organ(item),
        "explanations": explanations(item),
    }


def explanations(item: Item) -> list[dict[str, Any]]:
    """What the applicant told of his reasons, with its day and the name of its file."""
    rows = told_of_reasons(item)
    files = files_of(item.request.public_id) if any(row.file for row in rows) else []
    return [
        {
            "meta": f"{day(row.happened_on)}说明",
            "text": row.opinion,
            "attachments": [{"name": file.name} for file in files if file.public_id == row.file],
        }
        for row in rows
    ]


def explaining(item: Item, on: date) -> dict[str, Any]:
    """What the page on which reasons are told tells besides: what is asked and until when, what was told before.

    `against` where nothing can be told any more; `count` of the things asked for which it counts, if there are several.
    """
    asked, against = asked_of(item), CASE_ACTS["explained"].against(item, on)
    count = asked.notice.items.count() if asked is not None else 1
    return {
        "told": told_of(item, "reasons"),
        "until": asked.within if asked is not None else "",
        "is_over": asked is not None and asked.is_over(on),
        "against": against[0].message if against else "",
        "count": count if count > 1 else 0,
        "explanations": explanations(item),
    }


def sent_of(item: Item) -> list[Sent]:
    """The notices of a case that were sent to the applicant, the earliest first."""
    found = []
    rows = Notice.objects.filter(items=item, stage__in=_SENT).prefetch_related("items__request")
    for notice in rows.order_by("signed_on", "id"):
        if KINDS[notice.kind].to is Addressee.APPLICANT:
            services = notice.services.filter(failed_on=None).order_by("id")
            found.append(Sent(notice, services.last(), tuple(served_files(notice))))
    return found


def remedies(item: Item, clock: Clock | None) -> list[str]:
    """Whom the applicant can turn to, with the last days: against the answer of the newest round once it
    is served, or against silence.
    """
    if clock is None:
        return []
    newest = takewhile(lambda step: step.act is not Act.REOPENED, reversed(clock.steps))
    served = next((step.on for step in newest if step.act is Act.DELIVERED), None)
    if served is not None and item.result:
        decision = item.decisions.order_by("-id").first()
        outcome = OUTCOMES[decision.outcome] if decision is not None else None
        if outcome is not None and outcome.notice.remedy is None:
            return []  # he took it back himself
        withheld = outcome.withheld if outcome is not None else None
        found = remedies_of(
            result(item.result),
            served_on=served,
            calendar=calendar(),
            withheld=[withheld] if withheld is not None else (),
        )
    elif _is_silent(clock) and clock.due is not None:
        found = (remedies_of_silence(period_ended_on=clock.due, calendar=calendar()),)
    else:
        return []
    reviewer, court = _organs(item, clock.on)
    about = "本答复" if served is not None else "逾期不答复"
    return [dated_text(one, reviewer=reviewer, court=court, about=about) for one in found]


def other_organ(item: Item) -> str:
    """Which organ is responsible, in the words of the answer that it is not this one; empty for other answers."""
    notice = Notice.objects.filter(items=item, kind=_NOT_OURS, stage__in=_SENT).order_by("-id").first()
    return str(notice.fields.get("other_organ", "")) if notice is not None else ""


def told_of(item: Item, kind: str) -> dict[str, Any]:
    """What the last letter of a kind asks of the applicant, in its own words."""
    notice = Notice.objects.filter(items=item, kind=kind, stage__in=_SENT).order_by("-id").first()
    fields = notice.fields if notice is not None else {}
    rows = [
        {"label": _PLAINLY.get(spec.key, spec.label), "text": fields[spec.key]}
        for spec in fields_for(kind)
        if fields.get(spec.key)
    ]
    return {"title": KINDS[kind].name, "rows": rows}


def _is_silent(clock: Clock) -> bool:
    """Whether the last day passed without an answer; what was decided and not sent is no answer yet."""
    is_owed = clock.state in (State.OVERDUE, State.DECIDED)
    return is_owed and clock.due is not None and clock.on > clock.due


def _wanted(item: Item, clock: Clock | None, on: date) -> Iterator[str]:
    """The kinds of letters that still want something of the applicant."""
    if not _against("clarified", item, clock, on):
        yield "clarification"
    if clock is not None and clock.waiting_for == "payment":
        yield "fee"
    if clock is not None and clock.state in (State.RUNNING, State.WAITING, State.OVERDUE):
        yield "reasons"


def _against(act: str, item: Item, clock: Clock | None, on: date) -> bool:
    """Whether he can't do it himself: of what lapsed the office has to say whether there was a good reason."""
    is_late = act == "clarified" and clock is not None and has_lapsed(item, clock)
    return is_late or bool(CASE_ACTS[act].against(item, on))


def _acts(item: Item, clock: Clock | None, on: date) -> list[dict[str, str]]:
    """What the applicant can do now."""
    acts = (
        ("clarified", "query_clarify", "去补充", "补充后，答复期限重新计算"),
        ("explained", "query_explain", *_explain(item, on)),
        ("withdraw", "query_withdraw", "撤回申请", "不再需要答复的，可以撤回"),
    )
    return [
        {"label": label, "href": reverse(name, args=[item.order]), "text": text}
        for act, name, label, text in acts
        if not _against(act, item, clock, on)
    ]


def _explain(item: Item, on: date) -> tuple[str, str]:
    """The way to tell reasons: its name, and until when, or that it is open still."""
    asked = asked_of(item)
    if asked is None or any(row.notice_id == asked.notice.pk for row in told_of_reasons(item)):
        return "补充说明理由", "还有要说明的，作出答复以前都可以补充"
    if asked.is_over(on):
        return "去说明理由", f"告知书请您在{asked.within}说明；作出答复以前仍可以说明"
    return "去说明理由", f"请在{asked.within}说明"


def _notice(item: Item, place: int, sent: Sent) -> dict[str, Any]:
    """A notice as a row: what it is, when and how it was sent, its files."""
    service = sent.service
    when = f"{day(service.sent_on)}{service.get_way_display()}" if service is not None else ""
    links = []
    if sent.can_fetch:
        for number, file in enumerate(sent.files):
            label = "下载告知书" if file.public_id == sent.notice.sealed_file else f"下载：{file.name or '附件'}"
            if not file.is_held:
                links.append({"label": label, "href": reverse("query_file", args=[item.order, place, number])})
    told = [when]
    if service is not None and service.way == Way.DOWNLOAD and service.expires_on is not None:
        told.append(f"{day(service.expires_on)}以前可以下载")
    told += [f"“{file.name}”在{day(file.held_until)}以后提供" for file in sent.files if file.is_held]
    if service is not None and service.files_on is not None:
        told.append(f"{day(service.files_on)}提供了所附文件")
    what = f"{KINDS[sent.notice.kind].name} {sent.notice.number}".strip()
    return {"what": what, "text": "，".join(filter(None, (*told, told_with(sent.notice, item)))), "links": links}


def _organs(item: Item, on: date) -> tuple[str, str]:
    """The reviewing organ and the court of whoever answers for it on the day.

    After a merger that is the heir (行政复议法第十九条第四款、行政诉讼法第二十六条第六款).
    """
    agency = agencies.acting_for(item.agency, on)
    name = agencies.name_of(agency, on)
    found = reviewing(agency, name, agencies.names_on(related_ids(agency), on))
    return found.reviewer, found.court or f"有管辖权的{found.court_level}"
