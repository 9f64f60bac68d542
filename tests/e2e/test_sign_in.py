"""The door, as somebody goes through it who has just been given an account; without a script where none is needed."""

import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.agencies.people import PASSWORD, SYSTEM, a_person, a_user, an_agency
from tests.e2e.browser import click_through, context, follow, press, violations

from gongkai.agencies.actions.accounts import end_sessions, issue_account
from gongkai.agencies.models import User
from gongkai.agencies.roles import Role

pytestmark = pytest.mark.any_engine
OWN = "seven grey geese by the lake"


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A window in which whatever the page's policy forbids fails the test."""
    with context(browser, live_server.url) as opened:
        window = opened.new_page()
        complaints: list[str] = []
        window.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        window.on("pageerror", lambda error: complaints.append(str(error)))
        yield window
    assert [text for text in complaints if "status of" not in text] == []


def code(secret: str) -> str:
    """What the phone shows now. Forgets which codes were used, for no test waits half a minute."""
    cache.clear()
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(page: Page, username: str, password: str) -> None:
    page.goto("/office/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(password)
    press(page, "登录")


def accessible(page: Page) -> None:
    assert violations(page) == []


def set_up_phone(page: Page) -> tuple[str, list[str]]:
    """Sets up the phone's codes; the secret and the recovery codes."""
    follow(page, "设置手机验证器")
    accessible(page)
    expect(page.get_by_role("img", name="二维码")).to_be_visible()
    assert page.evaluate("document.querySelector('img').naturalWidth") > 0
    secret = "".join(page.locator(".gk-secret li").all_inner_texts())
    page.get_by_label("验证码").fill(code(secret))
    press(page, "启用手机验证器")
    expect(page.get_by_role("heading", name="恢复码")).to_be_visible()
    accessible(page)
    return secret, page.locator(".gk-secret li").all_inner_texts()


def test_a_new_account_from_the_one_time_password_to_the_office(page: Page) -> None:
    person = a_person(an_agency(), "李强")
    issued = issue_account(SYSTEM, person, username="liqiang")
    sign_in(page, "liqiang", issued.password)
    expect(page.get_by_role("heading", name="更换密码")).to_be_visible()
    accessible(page)
    page.goto("/office/agencies/")
    expect(page.get_by_role("heading", name="更换密码")).to_be_visible()
    page.get_by_label("现在的密码").fill(issued.password)
    page.get_by_label("新密码", exact=True).fill(OWN)
    page.get_by_label("再输一遍新密码").fill(OWN)
    press(page, "更换密码")
    expect(page.get_by_role("heading", name="登录与安全")).to_be_visible()
    accessible(page)
    secret, recovery = set_up_phone(page)
    click_through(page, page.get_by_role("link", name="已经收好"))
    expect(page.get_by_role("heading", name="李强，您好")).to_be_visible()

    click_through(page, page.get_by_role("button", name="退出").or_(page.get_by_role("link", name="退出")).first)
    if page.get_by_role("button", name="退出登录").is_visible():
        press(page, "退出登录")
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
    for second in (code(secret), recovery[0]):
        sign_in(page, "liqiang", OWN)
        accessible(page)
        page.get_by_label("验证码").fill(second)
        press(page, "登录")
        expect(page.get_by_role("heading", name="李强，您好")).to_be_visible()
        page.context.clear_cookies()
    sign_in(page, "liqiang", OWN)
    page.get_by_label("验证码").fill(recovery[0])
    press(page, "登录")
    expect(page.get_by_role("alert")).to_contain_text("验证码不正确")


def test_a_passkey_in_place_of_the_phone(page: Page) -> None:
    a_user(None, an_agency(), "李强", has_second_factor=False)
    username = User.objects.get().username
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )
    sign_in(page, username, PASSWORD)
    follow(page, "登记密钥")
    accessible(page)
    page.get_by_label("名称").fill("办公室电脑")
    press(page, "登记密钥")
    expect(page.get_by_role("heading", name="恢复码")).to_be_visible()
    page.goto("/office/account/second-factor/webauthn/")
    expect(page.get_by_role("heading", name="办公室电脑")).to_be_visible()
    accessible(page)
    page.context.clear_cookies()
    sign_in(page, username, PASSWORD)
    accessible(page)
    click_through(page, page.get_by_role("button", name="使用通行密钥"))
    expect(page.get_by_role("heading", name="李强，您好")).to_be_visible()


def test_what_was_typed_comes_back_after_the_login_ended(page: Page) -> None:
    bureau = an_agency()
    user = a_user(Role.OFFICE_HEAD, bureau, "李强", has_second_factor=False)
    sign_in(page, user.username, PASSWORD)
    secret, _codes = set_up_phone(page)
    page.goto(f"/office/agencies/{bureau.public_id}/people/add/")
    page.get_by_label("姓名").fill("王小敏")
    page.get_by_label("办公电话").fill("0375-8051234")
    end_sessions(SYSTEM, user)
    press(page, "保存")
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
    page.get_by_label("用户名").fill(user.username)
    page.get_by_label("密码").fill(PASSWORD)
    press(page, "登录")
    page.get_by_label("验证码").fill(code(secret))
    press(page, "登录")
    expect(page.get_by_label("姓名")).to_have_value("王小敏")
    expect(page.get_by_label("办公电话")).to_have_value("0375-8051234")
    expect(page.get_by_text("已经恢复")).to_be_visible()
    assert re.search("王小敏|8051234", page.url) is None
    press(page, "保存")
    expect(page.get_by_role("heading", name="王小敏")).to_be_visible()
