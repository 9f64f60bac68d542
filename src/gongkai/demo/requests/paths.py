"""What an office does with a letter, act by act through the same actions as its pages: the pieces of all stories.

Each piece is a generator that gives the day on which it goes on, and ends with what it made.
"""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from gongkai.agencies.actions.acting import Actor, in_words
from gongkai.agencies.queries import name_of
from gongkai.agencies.roles import Role
from gongkai.demo.requests.offices import Office
from gongkai.demo.requests.papers import released, sealed
from gongkai.demo.requests.playing import Days
from gongkai.files.purposes import Purpose
from gongkai.files.queries import pieces_of
from gongkai.files.uploads import inspect_made
from gongkai.inforequests.actions.approving import confirm_paper, review_notice
from gongkai.inforequests.actions.deciding import PointFacts, decide
from gongkai.inforequests.actions.drafting import draft_notice, submit_notice
from gongkai.inforequests.actions.explaining import record_explanation
from gongkai.inforequests.actions.handling import (
    add_release,
    answer_assignment,
    archive,
    assign,
    record_search,
    review_release,
)
from gongkai.inforequests.actions.intake import (
    Letter,
    confirm_request,
    enter_request,
    file_request,
    register_request,
)
from gongkai.inforequests.actions.opening import see_request
from gongkai.inforequests.actions.sealing import seal_notice
from gongkai.inforequests.actions.serving import record_received, serve_notice
from gongkai.inforequests.choices import Channel, Way
from gongkai.inforequests.models import Approval, Item, Notice, Release, Request, Service
from gongkai.inforequests.notices.kinds import KINDS, Addressee
from gongkai.inforequests.questioning import known_answers
from gongkai.inforequests.steps import clock_of
from gongkai.kernel.clock import today
from gongkai.law.questions import FIRST, Outcome, follow
from gongkai.law.workdays import calendar

Piece = Generator[date, None, None]
_PROOFS = {
    Way.POST: "挂号信收据",
    Way.DOWNLOAD: "申请人同意电子送达",
    Way.WINDOW: "申请人当场签收",
    Way.READING: "申请人到场查阅，在查阅登记表上签字",
}


@dataclass
class Case:
    """A case in play: its office, its letter, the working days it has used, and what was made of it."""

    office: Office
    letter: Letter
    days: Days
    item: Item | None = None
    code: str = ""

    @property
    def it(self) -> Item:
        """The item, read anew."""
        assert self.item is not None
        self.item.refresh_from_db()
        return self.item

    @property
    def request(self) -> Request:
        """The letter as it is kept."""
        return self.it.request

    @property
    def clerk(self) -> Actor:
        """The clerk of the office."""
        return self.office.actor(Role.CLERK)


def arrive(case: Case) -> Piece:
    """The letter comes: filed by its sender, or entered by the clerk (or at the window)."""
    yield case.days.on
    if case.letter.channel == Channel.INTERNET:
        filed = file_request(case.letter)
    else:
        role = Role.WINDOW_CLERK if case.letter.channel == Channel.IN_PERSON else Role.CLERK
        actor = case.office.actor(role) if _holds(case.office, role) else case.clerk
        filed = enter_request(actor, case.letter)
    case.code = filed.code
    case.item = filed.request.items.get()


def register(case: Case, opinion: str = "按程序分办，限期反馈") -> Piece:
    """The clerk sees and registers it the day after; what waits for confirmation is confirmed by telephone first."""
    yield case.days.after(1)
    see_request(case.clerk, case.request)
    if case.it.received_on is None:
        confirm_request(case.clerk, case.request, on=today())
    register_request(case.clerk, case.request, opinion=opinion)


def search(case: Case, *, is_found: bool, outcome: str, wait: int = 3) -> Piece:
    """The unit gets it, searches, and gives it back with a record and an opinion."""
    due = calendar().add(today(), wait + 3)
    assign(case.clerk, case.it, units=[case.office.unit], due_on=due, task="请查找并提出意见")
    yield case.days.after(wait)
    handler = case.office.actor(Role.UNIT_HANDLER)
    record_search(
        handler,
        case.it,
        place=f"{case.office.unit.name}业务系统、机关档案室",
        terms=case.it.text[:40],
        searched_on=today(),
        is_found=is_found,
        outcome=outcome,
        archive_asked=not is_found,
    )
    answer_assignment(handler, case.it, opinion=outcome)


def hand_in(case: Case, title: str) -> Piece:
    """A document is handed in, probed, and cleared by the secrecy reviewer."""
    release = add_release(
        case.clerk, case.it, file=inspect_made(_paper(title), name=f"{title[:40]}.pdf", purpose=Purpose.CASE)
    )
    yield case.days.after(1)
    clear(case, release)


def clear(case: Case, release: Release) -> None:
    """The secrecy reviewer looks at it and clears it."""
    review = "已逐页核对，不涉及国家秘密、工作秘密、商业秘密和个人隐私"
    review_release(case.office.actor(Role.SECRECY_REVIEWER), release, is_cleared=True, review=review)


def write_letter(case: Case, kind: str, fields: Mapping[str, str], **more: object) -> Piece:
    """A letter within the procedure, from draft to service."""
    notice = draft_notice(case.clerk, case.it, kind, fields=fields, **more)  # type: ignore[arg-type]  # as named there
    yield from send(case, notice)


def explain(case: Case, text: str, wait: int) -> Piece:
    """The applicant tells on the web why he asks for so much."""
    yield case.days.after(wait)
    record_explanation(None, case.it, on=today(), text=text)


def answer(case: Case, outcome: str, points: Sequence[PointFacts], fields: Mapping[str, str]) -> Piece:
    """The decision by the questions, its notice from draft to service."""
    yield case.days.after(1)
    yield from send(case, decided(case, outcome, points, fields))


def earlier_letter(case: Case, kind: str) -> dict[str, str]:
    """The field that tells when a letter was sent, when it arrived, and that its days have passed."""
    service = Service.objects.filter(notice__items=case.it, notice__kind=kind).select_related("notice").get()
    arrived = service.received_on or service.sent_on
    told = clock_of(case.it, on=arrived)
    assert told is not None
    last = max(told.limits.values())
    words = f"{KINDS[kind].name}（{service.notice.number}）已于{in_words(arrived)}送达，期限于{in_words(last)}届满"
    return {"earlier_notice": words}


def decided(case: Case, outcome: str, points: Sequence[PointFacts], fields: Mapping[str, str]) -> Notice:
    """The decision with the draft of its notice."""
    answers = answers_to(outcome, known_answers(case.it))
    return decide(case.clerk, case.it, answers=answers, points=points, fields=fields)


def send(case: Case, notice: Notice) -> Piece:
    """Submitted, approved by all in turn, sealed, served by the way that the applicant chose."""
    submit_notice(case.clerk, notice)
    yield from approve(case, notice)
    yield from seal(case, notice)
    yield from serve(case, notice)


def approve(case: Case, notice: Notice) -> Piece:
    """Everybody of the chain agrees, a working day each; who has no login signs on paper."""
    while (waiting := next_approval(notice)) is not None:
        yield case.days.after(1)
        agree(case, notice, waiting)


def next_approval(notice: Notice) -> Approval | None:
    """The place of the chain whose turn it is."""
    return Approval.objects.filter(notice=notice, at=None).order_by("attempt", "order").first()


def agree(case: Case, notice: Notice, waiting: Approval, opinion: str = "同意") -> None:
    """One agrees."""
    role = Role(waiting.role)
    notice.refresh_from_db()
    if case.office.login(role) is not None:
        review_notice(case.office.actor(role), notice, is_agreed=True, opinion=opinion)
        return
    signer = case.office.who(role)
    review_notice(case.clerk, notice, is_agreed=True, opinion=opinion, for_person=signer)
    signed = Approval.objects.get(pk=waiting.pk)
    confirm_paper(case.office.actor(Role.OFFICE_HEAD), signed)


def seal(case: Case, notice: Notice) -> Piece:
    """The seal keeper takes the signed file and gives it back sealed."""
    yield case.days.after(1)
    notice.refresh_from_db()
    letter = b"".join(pieces_of(notice.final_file, owner=notice.public_id))
    assert notice.signed_on is not None
    stamped = sealed(letter, name_of(case.office.agency, today()), in_words(notice.signed_on))
    file = inspect_made(stamped, name=f"{notice.number}.pdf", purpose=Purpose.CASE)
    seal_notice(case.office.actor(Role.SEAL_KEEPER), notice, file=file)


def serve(case: Case, notice: Notice) -> Piece:
    """It goes out; what is posted is received three working days later."""
    is_to_applicant = KINDS[notice.kind].to is Addressee.APPLICANT
    way = Way(case.letter.way) if is_to_applicant else Way.POST
    notice.refresh_from_db()
    tracking = "DEMO0000001CN" if way == Way.POST else ""
    service = serve_notice(case.clerk, notice, way=way, sent_on=today(), tracking=tracking, proof=_PROOFS[way])
    if way == Way.POST:
        yield from received(case, service)


def received(case: Case, service: Service) -> Piece:
    """The receipt comes back."""
    yield case.days.after(3)
    record_received(case.clerk, service, on=today(), proof="邮政企业投递回执")


def close(case: Case) -> Piece:
    """The file of the case goes into the archive."""
    yield case.days.after(5)
    archive(case.clerk, case.it)


def points(case: Case, text: str, ground: str = "") -> list[PointFacts]:
    """The one thing asked, answered."""
    return [PointFacts(point=case.it.text[:200], answer=text, ground=ground)]


def answers_to(outcome: str, known: Mapping[str, bool]) -> tuple[bool, ...]:
    """The shortest way through the questions that ends there, along what the records say already."""
    waiting: list[tuple[str, tuple[bool, ...]]] = [(FIRST.id, ())]
    while waiting:
        here, answers = waiting.pop(0)
        if here == outcome:
            return answers
        found = follow(here)
        if not isinstance(found, Outcome):
            for answer, following in ((True, found.yes), (False, found.no)):
                if known.get(here, answer) == answer:
                    waiting.append((following, (*answers, answer)))
    raise KeyError(outcome)


@cache
def _paper(title: str) -> bytes:
    rows = (("名称", title), ("制作日期", "2025年"), ("数量", "12项"), ("金额", "合计356.8万元"), ("说明", "示范数据"))
    return released(title, rows, agency="示范县有关机关")


def _holds(office: Office, role: Role) -> bool:
    try:
        office.who(role)
    except IndexError:
        return False
    return True
