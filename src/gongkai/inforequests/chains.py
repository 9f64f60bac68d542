"""The chain of a notice (审签程序): which places there are, and who may stand at each."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from gongkai.agencies.permissions import holders
from gongkai.agencies.queries import acting_for
from gongkai.agencies.roles import Role
from gongkai.inforequests.choices import HandlingKind
from gongkai.inforequests.models import Approval, Notice, NoticeSetting
from gongkai.inforequests.notices.kinds import KINDS, Kind
from gongkai.kernel.clock import SHANGHAI, today
from gongkai.kernel.reasons import Reason

if TYPE_CHECKING:
    from gongkai.agencies.models import Agency, Person


class Place(NamedTuple):
    """A place in the chain: what is done there (a `HandlingKind`), and by which role."""

    act: HandlingKind
    role: Role


def chain(*, secrecy: bool, legality: bool, signer: Role) -> list[Place]:
    """The places in order: secrecy, legality, the office's head, who signs; the office's head stands there once."""
    places = []
    if secrecy:
        places.append(Place(HandlingKind.SECRECY_REVIEWED, Role.SECRECY_REVIEWER))
    if legality:
        places.append(Place(HandlingKind.LEGALITY_REVIEWED, Role.LEGALITY_REVIEWER))
    if signer != Role.OFFICE_HEAD:
        places.append(Place(HandlingKind.APPROVED, Role.OFFICE_HEAD))
    return [*places, Place(HandlingKind.SIGNED, signer)]


def chain_for(agency: "Agency", kind: Kind) -> list[Place]:
    """The chain of a kind of notice at an agency: its own setting, else the default of `notices.kinds`."""
    own = NoticeSetting.objects.filter(agency=agency, kind=kind.key).first()
    if own is not None:
        return chain(secrecy=own.secrecy, legality=own.legality, signer=Role(own.signer))
    return chain(secrecy=kind.secrecy, legality=kind.legality, signer=kind.signer)


def chain_of(notice: Notice) -> list[Place]:
    """The chain that a notice goes through when it is submitted today."""
    return chain_for(acting_for(notice.agency, today()), KINDS[notice.kind])


def against_place(notice: Notice, place: Place) -> list[Reason]:
    drafters = drafters_of(notice)
    if any(row.person_id not in drafters for row in holders(place.role, notice.agency, today())):
        return []
    label = place.role.label
    return [Reason("nobody", f"除拟稿人外，没有人担任{label}", f"请先任用{label}，或者调整审签设置")]


def against_person(notice: Notice, place: Approval, person: "Person", on: date) -> list[Reason]:
    """The drafter never approves; who approved before does so again only where nobody else holds the role."""
    drafters = drafters_of(notice)
    if person.pk in drafters:
        return [Reason("drafter", "您拟写或者修改过这份文书，不能审签", "请由其他人员审签")]
    if has_decided(place, person):
        others = {row.person_id for row in holders(place.role, notice.agency, on)} - drafters - {person.pk}
        if others:
            return [Reason("twice", "您在前面的环节已经签过", f"请由另一位{Role(place.role).label}审签")]
    return []


def has_decided(place: Approval, person: "Person") -> bool:
    before = Approval.objects.filter(notice=place.notice_id, attempt=place.attempt, person=person)
    return before.exclude(pk=place.pk).exists()


def drafters_of(notice: Notice) -> set[int]:
    """Who wrote or changed the words of a notice."""
    written = notice.handlings.filter(kind=HandlingKind.DRAFTED).values_list("person", flat=True)
    return {person for person in (*written, notice.drafted_by_id) if person is not None}


def is_delegate(notice: Notice, place: Approval, person: "Person") -> bool:
    rows = [row for row in holders(place.role, notice.agency, day_of(place)) if row.person_id == person.pk]
    return bool(rows) and all(row.delegated_from_id is not None for row in rows)


def day_of(place: Approval | None) -> date:
    return today() if place is None or place.at is None else place.at.astimezone(SHANGHAI).date()
