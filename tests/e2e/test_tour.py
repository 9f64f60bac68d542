"""The tour that `gongkai demo` prints, followed to the letter: every word in quotation marks is found on the pages."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.cache import cache
from openpyxl import load_workbook
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.e2e.browser import click_through, context

from gongkai.agencies.roles import Role
from gongkai.demo import accounts, county, tour
from gongkai.demo.plan import COMMERCE, EDUCATION, INDUSTRY, LAND, OFFICE
from gongkai.documents.blocks import Paragraph
from gongkai.documents.writing import write
from gongkai.kernel.clock import today

NEW_PHONE, NEW_NAME, FOUNDED = "0000-6120099", "青禾县自然资源和规划局", "青禾县数据局"
TEXT, WANTED_FROM_US = "柳溪镇东沟村2024年土地征收的批准文件", "应当由本机关制作"
pytestmark = pytest.mark.any_engine
NOTICE = "《予以公开告知书》"
READMES = [Path(__file__).parents[2] / name for name in ("README.md", "README.zh-CN.md")]
Window = Callable[..., Page]


@pytest.fixture
def window(browser: Browser, live_server: LiveServer, settings: Settings) -> Iterator[Window]:  # type: ignore[misc]  # a generator fixture
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


SEEN: list[str] = []
"""The pages that were open, as they were sent."""


def sign_in(page: Page, username: str) -> None:
    cache.clear()  # no test waits half a minute for the next code
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(accounts.PASSWORD)
    press(page, "登录")
    page.get_by_label("验证码").fill(accounts.code(username))
    press(page, "登录")
    expect(page.get_by_role("heading", name="您好")).to_be_visible()


def leave(page: Page, through: Locator) -> None:
    """Keeps what the page was sent as, and goes on to the next."""
    SEEN.append(page.content())
    click_through(page, through)


def press(page: Page, name: str) -> None:
    leave(page, page.get_by_role("button", name=name, exact=True))


def follow(page: Page, *names: str) -> None:
    for name in names:
        leave(page, page.get_by_role("link", name=re.compile(f"^{re.escape(name)}")).first)


def do(page: Page, *names: str) -> None:
    """Follows what stands in the page itself under just this name; the navigation may have one that begins like it."""
    for name in names:
        leave(page, page.get_by_role("main").get_by_role("link", name=name, exact=True))


def downloaded(page: Page, through: Locator) -> bytes:
    """What comes by a click that stays on the page."""
    SEEN.append(page.content())
    with page.expect_download() as download:
        through.click()
    return download.value.path().read_bytes()


def quoted(text: str) -> set[str]:
    """The words in quotation marks."""
    return set(re.findall("“([^”]+)”", text))


def tour_of(readme: Path) -> str:
    """What a README tells of the way through the site."""
    return readme.read_text("utf-8").partition("<!-- tour -->")[2].partition("<!-- end of tour -->")[0]


def test_the_tour(window: Window, tmp_path: Path) -> None:
    SEEN.clear()
    told = tour.told(8000)
    answer_a_request(window, tmp_path)
    citizen = window()
    look_around(citizen)
    change_the_phone(window(accounts.account_of(Role.CLERK, LAND.code)))
    look_at_the_guide(citizen)
    appoint_and_delegate(window(accounts.account_of(Role.HEAD, LAND.code)))
    found_rename_export(window(accounts.account_of(Role.SYSTEM_ADMIN)))
    issue_passwords(window(accounts.account_of(Role.SECURITY_ADMIN)))
    read_the_journal(window(accounts.account_of(Role.AUDIT_ADMIN)))
    assert [word for word in quoted(told) if not any(word in page for page in SEEN)] == []
    for readme in READMES:
        assert quoted(tour_of(readme)) == quoted(told)
        assert re.findall(r"`([a-z]+)`", tour_of(readme)) == re.findall(r"以 (\w+) 登录", told)


def answer_a_request(window: Window, folder: Path) -> None:
    """From filing to download, by everybody who has to do with it."""
    citizen = window()
    number, code = file_a_request(citizen)
    clerk, handler = window(of(Role.CLERK)), window(of(Role.UNIT_HANDLER))
    give_to_a_unit(clerk, number)
    find(handler, number, folder)
    decide(clerk, number)
    review_as_secrecy_reviewer(window(of(Role.SECRECY_REVIEWER)), number)
    review(window(of(Role.OFFICE_HEAD)), number, "同意")
    review(window(of(Role.DEPUTY_HEAD)), number, "同意，签发")
    seal(window(of(Role.SEAL_KEEPER)), number, folder)
    serve(clerk, number)
    citizen.goto("/")
    follow(citizen, "查询进度")
    citizen.get_by_label("登记编号").fill(number)
    citizen.get_by_label("查询码").fill(code)
    press(citizen, "查询")
    expect(citizen.get_by_role("heading", name="对答复不服的")).to_be_visible()
    got = downloaded(citizen, citizen.get_by_role("link", name="下载告知书"))
    assert got == (folder / "final.pdf").read_bytes()


def of(role: Role) -> str:
    return accounts.account_of(role, LAND.code)


def open_waiting(page: Page, number: str) -> None:
    """What waits for somebody stands on the first page of the office."""
    page.goto("/office/")
    follow(page, number)


def file_a_request(page: Page) -> tuple[str, str]:
    """Files a request; its number and query code."""
    follow(page, "申请公开")
    page.get_by_role("searchbox").fill("征地补偿")
    press(page, "查找")
    follow(page, LAND.name)
    press(page, "向这个机关申请")
    page.get_by_label("您要什么信息").fill(TEXT)
    press(page, "下一步")
    page.get_by_label("以个人名义").check()
    press(page, "下一步")
    page.get_by_label("姓名").fill("周明远")
    page.get_by_label("证件号码").fill("000000199003071234")
    page.get_by_label("联系电话").fill("13900000001")
    press(page, "下一步")
    page.get_by_label("电子数据").check()
    page.get_by_label("网上下载").check()
    press(page, "下一步：核对")
    press(page, "提交申请")
    number, code = (page.locator(f".gk-code__{part}").inner_text() for part in ("number", "code"))
    press(page, "已经保存好，关闭回执去看进度")
    expect(page.get_by_text("网上提交，系统已自动确认")).to_be_visible()
    return number, code


def give_to_a_unit(page: Page, number: str) -> None:
    open_waiting(page, number)
    do(page, "登记")
    press(page, "登记")
    do(page, "分办")
    page.get_by_label("用地审批股").check()
    press(page, "分办")
    expect(page.get_by_text("已分办，股室会收到提醒")).to_be_visible()


def find(page: Page, number: str, folder: Path) -> None:
    open_waiting(page, number)
    do(page, "登记检索")
    page.get_by_label("在哪里查的").fill("局档案室2024年土地征收卷")
    page.get_by_label("用什么查的").fill("东沟村、土地征收")
    page.get_by_label("查到了", exact=True).check()
    page.get_by_label("结果说明").fill("查到批准文件一件")
    press(page, "登记检索")
    found = folder / "批准文件.pdf"
    found.write_bytes(write([Paragraph("关于柳溪镇东沟村土地征收的批复")], to="pdf", title="批复"))
    do(page, "提交拟公开的文件")
    page.get_by_label("拟公开的文件").set_input_files(found)
    press(page, "提交文件")
    do(page, "反馈")
    page.get_by_label("承办意见").fill("查到批准文件，可以公开")
    press(page, "反馈给经办人")
    expect(page.get_by_text("已反馈，转回经办人")).to_be_visible()


def decide(page: Page, number: str) -> None:
    open_waiting(page, number)
    do(page, "作出答复")
    asked = page.locator(".gk-margin__main")
    while page.get_by_role("button", name="下一步", exact=True).count():
        if page.get_by_label("都不是").count():
            page.get_by_label("都不是").check()
        else:
            page.get_by_label("是" if WANTED_FROM_US in asked.inner_text() else "否", exact=True).check()
        press(page, "下一步")
    expect(asked.get_by_text("予以公开", exact=True)).to_be_visible()
    page.get_by_label("所提供的信息").fill("批准文件电子文件1份，随本告知书一并提供")
    press(page, "保存拟稿，预览告知书")
    do(page, "送审")
    press(page, "送审")
    expect(page.get_by_text("已送审")).to_be_visible()


def review_as_secrecy_reviewer(page: Page, number: str) -> None:
    open_waiting(page, number)
    do(page, f"审签{NOTICE}", "审签")
    expect(page.get_by_role("heading", name="随告知书提供的文件")).to_be_visible()
    follow(page, "审查")
    page.get_by_label("可以公开", exact=True).check()
    page.get_by_label("审查意见").fill("没有不予公开的内容")
    press(page, "写下审查意见")
    do(page, f"审签{NOTICE}", "审签")
    for box in page.get_by_role("group", name="逐项审查").get_by_role("checkbox").all():
        box.check()
    press(page, "同意")
    expect(page.get_by_text("已同意，转下一环节")).to_be_visible()


def review(page: Page, number: str, button: str) -> None:
    open_waiting(page, number)
    do(page, f"审签{NOTICE}", "审签")
    press(page, button)
    expect(page.get_by_role("main").get_by_text("已签发" if "签发" in button else "已同意").first).to_be_visible()


def seal(page: Page, number: str, folder: Path) -> None:
    open_waiting(page, number)
    do(page, f"用印{NOTICE}", "用印")
    signed = downloaded(page, page.get_by_role("main").get_by_role("link", name="下载签发稿 PDF", exact=True))
    (folder / "final.pdf").write_bytes(signed)
    page.get_by_label("用印后的文件").set_input_files(folder / "final.pdf")
    press(page, "上传用印后的文件")
    expect(page.get_by_text("已用印")).to_be_visible()


def serve(page: Page, number: str) -> None:
    open_waiting(page, number)
    do(page, f"送达{NOTICE}", "送达")
    press(page, "登记送达")
    expect(page.get_by_text("已登记送达")).to_be_visible()
    follow(page, "办件", "已办结")
    expect(page.get_by_role("link", name="台账", exact=True)).to_be_visible()
    follow(page, TEXT)
    do(page, "案卷证据（可打印）")
    expect(page.get_by_role("heading", name="政府信息公开申请办理卷")).to_be_visible()


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
    leave(page, person)
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
    data = downloaded(page, page.get_by_role("button", name="导出", exact=True))
    book = load_workbook(BytesIO(data), read_only=True)
    told = {str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row}
    assert {NEW_NAME, FOUNDED, NEW_PHONE} <= told
    book.close()


def issue_passwords(page: Page) -> None:
    follow(page, "账号", "开立账号")
    leave(page, page.get_by_role("row").filter(has_text=INDUSTRY.name).get_by_role("link"))
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
