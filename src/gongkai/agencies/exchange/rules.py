"""The rules of the organisation over rows and their neighbours, wherever these come from: a line or the database."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from gongkai.agencies.actions.acting import in_words
from gongkai.agencies.models import (
    Agency,
    Appointment,
    Channel,
    LeadingGroupMember,
    OfficeMember,
    Post,
    Succession,
    Unit,
)
from gongkai.agencies.roles import Kind, Role
from gongkai.kernel.reasons import Reason


def covers(row: Any, on: date) -> bool:
    """Whether a dated row holds on a day."""
    return row.from_on <= on and (row.to_on is None or on < row.to_on)


def meets(row: Any, other: Any) -> bool:
    """Whether two dated rows hold on one day, at least."""
    return (row.to_on is None or other.from_on < row.to_on) and (other.to_on is None or row.from_on < other.to_on)


def beside(row: Any, others: Iterable[Any]) -> list[Any]:
    """Those of the others that hold while the row does."""
    return [other for other in others if other.pk != row.pk and meets(row, other)]


def against_period(row: Any) -> Iterator[Reason]:
    """An end that does not lie after the beginning."""
    if row.to_on is not None and row.to_on <= row.from_on:
        yield Reason("period", f"终止日期应晚于起始日期{in_words(row.from_on)}", "请核对日期")


def against_early(row: Any, agency: Agency, what: str) -> Iterator[Reason]:
    """Something that begins before its agency."""
    if row.from_on < agency.from_on:
        yield Reason("day", f"{what}不能早于{in_words(agency.from_on)}", "请核对日期")


def against_late(row: Any, agency: Agency) -> Iterator[Reason]:
    """Something that goes on, or begins, after its agency has ended."""
    if agency.to_on is None:
        return
    if row.from_on >= agency.to_on:
        yield Reason("agency", "起始日期不在该机关存续期间", "请核对日期")
    elif hasattr(row, "to_on") and (row.to_on is None or row.to_on > agency.to_on):
        yield Reason("unended", f"该机关已于{in_words(agency.to_on)}撤销", "请填写终止日期，不晚于那一天")


def against_place(agency: Agency, on: date, *, skip: set[int]) -> Iterator[Reason]:
    """A place in the tree that can't be: below or under something that is gone, a ring, a government that is none."""
    for above, what in ((agency.parent, "上级"), (agency.government, "所属人民政府")):
        if above is not None and above.pk not in skip and above.to_on is not None and above.to_on <= on:
            yield Reason("above_closed", f"{what}已撤销", "请选择仍在的机构")
    if _is_above(agency, agency.parent, "parent"):
        yield Reason("cycle", "上级不能是本机关或本机关的下级，否则机构树会成环", "请另选上级")
    government = agency.government
    if government is not None and government.pk not in skip and government.kind != Kind.GOVERNMENT:
        yield Reason("government", "所属人民政府应是一级人民政府", "请另选")
    elif _is_above(agency, government, "government"):
        yield Reason("government_cycle", "所属人民政府不能是本机关或隶属于本机关", "请另选")


def against_review(agency: Agency) -> Iterator[Reason]:
    """A review organ that is named twice, or without a reason."""
    is_named = agency.review_organ is not None or bool(agency.review_organ_name)
    if is_named and not agency.review_organ_reason:
        yield Reason("reason", "没有写明另行指定的理由", "请写明依据，如批准文件或法律条款")
    if agency.review_organ is not None and agency.review_organ_name:
        yield Reason("both", "复议机关写了两个", "请只选择或只填写一个")


def against_having_ended(
    agency: Agency, into: list[Succession], children: list[Agency], departments: list[Agency], on: date
) -> Iterator[Reason]:
    """An agency that is entered as one that has ended: it must have been merged lawfully."""
    if agency.to_on is not None and agency.to_on > on:
        yield Reason("future", "撤销日期还没有到", "请到当天再登记")
    if not into:
        yield Reason("successor", "没有写明由哪个机构承继职责", "请在“承继”表中补上")
    running = [child for child in children if child.to_on is None]
    if running:
        yield Reason("children", f"还有{len(running)}个下级机构", "请先为它们另选上级")
    under = [department for department in departments if department.to_on is None]
    if under:
        yield Reason("departments", f"还有{len(under)}个机构隶属于它", "请先调整它们的所属人民政府")


def against_unit(unit: Unit, same: list[Unit]) -> Iterator[Reason]:
    """Two sections of one name in one agency at a time."""
    if beside(unit, same):
        yield Reason("unit_name", f"本机关已有内设机构“{unit.name}”", "请改用别的名称")


def against_closing(unit: Unit, appointments: list[Appointment]) -> Iterator[Reason]:
    """A section that ends while somebody is appointed to it."""
    assert unit.to_on is not None
    running = [row for row in appointments if row.to_on is None or row.to_on > unit.to_on]
    names = sorted({row.person.name for row in running})
    if names:
        yield Reason("appointments", f"{'、'.join(names)}还任用在这个内设机构", "请先终止或调整他们的任用")


def against_post(post: Post, same: list[Post]) -> Iterator[Reason]:
    """The same job twice at a time."""
    if beside(post, same):
        yield Reason("twice", f"该人员在这段时间已任{post.title}", "请先登记原来的免职日期")


def against_appointing(row: Appointment, others: list[Appointment]) -> Iterator[Reason]:
    """The same role twice at a time, a section that is another's or gone, an agency that is gone."""
    agency, unit = row.agency, row.unit
    if unit is not None:
        if unit.agency_id != row.agency_id:
            yield Reason("unit", "内设机构不属于这个机关", "请重新选择内设机构")
        elif row.from_on < unit.from_on or (unit.to_on is not None and (row.to_on or date.max) > unit.to_on):
            yield Reason("unit_gone", "内设机构在这段时间不存在", "请核对日期，或另选内设机构")
    if agency is not None and row.from_on < agency.from_on:
        yield Reason("agency", "起始日期不在该机关存续期间", "请核对日期")
    place = (row.role, row.agency_id, row.unit_id)
    if any((other.role, other.agency_id, other.unit_id) == place for other in beside(row, others)):
        yield Reason("twice", f"该人员在这段时间已任用为{Role(row.role).label}", "请先终止原来的任用，或改用别的日期")


def against_delegating(row: Appointment, source: Appointment, others: list[Appointment]) -> Iterator[Reason]:
    """A delegation that goes beyond what it comes from, to oneself, or to two at a time."""
    if source.person_id == row.person_id:
        yield Reason("self", "代行人不能是本人", "请另选代行人")
    if row.from_on < source.from_on:
        yield Reason("earlier", f"授权不能早于本人任用的起始日期{in_words(source.from_on)}", "请核对日期")
    if row.to_on is None:
        yield Reason("endless", "授权代行没有终止日期", "请填写终止日期")
    elif source.to_on is not None and row.to_on > source.to_on:
        yield Reason("longer", f"授权不能超过本人任用的终止日期{in_words(source.to_on)}", "请核对日期")
    other = next(iter(beside(row, others)), None)
    if other is not None:
        yield Reason("two", f"这段时间已授权{other.person.name}代行", "请先终止那次授权，或改用别的日期")


def against_ending(row: Appointment, to_on: date, same: list[Appointment]) -> Iterator[Reason]:
    """The last head of an agency can't go without a successor."""
    if row.role != Role.HEAD or row.delegated_from_id is not None:
        return
    others = [other for other in same if other.delegated_from_id is None and other.pk != row.pk]
    if not any(covers(other, to_on) for other in others):
        yield Reason("last", f"这是最后一名{Role(row.role).label}，不能空缺", "请先任用接任的人员")


def against_outliving(to_on: date, given: list[Appointment]) -> Iterator[Reason]:
    """Delegations end with what they come from: those that would go on are told, so that their lines say so too."""
    running = [row for row in given if row.from_on < to_on and (row.to_on is None or row.to_on > to_on)]
    if running:
        names = "、".join(sorted({row.person.name for row in running}))
        yield Reason("delegations", f"{names}受托代行这项职责，还没有终止", "请把代行的终止日期也写成不晚于这一天")


def against_membership(row: OfficeMember | LeadingGroupMember, same: list[Any]) -> Iterator[Reason]:
    """Somebody twice in the same office or group."""
    if beside(row, same):
        yield Reason("twice", "该人员在这段时间已经登记过", "请先终止原来的登记")


def against_second_leader(row: LeadingGroupMember, group: list[LeadingGroupMember]) -> Iterator[Reason]:
    """Two leaders of one group."""
    if row.part == LeadingGroupMember.Part.LEADER and any(other.part == row.part for other in beside(row, group)):
        yield Reason("leader", "领导小组在这段时间已有组长", "请先终止原组长的登记")


def against_channel(channel: Channel, same: list[Channel]) -> Iterator[Reason]:
    """Two channels of a kind open at a time."""
    if beside(channel, same):
        yield Reason("channel", "该机关这种渠道在这段时间已有登记", "请先填写原来那一行的关闭日期")


def _is_above(agency: Agency, start: Agency | None, link: str) -> bool:
    """Whether an agency is met on the way up from another, itself included; a ring that is already there ends too."""
    met: set[int] = set()
    here = start
    while here is not None and here.pk not in met:
        if here.pk == agency.pk:
            return True
        met.add(here.pk)
        here = getattr(here, link)
    return False
