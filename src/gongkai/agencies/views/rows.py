"""Rows that are put right and ended alike: posts, memberships, channels."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from gongkai.agencies.actions import office
from gongkai.agencies.forms import (
    ChannelCorrection,
    EndForm,
    GroupMemberCorrection,
    OfficeMemberCorrection,
    PostForm,
)
from gongkai.agencies.models import Channel, LeadingGroupMember, OfficeMember, Post
from gongkai.agencies.queries import Named
from gongkai.agencies.views.disclosure import back_to
from gongkai.agencies.views.office import actor_of, known_or_404
from gongkai.agencies.views.pages import address, form_at
from gongkai.kernel.clock import today
from gongkai.ui.forms import Form


@dataclass(frozen=True, slots=True)
class _Kind:
    """Rows that are corrected and ended alike: what they are called, their form, the page that shows them."""

    model: type[office.DatedRow]
    name: Callable[[Any], str]
    form: type[Form]
    tab: str


_KINDS = {
    "post": _Kind(Post, lambda row: f"{row.person.name}的职务“{row.title}”", PostForm, "agency_people"),
    "office-member": _Kind(
        OfficeMember, lambda row: f"工作人员{row.person.name}", OfficeMemberCorrection, "agency_office"
    ),
    "group-member": _Kind(
        LeadingGroupMember,
        lambda row: f"领导小组{row.get_part_display()}{row.person.name}",
        GroupMemberCorrection,
        "agency_office",
    ),
    "channel": _Kind(Channel, lambda row: f"申请渠道“{row.get_kind_display()}”", ChannelCorrection, "agency_guide"),
}


@login_required
def correct(request: HttpRequest, public_id: str, kind: str, row_id: str) -> HttpResponse:
    """Puts right what was entered about a post, a membership or a channel."""
    here, told, row = _row_or_404(public_id, kind, row_id)

    def act(values: dict[str, Any]) -> str:
        office.correct_row(actor_of(request), row, **values)
        return address(here.agency, told.tab)

    initial = {name: getattr(row, name) for name in told.form.base_fields if name != "seen"}
    return form_at(
        request,
        here,
        told.form,
        act,
        f"更正{told.name(row)}",
        submit="更正",
        done="已更正",
        row=row,
        initial=initial,
        intro="只用来改正登记时的错误；情况有变化的，请终止这一条，再登记新的，以前的情况才查得到。",
        back=back_to(here, told.tab),
    )


@login_required
def end(request: HttpRequest, public_id: str, kind: str, row_id: str) -> HttpResponse:
    """Ends a post, a membership or a channel."""
    here, told, row = _row_or_404(public_id, kind, row_id)

    def act(values: dict[str, Any]) -> str:
        office.end_row(actor_of(request), row, **values)
        return address(here.agency, told.tab)

    return form_at(
        request,
        here,
        EndForm,
        act,
        f"终止{told.name(row)}",
        submit="终止",
        done="已终止",
        row=row,
        kind="warning",
        back=back_to(here, told.tab),
    )


def _row_or_404(public_id: str, kind: str, row_id: str) -> tuple[Named, _Kind, Any]:
    if kind not in _KINDS:
        raise Http404
    told = _KINDS[kind]
    row: Any = get_object_or_404(
        told.model._default_manager.select_related("agency"), public_id=row_id, agency__public_id=public_id
    )
    return known_or_404(public_id, today()), told, row
