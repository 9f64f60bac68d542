"""The tree of agencies and the page of one; what guides lack. The acts on the tree: `views.tree`."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongkai.agencies import queries, staff
from gongkai.agencies.guide import lacks
from gongkai.agencies.guide_facts import facts_of
from gongkai.agencies.navigation import authority_of
from gongkai.agencies.permissions import MANAGE_AGENCY, MANAGE_TREE, SEE_MISSING, SEE_OFFICE
from gongkai.agencies.queries import Named
from gongkai.agencies.reviewing import Reviewing, related_ids, reviewing
from gongkai.agencies.views.office import day_asked, links, may, require_anywhere, trail
from gongkai.agencies.views.pages import address, agency_tab, asked_of, may_now
from gongkai.kernel.clock import today
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
