"""Cases that go another way than most: third parties, co-makers, fees, deliveries that fail, orders to answer anew."""

from gongkai.demo.requests import paths
from gongkai.demo.requests.paths import Case, Piece
from gongkai.demo.requests.stories import ENDINGS, finish
from gongkai.inforequests.actions.deciding import PointFacts, decide_together
from gongkai.inforequests.actions.drafting import FeeFacts, draft_notice, draft_together, submit_notice
from gongkai.inforequests.actions.handling import add_release, assign
from gongkai.inforequests.actions.intake import split_request
from gongkai.inforequests.actions.progress import record_opinion, record_payment, reopen
from gongkai.inforequests.actions.serving import record_failed, serve_notice
from gongkai.inforequests.choices import ConsultationKind, Opinion, Way
from gongkai.inforequests.models import Item, Service
from gongkai.inforequests.questioning import known_answers
from gongkai.kernel.clock import today
from gongkai.law.clock import Ground
from gongkai.law.workdays import calendar

_PARTLY = {
    "open_part": "安置方案、补偿标准和已公示的房屋评估结果",
    "withheld_reasons": "第三方的补偿明细涉及个人隐私，第三方不同意公开，"
    "依照《中华人民共和国政府信息公开条例》第十五条不予公开",
}
_REFUSED = {
    "ground": "依照《中华人民共和国政府信息公开条例》第十五条，公开会对第三方合法权益造成损害的政府信息不得公开",
    "reason": "所申请的是他人的补偿协议，涉及个人隐私，经征求意见第三方不同意公开",
}


def consults_third_party(case: Case, *, is_separable: bool) -> Piece:
    """The owner of a house is asked before the figures of his compensation are told; he refuses."""
    yield from paths.arrive(case)
    yield from paths.register(case)
    yield from _consult(case, ConsultationKind.THIRD_PARTY, "城东片区被征收人赵先生", Opinion.REFUSES)
    yield case.days.after(1)
    yield from paths.search(case, is_found=True, outcome="补偿方案可以公开，个人明细应当保护")
    if is_separable:
        yield from paths.hand_in(case, "城东片区房屋征收补偿安置方案")
        points = paths.points(
            case,
            "安置方案和补偿标准予以公开；他人的补偿明细不予公开。",
            "依照《中华人民共和国政府信息公开条例》第十五条，第三方不同意公开。",
        )
        yield from paths.answer(case, "partly_third_party", points, _PARTLY)
    else:
        points = paths.points(
            case, "涉及他人隐私，不予公开。", "依照《中华人民共和国政府信息公开条例》第十五条，第三方不同意公开。"
        )
        yield from paths.answer(case, "refused_third_party", points, _REFUSED)


def consults_co_maker(case: Case) -> Piece:
    """Two organs made it together: the other one is asked and agrees."""
    yield from paths.arrive(case)
    yield from paths.register(case)
    yield from _consult(case, ConsultationKind.ORGAN, "青禾县发展和改革委员会", Opinion.CONSENTS)
    yield case.days.after(1)
    yield from finish(case, ENDINGS["granted"])


def _consult(case: Case, kind: ConsultationKind, name: str, opinion: Opinion) -> Piece:
    letter = "organ_consultation" if kind is ConsultationKind.ORGAN else "third_party_consultation"
    fields = {
        "consulted_content": "申请人申请公开的文件中与贵方有关的部分",
        "touched_rights": "文件中的补偿金额和房屋情况",
    }
    consultation = (kind, name, "青禾县和平路18号", "申请公开的文件中与被征求意见人有关的部分")
    yield from paths.write_letter(case, letter, fields, consultation=consultation)
    row = case.it.consultations.get()
    yield case.days.after(6)
    reply = "涉及家庭情况，不希望公开" if opinion is Opinion.REFUSES else "同意公开"
    record_opinion(case.clerk, row, on=today(), opinion=opinion, reply=reply)


def keeps_secret(case: Case) -> Piece:
    """A state secret: its carrier is never uploaded, only where it lies is noted; the letter tells nothing of it."""
    yield from paths.arrive(case)
    yield from paths.register(case)
    yield from paths.search(case, is_found=True, outcome="已找到，属于涉密文件，存放在保密柜")
    add_release(case.clerk, case.it, file=None, note="涉密载体，存机关保密柜，凭审批调阅", is_pointer=True)
    ending = ENDINGS["state_secret"]
    points = paths.points(case, ending.answer, ending.ground)
    yield from paths.answer(case, ending.outcome, points, dict(ending.fields or {}))


def is_reopened(case: Case) -> Piece:
    """Told that it does not exist; the reviewing organ orders a new answer; it is found and given."""
    yield from paths.arrive(case)
    yield from paths.register(case)
    yield from finish(case, ENDINGS["not_existing"])
    yield case.days.after(35)
    evidence = "复议决定书（青政复〔2026〕5号）：撤销原告知书，责令重新答复"
    reopen(case.clerk, case.it, on=today(), ground=Ground.ORDER, evidence=evidence)
    yield case.days.after(2)
    yield from finish(case, ENDINGS["granted"])


def asks_for_forty(case: Case, texts: list[str], *, pays: bool) -> Piece:
    """Forty things in one letter: reasons are asked, a fee is noticed; it is not paid, or it is."""
    yield from paths.arrive(case)
    yield from paths.register(case)
    items = split_request(case.clerk, case.request, texts=texts)
    case.item = items[0]
    yield case.days.after(1)
    fields = {"excess": f"一个月内申请公开{len(items)}项信息，数量明显超过合理范围"}
    yield from paths.send(case, draft_together(case.clerk, items, "reasons", fields=fields))
    told = "核对历年的数据，写一份调查报告，各项信息相互印证，缺一不可。"
    yield from paths.explain(case, told, 2)
    yield case.days.after(1)
    fields = {"fee_payment": "请持本通知到青禾县政务服务大厅非税窗口缴纳"}
    fee = FeeFacts("items", len(items))
    yield from paths.send(case, draft_together(case.clerk, items, "fee", fields=fields, fee=fee))
    if pays:
        yield case.days.after(6)
        record_payment(case.clerk, case.it, on=today(), proof="非税收入票据DEMO0001")
        yield case.days.after(3)
        ending = ENDINGS["already_public"]
        yield from _answer_all(case, items, ending.outcome, ending.answer, dict(ending.fields or {}))
    else:
        yield case.days.after(22)
        fields = paths.earlier_letter(case, "fee")
        yield from _answer_all(case, items, "fee_unpaid", "逾期未缴费，视为放弃申请。", fields)


def _answer_all(case: Case, items: list[Item], outcome: str, told: str, fields: dict[str, str]) -> Piece:
    """All things asked in a letter, answered alike in one notice."""
    answers = paths.answers_to(outcome, known_answers(case.it))
    points = {item.pk: [PointFacts(point=item.text, answer=told)] for item in items}
    yield from paths.send(case, decide_together(case.clerk, items, answers=answers, points=points, fields=fields))


def comes_back(case: Case) -> Piece:
    """The answer is posted, comes back unclaimed, and is handed over at the window."""
    yield from paths.arrive(case)
    yield from paths.register(case)
    ending = ENDINGS["already_public"]
    yield from paths.search(case, is_found=True, outcome="该信息已经在网站公开")
    yield case.days.after(1)
    notice = paths.decided(case, ending.outcome, paths.points(case, ending.answer), dict(ending.fields or {}))
    submit_notice(case.clerk, notice)
    yield from paths.approve(case, notice)
    yield from paths.seal(case, notice)
    notice.refresh_from_db()
    service: Service = serve_notice(
        case.clerk, notice, way=Way.POST, sent_on=today(), tracking="DEMO0000009CN", proof="挂号信收据"
    )
    yield case.days.after(7)
    record_failed(case.clerk, service, on=today(), failure="原址查无此人，退回")
    yield case.days.after(2)
    serve_notice(case.clerk, notice, way=Way.WINDOW, sent_on=today(), proof="申请人到窗口当场签收")


def is_deferred(case: Case) -> Piece:
    """Many letters of one applicant: reasons are asked and accepted, and a later day is set and told."""
    yield from paths.arrive(case)
    yield from paths.register(case)
    fields = {"excess": "三个月内就同一项目提出十二件申请，频次明显超过合理范围"}
    yield from paths.write_letter(case, "reasons", fields)
    told = "孩子所在学校的校车出过事故，家长委员会要核对历年的检查记录。台账可以分年提供。"
    yield from paths.explain(case, told, 3)
    yield case.days.after(1)
    later = calendar().add(today(), 25)
    yield from paths.write_letter(
        case, "deferral", {"reason": "理由合理，但需要查阅的档案较多"}, argument=later.isoformat()
    )
    yield case.days.after(4)
    yield from finish(case, ENDINGS["granted"])


def waits_at(case: Case, stage: str) -> Piece:
    """A case that stands at a stage of its notice on the last day: in review, signed, sealed."""
    yield from paths.arrive(case)
    yield from paths.register(case)
    yield from paths.search(case, is_found=True, outcome="已找到所申请的信息，建议予以公开")
    yield from paths.hand_in(case, case.it.text[:40])
    ending = ENDINGS["granted"]
    notice = paths.decided(case, ending.outcome, paths.points(case, ending.answer), dict(ending.fields or {}))
    if stage == "draft":
        return
    submit_notice(case.clerk, notice)
    if stage == "review":
        waiting = paths.next_approval(notice)
        assert waiting is not None
        yield case.days.after(1)
        paths.agree(case, notice, waiting)
        return
    yield from paths.approve(case, notice)
    if stage == "signed":
        return
    yield from paths.seal(case, notice)


def is_with_unit(case: Case) -> Piece:
    """A case that a unit is working on."""
    yield from paths.arrive(case)
    yield from paths.register(case)
    due = calendar().add(today(), 6)
    assign(case.clerk, case.it, units=[case.office.unit], due_on=due, task="请查找近三年的文件并提出意见")


def waits_for_clarification(case: Case) -> Piece:
    """A case that waits for its applicant."""
    yield from paths.arrive(case)
    yield from paths.register(case)
    fields = {
        "guidance": "请写明项目的全称或者文号",
        "all_defects": "没有写明项目名称和年度",
        "consequence": "逾期不补正又没有正当理由的，视为放弃申请",
    }
    notice = draft_notice(case.clerk, case.it, "clarification", fields=fields)
    yield from paths.send(case, notice)
