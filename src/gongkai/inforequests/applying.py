"""The steps of writing a letter on the web: which are finished, and the letter that they make."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db import transaction

from gongkai.agencies import queries as agencies
from gongkai.agencies.queries import Named
from gongkai.agencies.roles import ChannelKind
from gongkai.inforequests import drafts
from gongkai.inforequests.actions.intake import Filed, Letter, PartyFacts, file_draft
from gongkai.inforequests.choices import Channel, Part
from gongkai.inforequests.drafts import Writing
from gongkai.inforequests.models import Request
from gongkai.inforequests.public_forms import (
    PERSON,
    AgentForm,
    ContentForm,
    DeliveryForm,
    JointForm,
    applicant_form,
)
from gongkai.kernel.clock import today
from gongkai.kernel.reasons import ActionRefused, Reason
from gongkai.ui.forms import Form
from gongkai.ui.judging import judging

if TYPE_CHECKING:
    from gongkai.agencies.models import Agency

_GONE = Reason("draft_gone", "您填写的内容已经过了保存时间，系统已清除", "请重新填写")
_UNFINISHED = Reason("unfinished", "申请还没有填写完整", "请把没有完成的几步补上")

STEPS = {
    "agency": "向谁申请",
    "content": "要什么信息",
    "applicant": "您是谁",
    "delivery": "怎样收答复",
    "check": "核对提交",
}
"""The steps by the name of their address, as applicants see them."""


def finished(writing: Writing) -> list[str]:
    """The steps whose answers are complete and right."""
    done = {
        "agency": bool(writing.agency),
        "content": judging(ContentForm)(writing.content).is_valid(),
        "applicant": bool(writing.sort) and all(form.is_valid() for form in _parties(writing)),
        "delivery": judging(DeliveryForm)(writing.delivery).is_valid(),
    }
    return [step for step, is_done in done.items() if is_done]


def first_unfinished(writing: Writing) -> str:
    """The step to go on with; the check where all others are finished."""
    done = finished(writing)
    return next(step for step in STEPS if step not in done)


def comes_too_early(step: str, writing: Writing) -> bool:
    """Whether a step is asked for while one before it is not finished."""
    order = list(STEPS)
    return order.index(step) > order.index(first_unfinished(writing))


def agency_of(writing: Writing) -> Named | None:
    """The agency that is written to, with its name today."""
    return agencies.called(writing.agency, today()) if writing.agency else None


def reasons_against(agency: Named) -> list[Reason]:
    """Why an agency can't be written to on the web today; empty where it can."""
    on = today()
    if agency.agency.to_on is not None and agency.agency.to_on <= on:
        return [Reason("merged", f"{agency.name}已撤销", "请向承继其职责的机关申请")]
    if not agencies.channels(agency.agency, on).filter(kind=ChannelKind.INTERNET).exists():
        return [Reason("not_open", f"{agency.name}没有开通网上申请", "请当面提交或者邮寄")]
    return []


@transaction.atomic
def file(draft_id: str, code: str) -> Filed:
    """Files the letter of a draft, which is no more then, under a query code. Sent twice it is one letter.

    Raises ActionRefused where the draft is gone or unfinished, or the agency takes nothing on the web.
    """
    writing = drafts.taken(draft_id)
    if writing is not None:
        return file_draft(letter_of(draft_id, writing, _addressee(writing), code))
    before = Request.objects.filter(public_id=draft_id).first()
    if before is None:
        raise ActionRefused([_GONE])
    return Filed(before, "")


def letter_of(draft_id: str, writing: Writing, agency: "Agency", code: str) -> Letter:
    """The letter of a draft, each answer judged. Raises ActionRefused where a step is not finished."""
    content, delivery = (
        _cleaned(judging(ContentForm)(writing.content)),
        _cleaned(judging(DeliveryForm)(writing.delivery)),
    )
    return Letter(
        public_id=draft_id,
        code=code,
        agency=agency,
        channel=Channel.INTERNET,
        text=content["text"],
        description=content["description"],
        medium=delivery["medium"],
        way=delivery["way"],
        parties=tuple(parties_of(writing, delivery)),
    )


def _addressee(writing: Writing) -> "Agency":
    """The agency that is written to. Raises ActionRefused where it takes nothing on the web."""
    found = agencies.reached_by(ChannelKind.INTERNET, writing.agency, today())
    if found is not None:
        return found
    named = agency_of(writing)
    raise ActionRefused(reasons_against(named) if named is not None else [_UNFINISHED])


def parties_of(writing: Writing, delivery: dict[str, Any]) -> Iterator[PartyFacts]:
    """Who asks, the first with the address for the post, then his agent."""
    first = {"kind": PERSON, **_cleaned(judging(applicant_form(writing.sort))(writing.applicant))}
    yield PartyFacts(**first, address=delivery["address"], postcode=delivery["postcode"])
    for typed in writing.joint:
        yield PartyFacts(**_cleaned(judging(JointForm)(typed)))
    if writing.agent:
        yield PartyFacts(kind=PERSON, part=Part.AGENT, **_cleaned(judging(AgentForm)(writing.agent)))


def _parties(writing: Writing) -> Iterator[Form]:
    yield judging(applicant_form(writing.sort))(writing.applicant)
    yield from (judging(JointForm)(typed) for typed in writing.joint)
    if writing.agent:
        yield judging(AgentForm)(writing.agent)


def _cleaned(form: Form) -> dict[str, Any]:
    if not form.is_valid():
        raise ActionRefused([_UNFINISHED])
    return {name: value for name, value in form.values.items() if name != "file"}
