"""The acts on the tree of agencies: founding, changing, moving, renaming, merging, naming a reviewing organ."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.agencies import queries
from gongkai.agencies.actions import tree
from gongkai.agencies.fields import offering
from gongkai.agencies.forms import DetailsForm, FoundForm, MergeForm, MoveForm, RenameForm, ReviewOrganForm
from gongkai.agencies.permissions import MANAGE_TREE
from gongkai.agencies.reviewing import related_ids, reviewing
from gongkai.agencies.views.office import actor_of, agency_choices, known_or_404, require, trail
from gongkai.agencies.views.pages import address, form_at
from gongkai.kernel.clock import today
from gongkai.ui.pages import form_page


@login_required
def found(request: HttpRequest) -> HttpResponse:
    """Founds an agency."""
    require(request, MANAGE_TREE, None)

    def act(values: dict[str, Any]) -> str:
        return address(tree.found_agency(actor_of(request), **values))

    return form_page(
        request,
        offering(FoundForm, parent=agency_choices(today()), government=agency_choices(today(), governments=True)),
        act,
        title="设立机构",
        submit="设立机构",
        done="已设立机构",
        breadcrumb=trail(("机构", reverse("agencies")), "设立机构"),
    )


@login_required
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Changes what is known of an agency."""
    here = known_or_404(public_id, today())

    def act(values: dict[str, Any]) -> str:
        tree.change_agency(actor_of(request), here.agency, **values)
        return address(here.agency)

    initial = {name: getattr(here.agency, name) for name in DetailsForm.base_fields if name != "seen"}
    return form_at(
        request,
        here,
        DetailsForm,
        act,
        "修改机构资料",
        submit="保存资料",
        done="已保存机构资料",
        row=here.agency,
        initial=initial,
    )


@login_required
def move(request: HttpRequest, public_id: str) -> HttpResponse:
    """Puts an agency below another, or corrects what it is in law."""
    here, on = known_or_404(public_id, today()), today()
    agency = here.agency

    def act(values: dict[str, Any]) -> str:
        tree.change_agency(actor_of(request), agency, **values)
        return address(agency)

    form = offering(
        MoveForm,
        parent=agency_choices(on, without=agency),
        government=agency_choices(on, without=agency, governments=True),
    )
    initial = {
        "parent": agency.parent.public_id if agency.parent else "",
        "government": agency.government.public_id if agency.government else "",
        "kind": agency.kind,
        "level": agency.level,
        "code": agency.code,
    }
    return form_at(
        request,
        here,
        form,
        act,
        "调整隶属",
        submit="保存隶属",
        done="已调整隶属，复议机关随之重新确定",
        needs=MANAGE_TREE,
        row=agency,
        initial=initial,
    )


@login_required
def review_organ(request: HttpRequest, public_id: str) -> HttpResponse:
    """Names another reviewing organ than the one that follows from the law."""
    here = known_or_404(public_id, today())
    agency = here.agency
    now = reviewing(agency, here.name, queries.names_on(related_ids(agency), today()))

    def act(values: dict[str, Any]) -> str:
        tree.set_review_organ(actor_of(request), agency, **values)
        return address(agency)

    initial = {
        "review_organ": agency.review_organ.public_id if agency.review_organ else "",
        "review_organ_name": agency.review_organ_name,
        "review_organ_reason": agency.review_organ_reason,
    }
    return form_at(
        request,
        here,
        offering(ReviewOrganForm, review_organ=agency_choices(today(), without=agency)),
        act,
        "另行指定复议机关",
        submit="保存复议机关",
        done="已保存复议机关，公开指南随即更新",
        needs=MANAGE_TREE,
        row=agency,
        initial=initial,
        intro=f"现在的复议机关是{now.reviewer}。按法律确定的依据：{now.basis}。",
    )


@login_required
def rename(request: HttpRequest, public_id: str) -> HttpResponse:
    """Gives an agency another name."""
    here = known_or_404(public_id, today())

    def act(values: dict[str, Any]) -> str:
        tree.rename_agency(actor_of(request), here.agency, **values)
        return address(here.agency)

    return form_at(
        request,
        here,
        RenameForm,
        act,
        "更名",
        submit="从启用日期起更名",
        done="已登记新的名称",
        needs=MANAGE_TREE,
        initial={"short_names": " ".join(here.short_names)},
        intro=f"现名称是{here.name}。原来的名称保留，按旧名仍能找到本机关。",
    )


@login_required
def merge(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ends an agency whose duties go to one other, or are split among several."""
    here = known_or_404(public_id, today())

    def act(values: dict[str, Any]) -> str:
        chosen = [values.pop(name) for name in ("into", "second", "third")]
        tree.merge_agency(actor_of(request), here.agency, into=[one for one in chosen if one is not None], **values)
        return address(here.agency)

    choices = agency_choices(today(), without=here.agency)
    counted = "、".join(f"{count}项{name}" for name, count in tree.ending_counts(here.agency, today()))
    return form_at(
        request,
        here,
        offering(MergeForm, into=choices, second=choices, third=choices),
        act,
        f"合并或分立{here.name}",
        submit="合并到承继的机构",
        done="已登记承继，原机关的日志写下了最后一条",
        needs=MANAGE_TREE,
        kind="warning",
        follows=[
            "本机关的记录原样保留，申请等未了的事项由承继的机构办理",
            *([f"本机关现有的{counted}同日终止，还没有生效的登记撤回，承继的机构另行任用"] if counted else []),
            "公众按旧名查找时，会看到由谁承继",
            "本机关的日志写下最后一条，不能再变动",
        ],
    )
