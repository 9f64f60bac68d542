"""An agency's disclosure work: its office and leading group, channels for requests, and the guide."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from gongkai.agencies import queries, staff
from gongkai.agencies.actions import office
from gongkai.agencies.fields import offering
from gongkai.agencies.forms import (
    ChannelForm,
    GroupMemberForm,
    GuideTextForm,
    OfficeForm,
    OfficeMemberForm,
)
from gongkai.agencies.guide import default_text, guide_of
from gongkai.agencies.guide_facts import facts_of
from gongkai.agencies.models import (
    DisclosureOffice,
    GuideText,
    OfficeMember,
    Unit,
)
from gongkai.agencies.permissions import MANAGE_AGENCY
from gongkai.agencies.queries import Named
from gongkai.agencies.views.office import actor_of, known_or_404, links, people_choices, person_here_or_404
from gongkai.agencies.views.pages import address, agency_tab, asked_of, form_at, may_now
from gongkai.kernel.clock import today
from gongkai.ui.forms import Form


@login_required
def index(request: HttpRequest, public_id: str) -> HttpResponse:
    """The disclosure office and the leading group on a day."""
    here, asked = asked_of(request, public_id)
    agency, on = here.agency, asked.on
    may_manage = may_now(request, MANAGE_AGENCY, here, asked)
    found = queries.office(agency, on)
    context = {
        "office": _office_items(found) if found is not None else None,
        "members": [
            {
                "what": row.person.name,
                "text": _standing_of(row),
                "links": _row_links(here, "office-member", row, may_manage),
            }
            for row in staff.office_members(agency, on)
        ],
        "group": [
            {
                "what": f"{row.get_part_display()}：{row.person.name}",
                "text": row.duties,
                "links": _row_links(here, "group-member", row, may_manage),
            }
            for row in staff.leading_group(agency, on)
        ],
        "office_links": links(
            ("变更工作机构" if found else "登记工作机构", address(agency, "office_set"), may_manage),
            ("登记工作人员", address(agency, "office_member_add"), may_manage),
        ),
        "group_links": links(("登记领导小组成员", address(agency, "group_member_add"), may_manage)),
    }
    return agency_tab(request, here, asked, "agency_office", "agencies/office.html", context)


@login_required
def guide(request: HttpRequest, public_id: str) -> HttpResponse:
    """The guide as the public sees it on a day, what it lacks, and where each part is changed."""
    here, asked = asked_of(request, public_id)
    agency = here.agency
    may_manage = may_now(request, MANAGE_AGENCY, here, asked)
    facts = facts_of([agency], asked.on)[0]
    told = guide_of(facts, asked.on)
    context = {
        "guide": told,
        "findings": told.findings if may_manage else (),
        "parts": [
            {
                "what": part.label,
                "text": _origin(facts.texts.get(part), default_text(part, facts, asked.on)),
                "links": links(("填写", address(agency, "guide_write", part), True)),
            }
            for part in GuideText.Part
        ]
        if may_manage
        else [],
        "channels": [
            {
                "what": row.get_kind_display(),
                "text": row.details + (f"（{row.note}）" if row.note else ""),
                "links": _row_links(here, "channel", row, may_manage),
            }
            for row in facts.channels
        ],
        "links": links(("登记申请渠道", address(agency, "channel_open"), may_manage)),
        "public": address(agency, "public_guide") + asked.query,
    }
    return agency_tab(request, here, asked, "agency_guide", "agencies/guide.html", context)


@login_required
def set_office(request: HttpRequest, public_id: str) -> HttpResponse:
    """Tells what the disclosure office is from a day on."""
    here = known_or_404(public_id, today())
    before = queries.office(here.agency, today())

    def act(values: dict[str, Any]) -> str:
        unit = Unit.objects.filter(public_id=values.pop("unit") or None).first()
        office.set_office(actor_of(request), here.agency, unit=unit, **values)
        return address(here.agency, "agency_office")

    initial: dict[str, Any] = {"from_on": today()}
    if before is not None:
        kept = {name: getattr(before, name) for name in OfficeForm.base_fields if name not in ("seen", "from_on")}
        initial = {**initial, **kept, "unit": before.unit.public_id if before.unit else ""}
    return form_at(
        request,
        here,
        offering(OfficeForm, unit=queries.unit_choices(here.agency, today())),
        act,
        "政府信息公开工作机构",
        done="已登记，公开指南随即更新",
        row=before,
        initial=initial,
        back=back_to(here, "agency_office"),
    )


@login_required
def add_office_member(request: HttpRequest, public_id: str) -> HttpResponse:
    """Notes who works in the office."""
    here = known_or_404(public_id, today())

    def act(values: dict[str, Any]) -> str:
        person = person_here_or_404(values.pop("person"), here.agency)
        office.add_office_member(actor_of(request), here.agency, person, **values)
        return address(here.agency, "agency_office")

    return form_at(
        request,
        here,
        offering(OfficeMemberForm, person=people_choices(here.agency, today())),
        act,
        "登记工作人员",
        done="已登记工作人员",
        initial={"is_established": True},
        back=back_to(here, "agency_office"),
    )


@login_required
def add_group_member(request: HttpRequest, public_id: str) -> HttpResponse:
    """Notes a member of the leading group."""
    here = known_or_404(public_id, today())

    def act(values: dict[str, Any]) -> str:
        person = person_here_or_404(values.pop("person"), here.agency)
        office.add_group_member(actor_of(request), here.agency, person, **values)
        return address(here.agency, "agency_office")

    return form_at(
        request,
        here,
        offering(GroupMemberForm, person=people_choices(here.agency, today())),
        act,
        "登记领导小组成员",
        done="已登记领导小组成员",
        back=back_to(here, "agency_office"),
    )


@login_required
def open_channel(request: HttpRequest, public_id: str) -> HttpResponse:
    """Opens a channel."""
    here = known_or_404(public_id, today())

    def act(values: dict[str, Any]) -> str:
        office.open_channel(actor_of(request), here.agency, **values)
        return address(here.agency, "agency_guide")

    return form_at(
        request,
        here,
        ChannelForm,
        act,
        "登记申请渠道",
        done="已登记申请渠道，公开指南随即更新",
        intro="同一渠道原来的登记到开通日期为止。当面提交和邮寄是任何机关都不得拒绝的渠道。",
        back=back_to(here, "agency_guide"),
    )


@login_required
def write_guide(request: HttpRequest, public_id: str, part: str) -> HttpResponse:
    """Writes a part of the guide."""
    if part not in GuideText.Part.values:
        raise Http404
    here = known_or_404(public_id, today())
    rows = GuideText.objects.filter(agency=here.agency, part=part, from_on__lte=today())
    before = rows.order_by("-from_on").first()

    def act(values: dict[str, Any]) -> str:
        office.write_guide_text(actor_of(request), here.agency, part=part, **values)
        return address(here.agency, "agency_guide")

    default = default_text(part, facts_of([here.agency], today())[0], today())
    text = before.text if before is not None and before.text else default

    def form(data: Any, **options: Any) -> Form:
        made = GuideTextForm(data, **options)
        made.fields["text"].required = not default
        return made

    return form_at(
        request,
        here,
        form,
        act,
        f"公开指南：{GuideText.Part(part).label}",
        done="已保存，公开指南随即更新",
        row=before,
        initial={"text": text, "from_on": today()},
        intro=_guide_intro(bool(default), is_own=before is not None and bool(before.text)),
        back=back_to(here, "agency_guide"),
    )


def _guide_intro(has_default: bool, *, is_own: bool) -> str:
    """What to know before a part of the guide is written."""
    if is_own and has_default:
        return "清空后保存，恢复为按法律和登记的资料自动写成的内容。"
    if has_default:
        return "下面是按法律和登记的资料写的，不改就不必保存：改写以后，法律或资料变动时它不再随着更新。"
    return ""


def _row_links(here: Named, kind: str, row: Any, may_manage: bool) -> list[dict[str, str]]:
    return links(
        ("更正", address(here.agency, "row_correct", kind, row.public_id), may_manage),
        ("终止", address(here.agency, "row_end", kind, row.public_id), may_manage and row.to_on is None),
    )


def _office_items(found: DisclosureOffice) -> list[dict[str, str]]:
    unit = f"{queries.name_of(found.unit.agency, today())}{found.unit.name}" if found.unit is not None else ""
    return [
        {"label": "名称", "text": found.name},
        {"label": "承担的内设机构", "text": unit},
        {"label": "办公地址", "text": found.address},
        {"label": "办公时间", "text": found.hours},
        {"label": "联系电话", "text": found.phone},
        {"label": "传真", "text": found.fax},
        {"label": "电子邮箱", "text": found.email},
        {"label": "网址", "text": found.website},
        {"label": "邮政编码", "text": found.postcode},
    ]


def _standing_of(row: OfficeMember) -> str:
    return f"{'专职' if row.is_full_time else '兼职'}，{'在编' if row.is_established else '非在编'}"


def _origin(own: str | None, default: str) -> str:
    if own:
        return "本机关填写的内容"
    return "按法律和登记的资料自动写成" if default else "还没有填写"


def back_to(here: Named, tab: str) -> tuple[str, str]:
    """The way back to a tab of the agency."""
    names = {"agency_office": "工作机构和领导小组", "agency_guide": "公开指南", "agency_people": "人员"}
    return names[tab], address(here.agency, tab)
