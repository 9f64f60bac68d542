"""Writing a notice (拟稿): its draft, changes, the check before it is submitted, taking it back."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db import transaction

from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.queries import acting_for
from gongkai.audit.actions import Author
from gongkai.inforequests.actions.acting import hold, journal, note, person_of, told
from gongkai.inforequests.actions.approving import make_chain
from gongkai.inforequests.actions.noticing import hold_notice, note_all, reasons_in_law
from gongkai.inforequests.actions.signing import reasons_against_issue
from gongkai.inforequests.choices import ConsultationKind, HandlingKind, Stage
from gongkai.inforequests.letter_rules import reasons_against_drafting
from gongkai.inforequests.letters_facts import applicants_of, composed, fee_of, looks_like_organization
from gongkai.inforequests.models import Consultation, Decision, Item, Notice, Payment
from gongkai.inforequests.notice_rules import NOTICE_ACTS, reasons_against_notice
from gongkai.inforequests.notices.kinds import KINDS, Addressee
from gongkai.inforequests.notices.letters import fields_for
from gongkai.inforequests.obstacles import open_notices
from gongkai.inforequests.permissions import HANDLE
from gongkai.inforequests.steps import project
from gongkai.kernel.clock import now, today
from gongkai.kernel.reasons import ActionRefused, Reason, refuse_for
from gongkai.law.errors import RuleError
from gongkai.law.fees import Method
from gongkai.law.parameters import number

_DAYS = {"clarification": "clock.clarification_answer", "extension": "clock.extension"}
_EXTENSION = "条例第三十三条第二款"
_CONSULTED_BY = {
    ConsultationKind.THIRD_PARTY: "third_party_consultation",
    ConsultationKind.ORGAN: "organ_consultation",
    ConsultationKind.CONFIRMATION: "confirmation_consultation",
}


class Consulted(NamedTuple):
    """Whom to consult, how to reach him, and about what; whether it is an organization, by its name where not told."""

    kind: str
    name: str
    contact: str
    content: str
    is_organization: bool | None = None


class FeeFacts(NamedTuple):
    """How a fee is reckoned (`law.fees.Method`), and of how many items or pages."""

    method: str
    quantity: int


@transaction.atomic
def draft_notice(
    actor: Actor,
    item: Item,
    kind: str,
    *,
    fields: Mapping[str, str],
    argument: str = "",
    consultation: Consulted | Consultation | None = None,
    fee: FeeFacts | None = None,
) -> Notice:
    """Drafts a notice within the procedure; a reply is drafted by deciding (`deciding.decide`).

    `argument`: working days to answer or to extend by, or the date deferred to; the law's own where it is empty.
    `consultation`: whom a new letter consults; for the letter that tells of disclosure, the one that was consulted.
    """
    item = hold(item)
    refuse_for(reasons_against_drafting(item, kind, actor, today()))
    author = actor.author(HANDLE, item.agency)
    notice = new_notice(actor, item, kind, fields, argument=argument or _days(item, kind))
    notice.consultation = _consultation(item, kind, consultation)
    if notice.consultation is not None:
        notice.addressee = notice.consultation.name
    return _draft(actor, author, notice, [item], fee)


@transaction.atomic
def draft_together(
    actor: Actor,
    items: Sequence[Item],
    kind: str,
    *,
    fields: Mapping[str, str],
    argument: str = "",
    fee: FeeFacts | None = None,
) -> Notice:
    """Drafts one letter about several things asked in the same letter; else as `draft_notice`."""
    items = hold_together(items)
    if KINDS[kind].to is not Addressee.APPLICANT:
        raise ActionRefused([Reason("kind", "征求意见要逐件办理", "请在每一件中分别征求")])
    for item in items:
        refuse_for(reasons_against_drafting(item, kind, actor, today()))
    if kind == "extension" and len({(item.due_on, item.waiting_for) for item in items}) > 1:  # it tells one day
        raise ActionRefused([Reason("due", "这些事项的答复期限不是同一天，不能一并延期", "请分别延长", _EXTENSION)])
    author = actor.author(HANDLE, items[0].agency)
    notice = new_notice(actor, items[0], kind, fields, argument=argument or _days(items[0], kind))
    return _draft(actor, author, notice, items, fee)


def hold_together(items: Sequence[Item]) -> list[Item]:
    """Holds several things asked, in their order. Raises ActionRefused where they are not of one letter."""
    held = [hold(item) for item in sorted(items, key=lambda one: one.pk)]
    if any(item.request_id != held[0].request_id for item in held):
        raise ActionRefused([Reason("letters", "只有同一封申请的事项才能合并办理", "请分别办理")])
    return held


def _draft(actor: Actor, author: Author, notice: Notice, items: Sequence[Item], fee: FeeFacts | None) -> Notice:
    notice.save()
    notice.items.set(items)
    refuse_for(reasons_in_law(notice, items, on=today()))
    if notice.kind == "fee":
        _keep_fee(items, fee)
    if notice.kind == "withdrawn":
        for item in items:
            Decision.objects.filter(item=item, round=item.round, outcome="withdrawn_end").update(notice=notice)
    finish_draft(actor, author, notice, items)
    return notice


def new_notice(actor: Actor, item: Item, kind: str, fields: Mapping[str, str], *, argument: str = "") -> Notice:
    """A draft to the applicant that is not saved yet, with what was typed of the fields that its kind has."""
    known = {spec.key for spec in fields_for(kind)}
    return Notice(
        agency=item.agency,
        kind=kind,
        addressee="、".join(applicants_of(item)),
        fields={key: text.strip() for key, text in fields.items() if key in known and text.strip()},
        argument=argument.strip(),
        body="",
        drafted_by=person_of(actor),
        drafted_at=now(),
    )


def finish_draft(actor: Actor, author: Author, notice: Notice, items: Sequence[Item]) -> None:
    """Writes the words of a saved draft, notes it, and writes the journal."""
    notice.body = _composed(notice)
    notice.save(update_fields=["body"])
    for item in items:
        note(item, HandlingKind.DRAFTED, actor, author.role, notice=notice)
        project(item)
    journal("draft", author, items[0], told(kind=KINDS[notice.kind].name, argument=notice.argument))


@transaction.atomic
def change_notice(
    actor: Actor,
    notice: Notice,
    *,
    fields: Mapping[str, str] | None = None,
    body: str | None = None,
    argument: str | None = None,
) -> Notice:
    """Changes a draft: where only what was typed changed, its words are written anew; words typed by hand stay."""
    before = notice.body
    notice, items = hold_notice(notice)
    refuse_for(reasons_against_notice(NOTICE_ACTS["change"], notice, actor, today()))
    if notice.body != before:
        raise ActionRefused([Reason("changed", "另一人刚刚修改了这份文书", "请返回查看后再改")])
    author = actor.author(HANDLE, notice.agency)
    if argument is not None:
        notice.argument = argument.strip()
        refuse_for(reasons_in_law(notice, items, on=today()))
    if fields is not None:
        known = {spec.key for spec in fields_for(notice.kind)}
        notice.fields = {key: text.strip() for key, text in fields.items() if key in known and text.strip()}
    if body is None or _plain(body) == _plain(before):
        notice.body = _composed(notice)
    else:
        notice.body = _plain(body)
    notice.save()
    note_all(notice, items, HandlingKind.DRAFTED, actor, author.role)
    journal("change_notice", author, items[0], told(kind=KINDS[notice.kind].name))
    return notice


@transaction.atomic
def submit_notice(actor: Actor, notice: Notice) -> Notice:
    """Submits a draft to its chain (送审). Raises ActionRefused with each finding that has to be mended first."""
    notice, items = hold_notice(notice)
    refuse_for(reasons_against_notice(NOTICE_ACTS["submit"], notice, actor, today()))
    author = actor.author(HANDLE, notice.agency)
    refuse_for(_against_numbering(notice) + reasons_against_issue(notice, items, today()))
    make_chain(notice)
    notice.stage = Stage.REVIEW
    notice.save(update_fields=["stage"])
    note_all(notice, items, HandlingKind.SUBMITTED, actor, author.role)
    for item in items:
        project(item)
    journal("submit", author, items[0], told(kind=KINDS[notice.kind].name))
    return notice


@transaction.atomic
def discard_notice(actor: Actor, notice: Notice, *, reason: str) -> Notice:
    """Takes a notice back that made no legal step, or none that still counts (作废); it stays on record."""
    notice, items = hold_notice(notice)
    refuse_for(reasons_against_notice(NOTICE_ACTS["discard"], notice, actor, today()))
    author = actor.author(HANDLE, notice.agency)
    if not reason.strip():
        raise ActionRefused([Reason("reason", "还没有写明作废的理由", "请填写理由")])
    notice.stage = Stage.WITHDRAWN
    notice.save(update_fields=["stage"])
    if notice.kind == "fee":
        Payment.objects.filter(item__in=items, paid_on=None).delete()
    note_all(notice, items, HandlingKind.DISCARDED, actor, author.role, opinion=reason)
    for item in items:
        project(item)
    journal(
        "discard", author, items[0], told(kind=KINDS[notice.kind].name, document_number=notice.number, reason=reason)
    )
    return notice


def _days(item: Item, kind: str) -> str:
    """The working days that the law or practice gives where nothing else was typed."""
    assert item.received_on is not None
    return str(number(_DAYS[kind], on=item.received_on)) if kind in _DAYS else ""


def _consultation(item: Item, kind: str, consulted: Consulted | Consultation | None) -> Consultation | None:
    """The row of who is consulted: a new one for a letter that consults, the known one for what is told him later."""
    if kind == "third_party_disclosure":
        known = consulted if isinstance(consulted, Consultation) else None
        rows = item.consultations.filter(kind=ConsultationKind.THIRD_PARTY)
        found = rows.filter(pk=known.pk).first() if known is not None else (rows.get() if rows.count() == 1 else None)
        if found is None:
            raise ActionRefused([Reason("consultation", "还没有写明告知哪一个第三方", "请选择征求过意见的第三方")])
        if any(row.consultation_id == found.pk for row in open_notices(item, kind)):
            message = f"告知这一第三方的“{KINDS[kind].name}”已经在办"
            raise ActionRefused([Reason("under_way", message, "请在“文书”中继续")])
        return found
    if kind not in _CONSULTED_BY.values():
        return None
    if consulted is None or isinstance(consulted, Consultation):
        raise ActionRefused([Reason("consultation", "还没有写明向谁征求意见", "请填写名称和联系方式")])
    facts = Consulted(*consulted)
    if _CONSULTED_BY.get(ConsultationKind(facts.kind)) != kind:
        raise ActionRefused([Reason("consultation", "征求对象与文书不符", "请选择相应的征求意见书")])
    refuse_for(_asked_already(item, facts))
    if facts.is_organization is None:
        is_organ = facts.kind != ConsultationKind.THIRD_PARTY
        facts = facts._replace(is_organization=is_organ or looks_like_organization(facts.name))
    return Consultation.objects.create(item=item, key=str(1 + item.consultations.count()), **facts._asdict())


def _asked_already(item: Item, facts: Consulted) -> list[Reason]:
    """That the same party is asked about the same already, as when a form is sent twice."""
    for row in item.consultations.filter(kind=facts.kind, content=facts.content, opinion=""):
        if row.name == facts.name and row.notices.exclude(stage=Stage.WITHDRAWN).exists():
            return [Reason("asked", "向这一家征求意见的文书已经在办", "请在“文书”中继续；内容有变的，请写明新的内容")]
    return []


def _keep_fee(items: Sequence[Item], fee: FeeFacts | None) -> None:
    """What each thing costs; of several in one letter each counts as one item, at the price of its place."""
    if fee is None:
        raise ActionRefused([Reason("fee", "还没有选择按件还是按量计收", "请填写计收方式和数量")])
    facts = FeeFacts(*fee)
    if len(items) > 1 and (facts.method != Method.ITEMS or facts.quantity != len(items)):
        raise ActionRefused([Reason("fee", f"合并通知的{len(items)}件只能按件计收", f"请填写{len(items)}件")])
    quantity = facts.quantity if len(items) == 1 else 1
    try:
        prices = [fee_of(item, facts.method, quantity).yuan for item in items]
    except RuleError as error:
        raise ActionRefused([Reason("fee", str(error))]) from error
    if not any(prices):
        raise ActionRefused([Reason("free", "按所填的数量不需要收费", "请直接办理答复")])
    for item, yuan in zip(items, prices, strict=True):
        Payment.objects.create(item=item, method=facts.method, count=quantity, yuan=yuan)


def _composed(notice: Notice) -> str:
    try:
        return composed(notice)
    except RuleError as error:
        raise ActionRefused([Reason("law", str(error))]) from error


def _against_numbering(notice: Notice) -> list[Reason]:
    agency = acting_for(notice.agency, today())
    if KINDS[notice.kind].has_number and not agency.document_code:
        return [Reason("document_code", "本机关没有登记发文机关代字，不能编文号", "请先在“机构信息”中填写")]
    return []


def _plain(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
