"""The tree of agencies and the page of one; founding, changing, renaming, merging; sections."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from gongkai.agencies import queries
from gongkai.agencies.actions import tree
from gongkai.agencies.forms import DetailsForm, EndForm, FoundForm, MergeForm, RenameForm, UnitForm
from gongkai.agencies.guide import guide
from gongkai.agencies.models import Unit
from gongkai.agencies.permissions import APPOINT, MANAGE_AGENCY, MANAGE_TREE
from gongkai.agencies.views.office import actor_of, agency_choices, agency_or_404, may, require, trail
from gongkai.kernel.clock import today
from gongkai.ui.pages import form_page


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """All agencies, each below the one that oversees it; a search by name or by what they do."""
    words, on = request.GET.get("q", "").strip(), today()
    rows = [(0, row) for row in queries.search(words, on)] if words else queries.tree(on)
    context = {
        "rows": rows,
        "words": words,
        "may_found": may(request, MANAGE_TREE, None),
        "breadcrumb": trail("机构"),
    }
    return render(request, "agencies/index.html", context)


@login_required
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One agency: what it is, who works there, what its guide lacks."""
    agency, on = agency_or_404(public_id), today()
    name = queries.name_of(agency, on)
    context = {
        "agency": agency,
        "name": name,
        "names": agency.names.order_by("-from_on"),
        "heads": queries.heads(agency, on),
        "appointments": queries.appointments(agency, on),
        "units": queries.units(agency, on),
        "office": queries.office(agency, on),
        "office_members": queries.office_members(agency, on),
        "leading_group": queries.leading_group(agency, on),
        "channels": queries.channels(agency, on),
        "successors": queries.successors(agency, on),
        "predecessors": queries.predecessors(agency, on),
        "findings": guide(agency, on).findings,
        "may_manage": may(request, MANAGE_AGENCY, agency),
        "may_appoint": may(request, APPOINT, agency),
        "may_tree": may(request, MANAGE_TREE, agency),
        "breadcrumb": trail(("机构", reverse("agencies")), name),
    }
    return render(request, "agencies/detail.html", context)


@login_required
def found(request: HttpRequest) -> HttpResponse:
    """Founds an agency."""
    require(request, MANAGE_TREE, None)

    def act(values: dict[str, Any]) -> str:
        return _address(tree.found_agency(actor_of(request), **values).public_id)

    return form_page(
        request,
        lambda data, **options: FoundForm(data, agencies=agency_choices(today()), **options),
        act,
        title="设立机构",
        submit="设立机构",
        done="已设立机构",
        breadcrumb=trail(("机构", reverse("agencies")), "设立机构"),
    )


@login_required
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Changes what is known of an agency."""
    agency = agency_or_404(public_id)
    require(request, MANAGE_AGENCY, agency)

    def act(values: dict[str, Any]) -> str:
        tree.change_agency(actor_of(request), agency, **values)
        return _address(public_id)

    initial = {name: getattr(agency, name) for name in DetailsForm.base_fields if name != "seen"}
    return form_page(
        request,
        DetailsForm,
        act,
        title="修改机构资料",
        submit="保存资料",
        done="已保存机构资料",
        row=agency,
        initial=initial,
        breadcrumb=_trail(public_id, "修改机构资料"),
    )


@login_required
def rename(request: HttpRequest, public_id: str) -> HttpResponse:
    """Gives an agency another name."""
    agency = agency_or_404(public_id)
    require(request, MANAGE_TREE, agency)

    def act(values: dict[str, Any]) -> str:
        tree.rename_agency(actor_of(request), agency, **values)
        return _address(public_id)

    return form_page(
        request,
        RenameForm,
        act,
        title="更名",
        submit="从启用日期起更名",
        done="已登记新的名称",
        breadcrumb=_trail(public_id, "更名"),
        intro="原来的名称保留，查询旧名仍能找到本机关。",
    )


@login_required
def merge(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ends an agency whose duties go to another."""
    agency = agency_or_404(public_id)
    require(request, MANAGE_TREE, agency)

    def act(values: dict[str, Any]) -> str:
        into = values.pop("into")
        tree.merge_agency(actor_of(request), agency, into=[into], **values)
        return _address(public_id)

    return form_page(
        request,
        lambda data, **options: MergeForm(data, agencies=agency_choices(today(), without=agency), **options),
        act,
        title="合并",
        submit="合并到承继的机构",
        done="已合并，未了的事项由承继的机构办理",
        breadcrumb=_trail(public_id, "合并"),
        kind="warning",
        intro="合并后，本机关的记录原样保留，未了的事项由承继的机构办理，本机关的日志写下最后一条，不能再变动。",
    )


@login_required
def open_unit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Sets up a section."""
    agency = agency_or_404(public_id)
    require(request, MANAGE_AGENCY, agency)

    def act(values: dict[str, Any]) -> str:
        tree.open_unit(actor_of(request), agency, **values)
        return _address(public_id)

    return form_page(
        request,
        UnitForm,
        act,
        title="设立内设机构",
        submit="设立内设机构",
        done="已设立内设机构",
        breadcrumb=_trail(public_id, "设立内设机构"),
    )


@login_required
def close_unit(request: HttpRequest, public_id: str, unit_id: str) -> HttpResponse:
    """Ends a section."""
    unit = get_object_or_404(Unit, public_id=unit_id, agency__public_id=public_id)
    require(request, MANAGE_AGENCY, unit.agency)

    def act(values: dict[str, Any]) -> str:
        tree.change_unit(actor_of(request), unit, **values)
        return _address(public_id)

    return form_page(
        request,
        EndForm,
        act,
        title=f"撤销“{unit.name}”",
        submit="撤销内设机构",
        done="已撤销内设机构",
        row=unit,
        breadcrumb=_trail(public_id, "撤销内设机构"),
        kind="warning",
    )


def _address(public_id: str) -> str:
    return reverse("agency", args=[public_id])


def _trail(public_id: str, page: str) -> list[dict[str, Any]]:
    name = queries.name_of(agency_or_404(public_id), today())
    return trail(("机构", reverse("agencies")), (name, _address(public_id)), page)
