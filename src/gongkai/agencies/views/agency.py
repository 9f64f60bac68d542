"""The tree of agencies and the page of one; founding, changing, moving, renaming, merging; what guides lack."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongkai.agencies import queries, staff
from gongkai.agencies.actions import tree
from gongkai.agencies.fields import offering
from gongkai.agencies.forms import DetailsForm, FoundForm, MergeForm, MoveForm, RenameForm, ReviewOrganForm
from gongkai.agencies.guide import facts_of, lacks
from gongkai.agencies.navigation import authority_of
from gongkai.agencies.permissions import MANAGE_AGENCY, MANAGE_TREE, SEE_MISSING, SEE_OFFICE
from gongkai.agencies.queries import Named
from gongkai.agencies.reviewing import Reviewing, related_ids, reviewing
from gongkai.agencies.views.office import (
    actor_of,
    agency_choices,
    day_asked,
    known_or_404,
    links,
    may,
    require,
    require_anywhere,
    trail,
)
from gongkai.agencies.views.pages import address, agency_tab, asked_of, form_at, may_now
from gongkai.kernel.clock import today
from gongkai.ui.pages import form_page
from gongkai.ui.templatetags.ui import day


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """All agencies of a day, each below the one that oversees it; a search by name or by what they do."""
    require_anywhere(request, SEE_OFFICE)
    words, asked = request.GET.get("q", "").strip(), day_asked(request)
    rows = [(0, row) for row in queries.search(words, today())] if words else queries.tree(asked.on)
    offered = links(
        ("设立机构", reverse("agency_found"), may(request, MANAGE_TREE, None)),
        ("资料缺漏", reverse("agencies_missing"), authority_of(request).holds(SEE_MISSING)),
        ("导入和导出", reverse("exchange"), may(request, MANAGE_TREE, None)),
    )
    context = {
        "rows": [_tree_row(depth, row, asked.query) for depth, row in rows],
        "words": words,
        "asked": asked,
        "links": offered,
        "breadcrumb": trail("机构"),
    }
    return render(request, "agencies/index.html", context)


@login_required
def missing(request: HttpRequest) -> HttpResponse:
    """What the guides of all agencies that the user looks after still lack, in one list."""
    require_anywhere(request, SEE_MISSING)
    keys, on = authority_of(request).agency_ids(SEE_MISSING), today()
    agencies = queries.existing(on).select_related("parent__parent").order_by("code")
    looked_after = list(staff.headed(agencies if keys is None else agencies.filter(pk__in=keys), on))
    headed = {agency.pk for agency in looked_after if getattr(agency, "is_headed", False)}
    found = facts_of(looked_after, on)
    told = [(facts, lacks(facts, on, is_headed=facts.agency.pk in headed)) for facts in found]
    rows = [
        [
            {"text": facts.name, "href": address(facts.agency)},
            {"text": str(len(findings))},
            {"text": "；".join(finding.message.partition("，请")[0] for finding in findings)},
        ]
        for facts, findings in told
        if findings
    ]
    heads = [{"label": "机关"}, {"label": "缺漏", "number": True}, {"label": "缺什么"}]
    context = {
        "heads": heads,
        "rows": rows,
        "count": len(told),
        "breadcrumb": trail(("机构", reverse("agencies")), "资料缺漏"),
    }
    return render(request, "agencies/missing.html", context)


@login_required
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """What one agency is, on a day."""
    here, asked = asked_of(request, public_id)
    agency = here.agency
    names = queries.names_on({*related_ids(agency), agency.parent_id or 0}, asked.on)
    may_manage, may_tree = (may_now(request, act, here, asked) for act in (MANAGE_AGENCY, MANAGE_TREE))
    context = {
        "items": _items(here, names.get(agency.parent_id or 0, ""), asked.query),
        "leaders": "、".join(f"{title}{person.name}" for person, title in staff.leaders(agency, asked.on)),
        "remedies": _remedy_items(reviewing(agency, here.name, names)),
        "history": _history(here, asked.on.isoformat(), queries.successions(agency, asked.on)),
        "links": links(
            ("修改资料", address(agency, "agency_change"), may_manage),
            ("调整隶属", address(agency, "agency_move"), may_tree),
            ("更名", address(agency, "agency_rename"), may_tree),
            ("合并或分立", address(agency, "agency_merge"), may_tree),
        ),
        "remedy_links": links(("另行指定复议机关", address(agency, "agency_review_organ"), may_tree)),
    }
    return agency_tab(request, here, asked, "agency", "agencies/detail.html", context)


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


def _tree_row(depth: int, row: Named, query: str) -> dict[str, Any]:
    told = {"depth": min(depth, 5), "text": row.name, "href": address(row.agency) + query, "note": row.does}
    return {**told, "tag": "已撤销"} if row.is_closed and not query else told


def _items(here: Named, overseer: str, query: str) -> list[dict[str, str]]:
    agency = here.agency
    return [
        {"label": "简称", "text": "、".join(here.short_names)},
        {"label": "性质、层级", "text": f"{agency.get_kind_display()}，{agency.get_level_display()}"},
        {"label": "上级", "text": overseer, "href": address(agency.parent) + query if agency.parent else ""},
        {"label": "机构编码", "text": agency.code},
        {"label": "发文机关代字", "text": agency.document_code},
        {"label": "主要职责", "text": agency.functions},
    ]


def _remedy_items(found: Reviewing) -> list[dict[str, str]]:
    reason = f"另行指定，理由：{found.reason}" if found.reason else f"依据：{found.basis}"
    court = found.court or f"未登记（应是有管辖权的{found.court_level}）"
    return [
        {"label": "复议机关", "text": f"{found.reviewer}\n{reason}"},
        {"label": "管辖法院", "text": f"{court}\n依据：{found.court_basis}"},
    ]


def _history(here: Named, on: str, successions: list[tuple[Any, Named, bool]]) -> list[dict[str, Any]]:
    """Names and successions as steps, from the first."""
    steps: list[tuple[date, dict[str, Any]]] = [
        (row.from_on, {"what": row.name if place else f"设立，名称为{row.name}"})
        for place, row in enumerate(here.history)
        if row.from_on.isoformat() <= on
    ]
    for row, other, is_after in successions:
        what = f"职责由{other.name}承继" if is_after else f"承继{other.name}的职责"
        link = {"label": other.name, "href": address(other.agency)}
        steps.append((row.on, {"what": what, "basis": row.basis, "links": [link]}))
    return [{"when": f"{day(on_day)}起", **told} for on_day, told in sorted(steps, key=lambda step: step[0])]
