"""The steps of writing a letter on the web: which are finished, and the letter that they make."""

from collections.abc import Iterator
from typing import Any

from gongkai.agencies import queries as agencies
from gongkai.agencies.queries import Named
from gongkai.agencies.roles import ChannelKind
from gongkai.inforequests.actions.intake import Letter, PartyFacts
from gongkai.inforequests.choices import Channel, Part
from gongkai.inforequests.drafts import Writing
from gongkai.inforequests.models import Draft
from gongkai.inforequests.public_forms import (
    PERSON,
    AgentForm,
    ContentForm,
    DeliveryForm,
    JointForm,
    applicant_form,
)
from gongkai.kernel.clock import today
from gongkai.kernel.reasons import Reason
from gongkai.ui.forms import Form

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
        "content": ContentForm(writing.content).is_valid(),
        "applicant": bool(writing.sort) and all(form.is_valid() for form in _parties(writing)),
        "delivery": DeliveryForm(writing.delivery).is_valid(),
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


def letter_of(draft: Draft, writing: Writing, agency: Named) -> Letter:
    """The letter. Every step is finished."""
    content, delivery = _cleaned(ContentForm(writing.content)), _cleaned(DeliveryForm(writing.delivery))
    return Letter(
        public_id=draft.public_id,
        agency=agency.agency,
        channel=Channel.INTERNET,
        text=content["text"],
        description=content["description"],
        medium=delivery["medium"],
        way=delivery["way"],
        parties=tuple(parties_of(writing, delivery)),
    )


def parties_of(writing: Writing, delivery: dict[str, Any]) -> Iterator[PartyFacts]:
    """Who asks, the first with the address for the post, then his agent."""
    first = {"kind": PERSON, **_cleaned(applicant_form(writing.sort)(writing.applicant))}
    yield PartyFacts(**first, address=delivery["address"], postcode=delivery["postcode"])
    for typed in writing.joint:
        yield PartyFacts(**_cleaned(JointForm(typed)))
    if writing.agent:
        yield PartyFacts(kind=PERSON, part=Part.AGENT, **_cleaned(AgentForm(writing.agent)))


def _parties(writing: Writing) -> Iterator[Form]:
    yield applicant_form(writing.sort)(writing.applicant)
    yield from (JointForm(typed) for typed in writing.joint)
    if writing.agent:
        yield AgentForm(writing.agent)


def _cleaned(form: Form) -> dict[str, Any]:
    if not form.is_valid():
        raise ValueError("an unfinished step is no letter")
    return {name: value for name, value in form.values.items() if name != "file"}
