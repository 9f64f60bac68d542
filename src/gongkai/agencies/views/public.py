"""What the public sees of who is who: the county, an agency, its guide on paper and on the screen. Only reads."""

import hashlib
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.agencies import queries, staff
from gongkai.agencies.guide import Guide, blocks, guide_of
from gongkai.agencies.guide_facts import Facts, facts_of
from gongkai.agencies.queries import Named
from gongkai.agencies.roles import Kind
from gongkai.agencies.views.office import Asked, day_asked, known_or_404, trail
from gongkai.documents.limits import ProgramNeeded
from gongkai.documents.writing import write
from gongkai.kernel.clock import today
from gongkai.ui.templatetags.ui import day

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
_GROUPS = (
    ("县人民政府和办公室", (Kind.GOVERNMENT, Kind.OFFICE)),
    ("工作部门", (Kind.DEPARTMENT,)),
    ("乡镇和街道", (Kind.TOWNSHIP,)),
    ("派出机构", (Kind.DISPATCHED,)),
    ("法律、法规授权的组织", (Kind.AUTHORISED,)),
)
_KEPT_SECONDS = 24 * 3600


def county(request: HttpRequest) -> HttpResponse:
    """The county: its agencies by what they do, a search."""
    if settings.FACE == "staff":
        return redirect("office")
    words, on = request.GET.get("q", "").replace("\0", "").strip(), today()
    found = queries.search(words, on) if words else queries.named(queries.existing(on).order_by("code"), on)
    context = {
        "words": words[:60],
        "found": [_listed(row, on) for row in found] if words else [],
        "groups": [] if words else _groups(found),
        "name": county_name(found) if not words else "",
    }
    return render(request, "agencies/public/county.html", context)


def agency(request: HttpRequest, public_id: str) -> HttpResponse:
    """One agency: what it does, who leads it, where its disclosure office is found."""
    here = _public_or_404(public_id)
    on = _shown_on(here)
    facts = facts_of([here.agency], on)[0]
    leaders = [{"label": title, "text": person.name} for person, title in staff.leaders(here.agency, on)]
    office = next(section for section in guide_of(facts, on).sections if section.title == "政府信息公开工作机构")
    context = {
        **_shared(here),
        "functions": [line for line in here.agency.functions.splitlines() if line.strip()],
        "leaders": leaders,
        "office": office.items,
        "remedies": _remedies(facts),
        "old_names": [row.name for row in here.history if row.name != here.name and row.from_on <= on],
        "short_names": "、".join(here.short_names),
        "predecessors": [other for _, other, is_after in queries.successions(here.agency, on) if not is_after],
        "breadcrumb": trail(("机关名录", reverse("county")), here.name),
    }
    return render(request, "agencies/public/agency.html", context)


def guide(request: HttpRequest, public_id: str) -> HttpResponse:
    """The guide of an agency, as it stands or stood on a day."""
    here, asked, told = _guide_asked(request, public_id)
    address = reverse("public_guide", args=[public_id])
    context = {
        **_shared(here),
        "guide": told,
        "asked": asked,
        "versions": [
            {
                "when": f"{day(since)}起",
                "what": "现行的指南" if since == told.versions[0] else "以前的指南",
                "tag": "正在看" if since == told.since else "",
                "links": []
                if since == told.since
                else [{"label": "查看", "href": f"{address}?on={since.isoformat()}"}],
            }
            for since in told.versions
        ],
        "files": [
            {"label": label, "href": reverse("public_guide_file", args=[public_id, kind]) + asked.query}
            for label, kind in (("下载 Word 文件", "docx"), ("下载 PDF 文件", "pdf"))
        ],
        "breadcrumb": trail(
            ("机关名录", reverse("county")), (here.name, reverse("public_agency", args=[public_id])), "公开指南"
        ),
    }
    return render(request, "agencies/public/guide.html", context)


def guide_file(request: HttpRequest, public_id: str, file_kind: str) -> HttpResponse:
    """The guide as a file; made once for each version, since anybody may ask for it."""
    if file_kind not in _TYPES:
        raise Http404
    here, _, told = _guide_asked(request, public_id)
    made = blocks(told)
    key = f"guide.{file_kind}.{hashlib.sha256(repr(made).encode()).hexdigest()}"
    content = cache.get(key)
    if content is None:
        try:
            content = write(made, to=file_kind, title=told.title)
        except ProgramNeeded:
            return render(request, "agencies/public/no_pdf.html", _shared(here), status=503)
        cache.set(key, content, _KEPT_SECONDS)
    response = HttpResponse(content, content_type=_TYPES[file_kind])
    name = quote(f"{told.title}（{told.since.isoformat()}起）.{file_kind}")
    response["Content-Disposition"] = f"attachment; filename=\"guide.{file_kind}\"; filename*=UTF-8''{name}"
    return response


def county_name(rows: list[Named]) -> str:
    """What the installation's county is called: the name of its first government, without 人民政府."""
    governments = (row for row in rows if row.agency.kind == Kind.GOVERNMENT)
    return next((row.name.removesuffix("人民政府") for row in governments), "")


def _public_or_404(public_id: str) -> Named:
    """An agency that the public may see: one that is yet to be founded is not there."""
    here = known_or_404(public_id, today())
    if here.agency.from_on > today():
        raise Http404
    return here


def _shown_on(here: Named) -> Any:
    """The day as of which it is shown: today, or the last day of an agency whose duties went to others."""
    return queries.last_day(here.agency, today())


def _guide_asked(request: HttpRequest, public_id: str) -> tuple[Named, Asked, Guide]:
    here = _public_or_404(public_id)
    asked, last = day_asked(request, since=here.agency.from_on), _shown_on(here)
    on = min(asked.on, last)
    return here, asked, guide_of(facts_of([here.agency], on, last)[0], on)


def _shared(here: Named) -> dict[str, Any]:
    agency = here.agency
    is_gone = agency.to_on is not None and agency.to_on <= today()
    return {"here": here, "agency": agency, "heirs": queries.heirs(agency, today()) if is_gone else []}


def _groups(rows: list[Named]) -> list[dict[str, Any]]:
    made = [(title, [row for row in rows if row.agency.kind in kinds]) for title, kinds in _GROUPS]
    return [{"title": title, "rows": [_listed(row, None) for row in members]} for title, members in made if members]


def _listed(row: Named, on: Any) -> dict[str, Any]:
    """An agency in a list; one that is gone with those who do its work now."""
    address = reverse("public_agency", args=[row.url_id])
    told: dict[str, Any] = {"name": row.name, "href": address, "text": row.does}
    if on is not None and row.is_closed:
        heirs = queries.heirs(row.agency, on)
        links = [{"label": heir.name, "href": reverse("public_agency", args=[heir.url_id])} for heir in heirs]
        return {**told, "tag": "已撤销", "text": "职责现由下列机关承继", "links": links}
    return told


def _remedies(facts: Facts) -> list[dict[str, str]]:
    found = facts.reviewing
    court = found.court or f"有管辖权的{found.court_level}"
    return [
        {"label": "行政复议机关", "text": found.reviewer},
        {"label": "行政诉讼管辖法院", "text": court},
        {"label": "监督本机关公开工作的", "text": facts.overseer or "政府信息公开工作主管部门"},
    ]
