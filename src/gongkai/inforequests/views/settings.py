"""How an agency approves each kind of notice: the default, and its own setting with the reason."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.agencies.navigation import authority_of
from gongkai.agencies.queries import named_by_key
from gongkai.agencies.views.office import actor_of, known_or_404, require, require_anywhere, trail
from gongkai.inforequests.actions.settings import set_notice
from gongkai.inforequests.chains import chain
from gongkai.inforequests.models import NoticeSetting
from gongkai.inforequests.notice_queries import WORDS_OF_ROLES, chain_words
from gongkai.inforequests.notices.kinds import KINDS, Kind
from gongkai.inforequests.permissions import SET_NOTICES
from gongkai.inforequests.review_forms import SettingForm
from gongkai.kernel.clock import today
from gongkai.ui.forms import Form
from gongkai.ui.pages import form_page

_TITLE = "审签设置"
_HEADS = ({"label": "文书"}, {"label": "审签程序"}, {"label": "本机关设置的理由"})


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """The agencies that the user sets it for."""
    require_anywhere(request, SET_NOTICES)
    ids = authority_of(request).agency_ids(SET_NOTICES) or frozenset()
    rows = [
        {"what": one.name, "links": [{"label": "查看和设置", "href": reverse("notice_settings", args=[one.url_id])}]}
        for one in named_by_key(ids, today())
    ]
    context = {"title": _TITLE, "rows": rows, "breadcrumb": trail(("办件", reverse("desk")), _TITLE)}
    return render(request, "inforequests/settings_index.html", context)


@login_required
def listed(request: HttpRequest, public_id: str) -> HttpResponse:
    """All kinds of an agency with who approves them."""
    here = known_or_404(public_id, today())
    require(request, SET_NOTICES, here.agency)
    own = {row.kind: row for row in NoticeSetting.objects.filter(agency=here.agency)}
    context = {
        "title": _TITLE,
        "here": here,
        "heads": _HEADS,
        "rows": [_row(here.agency, kind, own.get(kind.key)) for kind in KINDS.values()],
        "breadcrumb": trail(("办件", reverse("desk")), (_TITLE, reverse("notice_settings_index")), here.name),
    }
    return render(request, "inforequests/settings.html", context)


def _row(agency: Agency, kind: Kind, own: NoticeSetting | None) -> list[dict[str, str]]:
    name = {"text": kind.name, "href": reverse("notice_setting", args=[agency.public_id, kind.key])}
    marked = {"tag": "本机关设置"} if own is not None else {}
    return [
        name,
        {"text": chain_words(agency, kind.key).removeprefix("送审："), **marked},
        {"text": own.reason if own is not None else ""},
    ]


@login_required
def change(request: HttpRequest, public_id: str, notice_kind: str) -> HttpResponse:
    """Sets how one kind is approved."""
    here = known_or_404(public_id, today())
    require(request, SET_NOTICES, here.agency)
    kind = KINDS.get(notice_kind)
    if kind is None:
        raise Http404
    own = NoticeSetting.objects.filter(agency=here.agency, kind=kind.key).first()

    def form(data: Any, **options: Any) -> Form:
        return SettingForm(data, signers=[(role, WORDS_OF_ROLES[role]) for role in kind.signers], **options)

    def act(values: dict[str, Any]) -> str:
        set_notice(actor_of(request), here.agency, kind.key, **values)
        return reverse("notice_settings", args=[here.agency.public_id])

    default = " → ".join(WORDS_OF_ROLES[place.role] for place in _default(kind))
    level = own or kind
    return form_page(
        request,
        form,
        act,
        title=f"{_TITLE}：{kind.name}",
        submit="保存设置",
        done="已保存审签设置，下一份送审的文书起执行",
        row=own,
        initial={"secrecy": level.secrecy, "legality": level.legality, "signer": level.signer}
        | ({"reason": own.reason} if own is not None else {}),
        intro=f"默认的程序：{default}。正在审签的文书照原来的程序办完。",
        breadcrumb=trail(
            ("办件", reverse("desk")),
            (_TITLE, reverse("notice_settings_index")),
            (here.name, reverse("notice_settings", args=[public_id])),
            kind.name,
        ),
    )


def _default(kind: Kind) -> Any:
    return chain(secrecy=kind.secrecy, legality=kind.legality, signer=kind.signer)
