"""What comes in while a case runs, and what ends or reopens it: clarifications, opinions, fees, withdrawals.

An act whose `actor` is None is the applicant's own, done on the public face today.
"""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from gongkai.agencies.actions.acting import Actor, in_words
from gongkai.audit.actions import Author
from gongkai.files.actions import store
from gongkai.files.inspection import Inspected
from gongkai.inforequests.actions.acting import against_applicant, hold, journal, person_id_of, person_of, told
from gongkai.inforequests.actions.correcting import REPLIED, correct_step
from gongkai.inforequests.choices import ConsultationKind, Opinion, Stage
from gongkai.inforequests.models import Assignment, Consultation, Decision, Item, Notice, Payment, Step
from gongkai.inforequests.models.letters import LONGEST_TEXT
from gongkai.inforequests.permissions import HANDLE
from gongkai.inforequests.rules import CASE_ACTS, reasons_against
from gongkai.inforequests.steps import has_lapsed, is_correction, letter_for, project, record
from gongkai.kernel.clock import now, today
from gongkai.kernel.reasons import ActionRefused, Reason, refuse_for
from gongkai.kernel.workdays import calendar
from gongkai.law import questions
from gongkai.law.clock import Act as LawAct
from gongkai.law.clock import Ground
from gongkai.law.clock.steps import GROUND_NAMES

__all__ = [
    "correct_step",
    "record_clarified",
    "record_opinion",
    "record_payment",
    "reopen",
    "withdraw",
]

APPLICANT = Author("applicant")
_BY_APPLICANT = "申请人在网上办理"
_PERIOD_TO_ANSWER = "条例第三十二条、第三十四条"
"""The fifteen working days of who is consulted run from the day on which he got the letter."""


@transaction.atomic
def record_clarified(
    actor: Actor | None,
    item: Item,
    *,
    on: date,
    text: str = "",
    files: Sequence[Inspected] = (),
    evidence: str = "",
) -> Step:
    """Takes in the request as the applicant put it right (收到补正): the reply period starts anew.

    The text is kept below what was asked first, the files with those of the letter.
    """
    item = hold(item)
    author, on = _author("clarified", actor, item, on)
    refuse_for(_against_clarification(actor, item, text, files))
    if text.strip():
        item.text = _with_clarification(item.text, on, text)
        item.save(update_fields=["text"])
    for file in files:
        store(file, owner=item.request.public_id, subject=item.request.public_id)
    step = _record(actor, item, LawAct.CLARIFIED, on=on, role=author.role, evidence=evidence)
    journal("clarified", author, item, told(on=on, files=len(files) or ""))
    return step


@transaction.atomic
def record_opinion(
    actor: Actor, consultation: Consultation, *, on: date, opinion: str, reply: str = ""
) -> Consultation:
    """Records what a consulted party answered, or that its period passed without an answer (登记收到的意见)."""
    item = hold(consultation.item)
    consultation = Consultation.objects.get(pk=consultation.pk)
    author, on = _author("consulted", actor, item, on)
    refuse_for(_against_opinion(item, consultation, on, opinion))
    consultation.opinion, consultation.reply = opinion, reply
    consultation.save()
    if opinion != Opinion.SILENT:
        act = REPLIED[ConsultationKind(consultation.kind)]
        _record(actor, item, act, on=on, role=author.role, key=consultation.key)
    else:
        project(item)
    journal("consulted", author, item, told(on=on, consultation=consultation.key, opinion=Opinion(opinion).label))
    return consultation


@transaction.atomic
def record_payment(actor: Actor, item: Item, *, on: date, proof: str) -> Payment:
    """Records that the fee was paid in full (登记缴费): the reply period starts anew, of all that it was asked for."""
    items = [hold(one) for one in _charged_with(item)]
    item = next(one for one in items if one.pk == item.pk)
    author, on = _author("paid", actor, item, on)
    if not proof.strip():
        raise ActionRefused([Reason("proof", "还没有写明缴费凭证", "请填写票据的名称和号码")])
    payments = list(Payment.objects.filter(item__in=items, paid_on=None).order_by("id"))
    for payment in payments:
        payment.paid_on, payment.proof = on, proof
        payment.save()
    for one in items:
        _record(actor, one, LawAct.FEE_PAID, on=on, role=author.role, evidence=proof)
    journal("paid", author, item, told(on=on, yuan=sum(payment.yuan for payment in payments)))
    return payments[-1]


@transaction.atomic
def withdraw(actor: Actor | None, item: Item, *, on: date, evidence: str = "") -> Step:
    """Ends a case that the applicant takes back (撤回): what is under way inside ends with it."""
    item = hold(item)
    author, on = _author("withdraw", actor, item, on)
    if actor is not None and not evidence.strip():
        raise ActionRefused([Reason("evidence", "还没有写明撤回的证明", "请写明撤回申请书的日期、收到的方式")])
    _stop_inner_work(item, is_by_applicant=actor is None)
    outcome = questions.OUTCOMES["withdrawn_end"]
    if not is_correction(item):
        Decision.objects.create(
            item=item,
            round=item.round,
            answers=[True],
            outcome=outcome.id,
            result=outcome.result.key,
            decided_by=person_of(actor) if actor is not None else None,
            decided_at=now(),
        )
    step = _record(actor, item, LawAct.WITHDRAWN, on=on, role=author.role, evidence=evidence)
    journal("withdraw", author, item, told(on=on))
    return step


@transaction.atomic
def reopen(actor: Actor, item: Item, *, on: date, ground: Ground, evidence: str) -> Step:
    """Opens a case again (重新办理): the next round with a period of its own; the first result stays."""
    item = hold(item)
    author, on = _author("reopen", actor, item, on)
    if not evidence.strip():
        raise ActionRefused(
            [Reason("evidence", "还没有写明重新办理的依据", "请写明决定书、判决书的文号，或者认可的理由")]
        )
    refuse_for(_against_ground(item, ground))
    step = _record(actor, item, LawAct.REOPENED, on=on, role=author.role, argument=ground.value, evidence=evidence)
    journal("reopen", author, item, told(on=on, ground=GROUND_NAMES[ground], round=item.round))
    return step


def _author(act: str, actor: Actor | None, item: Item, on: date) -> tuple[Author, date]:
    """Who acts, and on which day; the applicant acts today. Raises ActionRefused with what is against it."""
    if actor is None:
        refuse_for(against_applicant(CASE_ACTS[act].against(item, today())))
        return APPLICANT, today()
    refuse_for(reasons_against(CASE_ACTS[act], item, actor, today()))
    return actor.author(HANDLE, item.agency), on


def _record(
    actor: Actor | None,
    item: Item,
    act: LawAct,
    *,
    on: date,
    role: str,
    key: str = "",
    argument: str = "",
    evidence: str = "",
) -> Step:
    """Records a step of the act's author, at the letter that it answers."""
    letter = letter_for(item, act, on=on, key=key)
    person = person_id_of(actor) if actor is not None else None
    return record(
        item,
        act,
        on=on,
        key=letter.key if letter is not None else key,
        argument=argument,
        person_id=person,
        role=role,
        evidence=evidence if actor is not None else _BY_APPLICANT,
    )


def _against_clarification(actor: Actor | None, item: Item, text: str, files: Sequence[Inspected]) -> list[Reason]:
    if not text.strip() and not files:
        return [Reason("empty", "还没有补正的内容", "请写明补正后的申请内容，或者附上文件")]
    if len(_with_clarification(item.text, today(), text)) > LONGEST_TEXT:
        left = LONGEST_TEXT - len(_with_clarification(item.text, today(), ""))
        return [Reason("long", f"补正的内容太长，还可以写{max(left, 0)}字", "请写得简短些，其余内容作为附件")]
    letter = letter_for(item, LawAct.CLARIFIED, on=today())
    limit = letter.limit(calendar()) if letter is not None else None
    if actor is None and limit is not None and today() > limit:
        # Whether there was a good reason is for the office to say (Article 30).
        told = f"补正的最后一日是{in_words(limit)}，已经超过"
        return [Reason("late", told, "有正当理由的，请与受理机关联系；也可以重新申请", "条例第三十条")]
    return []


def _with_clarification(asked: str, on: date, text: str) -> str:
    return f"{asked}\n（{in_words(on)}补正）{text.strip()}"


def _against_opinion(item: Item, consultation: Consultation, on: date, opinion: str) -> list[Reason]:
    if consultation.opinion not in ("", Opinion.SILENT) or consultation.opinion == opinion:
        told = f"已经登记为“{consultation.get_opinion_display()}”"
        return [Reason("recorded", told, "记错的，请更正原来的步骤")]
    act = REPLIED[ConsultationKind(consultation.kind)]
    letter = letter_for(item, act, on=on, key=consultation.key)
    if letter is None:
        return [Reason("no_letter", "到这一天还没有发出这份征求意见书", "请核对日期")]
    if opinion != Opinion.SILENT:
        return []
    limit = letter.limit(calendar())
    if limit is None:
        return [
            Reason(
                "no_limit", "与其他机关协商确认没有答复期限，不能登记为逾期", "请催办；收到答复后登记", "条例第十一条"
            )
        ]
    if letter.served is None:
        told = "还没有登记征求意见书送达，对方提出意见的期限没有起算"
        return [Reason("unserved", told, "请先登记收到；退回的，另行送达", _PERIOD_TO_ANSWER)]
    if on <= limit or on > today():
        told = f"对方可以答复到{in_words(limit)}，在此之前不能登记为逾期未答复"
        return [Reason("early", told, "期满的次日起再登记", _PERIOD_TO_ANSWER)]
    return []


def _against_ground(item: Item, ground: Ground) -> list[Reason]:
    if ground is Ground.GOOD_REASON and not has_lapsed(item):
        told = "“逾期有正当理由”只用于逾期未补正、逾期未缴费的申请"
        return [Reason("ground", told, "请选择“责令重新答复”或者“自行纠正”", "条例第三十条")]
    return []


def _charged_with(item: Item) -> list[Item]:
    """The things asked that one fee notice is about, in the order in which they are held."""
    notice = Notice.objects.filter(items=item, kind="fee", steps__isnull=False).order_by("-id").first()
    return list(notice.items.order_by("id")) if notice is not None else [item]


def _stop_inner_work(item: Item, *, is_by_applicant: bool) -> None:
    """What units and reviewers still had to do ends; what was signed or sent already stays as it is."""
    notices = Notice.objects.filter(items=item, stage__in=(Stage.DRAFT, Stage.REVIEW)).exclude(kind="withdrawn")
    for notice in notices:
        if notice.items.count() > 1:
            told = "这一件正与其他事项合并答复"
            instead = "请与受理机关联系" if is_by_applicant else "请先作废这份文书，再登记撤回"
            raise ActionRefused([Reason("joined", told, instead)])
        notice.stage = Stage.WITHDRAWN
        notice.save(update_fields=["stage"])
    Assignment.objects.filter(item=item, returned_at=None).update(returned_at=now(), opinion="申请人撤回，终止办理")
