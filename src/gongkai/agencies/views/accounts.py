"""Accounts, for the security administrator: who has one, opening one, and help for who is locked out."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateformat import format as date_format
from django.utils.timezone import localtime
from django.views.decorators.cache import never_cache

from gongkai.agencies import accounts
from gongkai.agencies.actions import accounts as actions
from gongkai.agencies.forms import AccountForm
from gongkai.agencies.models import Person, User
from gongkai.agencies.permissions import MANAGE_ACCOUNTS
from gongkai.agencies.views.office import actor_of, require, trail
from gongkai.kernel.clock import now
from gongkai.kernel.reasons import ActionRefused
from gongkai.ui.forms import Form
from gongkai.ui.lists import Column, heads, order, pages
from gongkai.ui.pages import form_page

_AT_ONCE = 25
_COLUMNS = (
    Column("用户名", "username"),
    Column("姓名", "person__name"),
    Column("角色"),
    Column("状态"),
    Column("最近登录", "last_login"),
)


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """All accounts in the order asked for; a search by user or person."""
    require(request, MANAGE_ACCOUNTS, None)
    words = request.GET.get("q", "").strip()
    found = accounts.accounts(words).order_by(order(request, _COLUMNS, "username"), "pk")
    page = Paginator(found, _AT_ONCE).get_page(request.GET.get("page"))
    context = {
        "heads": heads(request, _COLUMNS, "username"),
        "rows": [_row(user) for user in page],
        "page": pages(request, page),
        "words": words,
        "breadcrumb": trail("账号"),
    }
    return render(request, "agencies/accounts/index.html", context)


@login_required
def candidates(request: HttpRequest) -> HttpResponse:
    """People who have no account yet, to open one for."""
    require(request, MANAGE_ACCOUNTS, None)
    words = request.GET.get("q", "").strip()
    page = Paginator(accounts.people_without_account(words), _AT_ONCE).get_page(request.GET.get("page"))
    context = {
        "heads": [{"label": label} for label in ("姓名", "角色")],
        "rows": [_candidate(person) for person in page],
        "page": pages(request, page),
        "words": words,
        "breadcrumb": _trail("开立账号"),
    }
    return render(request, "agencies/accounts/candidates.html", context)


@login_required
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One account, and what can be done about it."""
    require(request, MANAGE_ACCOUNTS, None)
    user: Any = get_object_or_404(accounts.accounts(), public_id=public_id)  # its person has `current`
    context = {
        "account": user,
        "roles": accounts.roles_in_words(user.person.current),
        "against_switching_off": actions.reasons_against_switching_off(user),
        "against_helping": actions.reasons_against_helping(actor_of(request), user),
        "breadcrumb": _trail(user.username),
    }
    return render(request, "agencies/accounts/detail.html", context)


@never_cache
@login_required
def issue(request: HttpRequest, person_id: str) -> HttpResponse:
    """Opens an account for a person."""
    require(request, MANAGE_ACCOUNTS, None)
    person = get_object_or_404(Person, public_id=person_id)

    def act(values: dict[str, Any]) -> actions.Issued:
        return actions.issue_account(actor_of(request), person, **values)

    intro = f"开立后，系统给出一个一次性密码，{actions.ONE_TIME_DAYS}天内有效。请当面告知本人，不要发在群里。"
    return _issued_page(request, AccountForm, act, f"为{person.name}开立账号", "开立账号", intro)


@never_cache
@login_required
def renew_password(request: HttpRequest, public_id: str) -> HttpResponse:
    """Gives out another one-time password."""
    require(request, MANAGE_ACCOUNTS, None)
    user = get_object_or_404(User, public_id=public_id)

    def act(_values: dict[str, Any]) -> actions.Issued:
        return actions.renew_password(actor_of(request), user)

    intro = f"原来的密码作废，已有的登录随即结束。新的一次性密码{actions.ONE_TIME_DAYS}天内有效，请先核实本人身份。"
    return _issued_page(request, Form, act, f"为{user.username}发放一次性密码", "发放一次性密码", intro)


@login_required
def switch_off(request: HttpRequest, public_id: str) -> HttpResponse:
    """Switches an account off."""
    return _confirmed(
        request,
        public_id,
        lambda user: actions.switch_account(actor_of(request), user, is_active=False),
        title="停用{}",
        submit="停用账号",
        done="已停用，该账号的登录随即结束",
        intro="停用后不能再登录，已有的登录随即结束；经手的记录和任用不变。",
    )


@login_required
def switch_on(request: HttpRequest, public_id: str) -> HttpResponse:
    """Switches an account on again."""
    return _confirmed(
        request,
        public_id,
        lambda user: actions.switch_account(actor_of(request), user, is_active=True),
        title="启用{}",
        submit="启用账号",
        done="已启用",
        intro="启用后可以用原来的密码和第二重验证登录。",
        kind="",
    )


@login_required
def reset_second_factor(request: HttpRequest, public_id: str) -> HttpResponse:
    """Takes the second factor away from who has lost it."""
    return _confirmed(
        request,
        public_id,
        lambda user: actions.reset_second_factor(actor_of(request), user),
        title="清除{}的第二重验证",
        submit="清除第二重验证",
        done="已清除，下次登录时须重新设置",
        intro="用于手机或安全密钥丢失。清除后，已有的登录随即结束，下次登录只凭密码，并须立即重新设置。请先核实本人身份。",
    )


@login_required
def end_sessions(request: HttpRequest, public_id: str) -> HttpResponse:
    """Signs an account out everywhere."""
    return _confirmed(
        request,
        public_id,
        lambda user: actions.end_sessions(actor_of(request), user),
        title="结束{}的全部登录",
        submit="结束全部登录",
        done="已结束全部登录",
        intro="该账号在所有电脑和手机上的登录随即结束，可以重新登录。正在填写的内容，重新登录后会恢复。",
    )


def _confirmed(
    request: HttpRequest,
    public_id: str,
    change: Callable[[User], None],
    *,
    title: str,
    submit: str,
    done: str,
    intro: str,
    kind: str = "warning",
) -> HttpResponse:
    """The page that tells what follows, and does it."""
    require(request, MANAGE_ACCOUNTS, None)
    user = get_object_or_404(User, public_id=public_id)

    def act(_values: dict[str, Any]) -> str:
        change(user)
        return reverse("account", args=[public_id])

    title = title.format(user.username)
    return form_page(
        request, Form, act, title=title, submit=submit, done=done, breadcrumb=_trail(title), kind=kind, intro=intro
    )


def _issued_page(
    request: HttpRequest,
    form_class: Callable[..., Form],
    act: Callable[[dict[str, Any]], actions.Issued],
    title: str,
    submit: str,
    intro: str,
) -> HttpResponse:
    """Like a form page, but what was issued is shown in the answer itself: it is kept in no session and no address."""
    form = form_class(request.POST if request.method == "POST" else getattr(request, "kept", None))
    breadcrumb = _trail(title)
    context = {"title": title, "form": form, "submit": submit, "breadcrumb": breadcrumb, "intro": intro}
    context["back"] = next((link for link in reversed(breadcrumb) if link.get("href")), None)
    if request.method == "POST" and form.is_valid():
        try:
            issued = act(form.values)
        except ActionRefused as refused:
            form.refused = refused.reasons
        else:
            return render(request, "agencies/accounts/issued.html", {**context, "issued": issued})
    return render(request, "ui/form_page.html", context, status=422 if form.summary else 200)


def _row(user: Any) -> list[dict[str, Any]]:
    """An account in the list; what keeps it from signing in comes first."""
    state: dict[str, Any] = {"text": "启用"}
    if not user.is_active:
        state = {"text": "", "tag": "已停用"}
    elif user.one_time_until is not None:
        state = {"text": "", "tag": "待首次登录" if user.one_time_until > now() else "一次性密码已过期", "kind": "soon"}
    elif not user.has_second_factor:
        state = {"text": "", "tag": "未设第二重验证", "kind": "soon"}
    return [
        {"text": user.username, "href": reverse("account", args=[user.public_id])},
        {"text": user.person.name},
        {"text": "、".join(accounts.roles_in_words(user.person.current)) or "没有任用"},
        state,
        {"text": date_format(localtime(user.last_login), "Y年n月j日 H:i") if user.last_login else "没有登录过"},
    ]


def _candidate(person: Any) -> list[dict[str, Any]]:
    return [
        {"text": person.name, "href": reverse("account_issue", args=[person.public_id])},
        {"text": "、".join(accounts.roles_in_words(person.current)) or "没有任用"},
    ]


def _trail(page: str) -> list[dict[str, Any]]:
    return trail(("账号", reverse("accounts")), page)
