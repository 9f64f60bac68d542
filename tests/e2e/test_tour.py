"""The tour that `gongkai demo` prints, followed to the letter: every word in quotation marks is found on the pages."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.cache import cache
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.e2e.browser import context

from gongkai.agencies.roles import Role
from gongkai.demo import accounts, county, tour
from gongkai.demo.plan import COMMERCE, EDUCATION, INDUSTRY, LAND, OFFICE
from gongkai.kernel.clock import today

NEW_PHONE, NEW_NAME, FOUNDED = "0000-6120099", "青禾县自然资源和规划局", "青禾县数据局"


@pytest.fixture
def window(browser: Browser, live_server: LiveServer, settings: Settings) -> Iterator[Callable[..., Page]]:  # type: ignore[misc]  # a generator fixture
    """Opens a window on the demo county: of a citizen, or of an account that signed in at the door."""
    settings.GONGKAI_PROFILE = "demo"
    county.build()
    with ExitStack() as stack:

        def opened(username: str = "") -> Page:
            page = stack.enter_context(context(browser, live_server.url)).new_page()
            page.on("response", lambda response: refused.append(f"{response.status} {response.url}"))
            page.goto("/office/" if username else "/")
            if username:
                sign_in(page, username)
            return page

        refused: list[str] = []
        yield opened
    assert [one for one in refused if one[0] in "45"] == []


def sign_in(page: Page, username: str) -> None:
    cache.clear()  # no test waits half a minute for the next code
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(accounts.PASSWORD)
    press(page, "登录")
    page.get_by_label("验证码").fill(accounts.code(username))
    press(page, "登录")
    expect(page.get_by_role("heading", name="您好")).to_be_visible()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_role("link", name=re.compile(f"^{name}")).first.click()
        page.wait_for_load_state()


def test_the_tour(window: Callable[..., Page]) -> None:
    told = tour.told(8000)
    citizen = window()
    look_around(citizen)
    change_the_phone(window(accounts.account_of(Role.CLERK, LAND.code)))
    look_at_the_guide(citizen)
    appoint_and_delegate(window(accounts.account_of(Role.HEAD, LAND.code)))
    found_rename_export(window(accounts.account_of(Role.SYSTEM_ADMIN)))
    issue_passwords(window(accounts.account_of(Role.SECURITY_ADMIN)))
    read_the_journal(window(accounts.account_of(Role.AUDIT_ADMIN)))
    for role, code in ((Role.CLERK, LAND.code), (Role.HEAD, LAND.code), (Role.AUDIT_ADMIN, "")):
        assert accounts.account_of(role, code) in told


def look_around(page: Page) -> None:
    """Each word that the page itself proposes leads to an agency, and so do those of the tour."""
    for word, name in {
        "征地": LAND.name,
        "危房改造": "青禾县住房和城乡建设局",
        "入学": EDUCATION.name,
        "工信局": INDUSTRY.name,
    }.items():
        page.goto("/")
        page.get_by_role("searchbox").fill(word)
        press(page, "查找")
        expect(page.get_by_role("link", name=name)).to_be_visible()
    page.get_by_role("searchbox").fill(COMMERCE.name)
    press(page, "查找")
    expect(page.get_by_text("职责现由下列机关承继")).to_be_visible()


def change_the_phone(page: Page) -> None:
    follow(page, LAND.name, "工作机构和领导小组", "变更工作机构")
    page.get_by_label("联系电话").fill(NEW_PHONE)
    press(page, "保存")
    expect(page.get_by_text("公开指南随即更新")).to_be_visible()


def look_at_the_guide(page: Page) -> None:
    page.goto("/")
    follow(page, LAND.name, "公开指南")
    expect(page.get_by_text(NEW_PHONE)).to_be_visible()
    expect(page.get_by_role("link", name="查看")).to_have_count(1)
    follow(page, "查看")
    expect(page.get_by_text("这是以前的指南")).to_be_visible()
    expect(page.get_by_text(LAND.phone)).to_be_visible()


def appoint_and_delegate(page: Page) -> None:
    person = page.get_by_role("main").get_by_role("row").filter(has_text="用地审批股科员").get_by_role("link")
    follow(page, LAND.name, "人员")
    person.click()
    follow(page, "任用")
    page.get_by_label("角色").select_option(label=Role.WINDOW_CLERK.label)
    page.get_by_label("起始日期").fill(today().isoformat())
    press(page, "任用")
    expect(page.get_by_text("已任用")).to_be_visible()
    follow(page, "授权他人代行")
    page.get_by_label("代行人").select_option(index=1)
    page.get_by_label("起始日期").fill(today().isoformat())
    page.get_by_label("终止日期").fill((today() + timedelta(days=14)).isoformat())
    press(page, "授权代行")
    expect(page.get_by_text("已授权代行")).to_be_visible()


def found_rename_export(page: Page) -> None:
    follow(page, "机构", "设立机构")
    page.get_by_label("全称").fill(FOUNDED)
    page.get_by_label("机构编码").fill("QH-SJ")
    page.get_by_label("性质").select_option(label=LAND.kind.label)
    page.get_by_label("层级").select_option(label=LAND.level.label)
    page.get_by_label("上级").select_option(label=f"　{OFFICE.name}")
    page.get_by_label("所属人民政府").select_option(index=1)
    page.get_by_label("设立日期").fill(today().isoformat())
    press(page, "设立机构")
    expect(page.get_by_text("已设立机构")).to_be_visible()
    follow(page, "机构", LAND.name, "更名")
    page.get_by_label("新的全称").fill(NEW_NAME)
    page.get_by_label("启用日期").fill(today().isoformat())
    press(page, "从启用日期起更名")
    expect(page.get_by_role("heading", name=NEW_NAME)).to_be_visible()
    follow(page, "机构", "导入和导出", "导出全部机构")
    with page.expect_download() as download:
        press(page, "导出")
    book = load_workbook(BytesIO(download.value.path().read_bytes()), read_only=True)
    told = {str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row}
    assert {NEW_NAME, FOUNDED, NEW_PHONE} <= told
    book.close()


def issue_passwords(page: Page) -> None:
    follow(page, "账号", "开立账号")
    page.get_by_role("row").filter(has_text=INDUSTRY.name).get_by_role("link").click()
    page.get_by_label("用户名").fill("newcomer")
    press(page, "开立账号")
    expect(page.get_by_role("heading", name="newcomer的一次性密码")).to_be_visible()
    clerk = accounts.account_of(Role.CLERK, LAND.code)
    page.goto("/office/accounts/")
    page.get_by_role("searchbox").fill(clerk)
    press(page, "查找")
    follow(page, clerk, "发放一次性密码")
    press(page, "发放一次性密码")
    expect(page.get_by_role("heading", name=f"{clerk}的一次性密码")).to_be_visible()


def read_the_journal(page: Page) -> None:
    follow(page, "日志", "登录和账号日志")
    for act in ("发放一次性密码", "开立账号", "导出全部机构和人员资料"):
        expect(page.get_by_text(act).first).to_be_visible()
    follow(page, "日志", NEW_NAME)
    for act in ("机构更名", "授权代行", "任用", "登记政府信息公开工作机构"):
        expect(page.get_by_text(act).first).to_be_visible()
