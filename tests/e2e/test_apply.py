"""Filing and following a letter in a real browser: on a phone and on a desk, enlarged, without scripts, read by axe."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.agencies.people import SYSTEM
from tests.e2e.browser import DESKTOP, PHONE, click_through, follow, overflow, press, press_twice, violations
from tests.e2e.county import FOUNDED, County
from tests.files.samples import png
from tests.inforequests.cases import Office, a_letter, an_office
from tests.inforequests.issuing import FIELDS, served

from gongkai.agencies.actions.office import open_channel
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import ChannelKind, Role
from gongkai.inforequests.actions.drafting import draft_notice
from gongkai.inforequests.actions.intake import Filed, file_request, register_request
from gongkai.inforequests.choices import CaseState, Way
from gongkai.inforequests.models import Item, Request
from gongkai.kernel.clock import at, today

Visit = Callable[..., Page]
TEXT = "2025年度企业技术改造补助资金安排文件和获得补助的企业名单"
SIZES = {"phone": PHONE, "desktop": DESKTOP}


@pytest.fixture
def agency(county: County) -> Agency:
    """The bureau of the county, open on the web."""
    found = Agency.objects.get(public_id=county.parts["public_id"])
    details = "https://www.qinghe.example/"
    open_channel(SYSTEM, found, kind=ChannelKind.INTERNET, details=details, from_on=FOUNDED)
    return found


@pytest.fixture
def office(county: County) -> Office:
    return an_office()


def looked_at(page: Page, faults: dict[str, list[str]]) -> None:
    """Notes what is wrong with a page for whoever sees little, or uses a phone."""
    found = violations(page)
    if overflow(page):
        found.append(f"wider than the window by {overflow(page)}")
    if found:
        faults[page.url] = found


def file_a_letter(page: Page, agency: Agency, look: Callable[[], None]) -> None:
    """From the first page to the receipt, by what stands on the pages."""
    page.goto("/")
    follow(page, "申请公开")
    page.get_by_role("searchbox").fill("技术改造")
    press(page, "查找")
    look()
    click_through(page, page.get_by_role("link", name="青禾县工业和信息化局"))
    look()
    press(page, "向这个机关申请")
    press(page, "下一步")
    expect(page.get_by_role("alert")).to_contain_text("您要什么信息：请填写")
    look()
    page.get_by_label("您要什么信息").fill(TEXT)
    page.get_by_label("附上材料").set_input_files({"name": "公告.png", "mimeType": "image/png", "buffer": png()})
    press(page, "下一步")
    look()
    page.get_by_label("以个人名义").check()
    press(page, "下一步")
    page.get_by_label("姓名").fill("周明远")
    page.get_by_label("证件号码").fill("000000199003071234")
    page.get_by_label("联系电话").fill("13900000001")
    press(page, "添加一位共同申请人")
    look()
    page.get_by_label("类别").select_option(label="自然人")
    page.get_by_label("姓名或者名称").fill("吴小兰")
    page.get_by_label("证件种类").select_option(label="护照")
    page.get_by_label("证件号码").fill("E00000000")
    press(page, "保存这位共同申请人")
    look()
    press(page, "下一步")
    page.get_by_label("电子数据").check()
    page.get_by_label("网上下载").check()
    look()
    press(page, "下一步：核对")
    for words in (TEXT, "周明远", "吴小兰", "公告.png"):
        expect(page.get_by_role("main")).to_contain_text(words)
    look()
    press(page, "提交申请")
    expect(page.get_by_role("heading", name="登记回执")).to_be_visible()
    look()


@pytest.mark.postgresql
@pytest.mark.parametrize("size", SIZES)
def test_a_letter_is_filed_and_followed(visit: Visit, agency: Agency, size: str) -> None:
    width, height = SIZES[size]
    page, faults = visit(viewport={"width": width, "height": height}), dict[str, list[str]]()
    file_a_letter(page, agency, lambda: looked_at(page, faults))
    code, number = page.locator(".gk-code__code").inner_text(), Request.objects.get(text=TEXT).register_number
    with page.expect_download() as download:
        page.get_by_role("link", name="下载回执").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    press(page, "已经保存好，关闭回执去看进度")
    expect(page.get_by_role("heading", name=f"申请{number}")).to_be_visible()
    looked_at(page, faults)
    follow(page, "怎么算的")
    looked_at(page, faults)
    follow(page, "返回进度")
    press(page, "退出查询")
    page.get_by_label("登记编号").fill(number)
    page.get_by_label("查询码").fill(code)
    press(page, "查询")
    expect(page.get_by_text("网上提交，系统已自动确认")).to_be_visible()
    follow(page, "撤回申请")
    looked_at(page, faults)
    press(page, "撤回这份申请")
    expect(page.get_by_text("您已撤回申请")).to_be_visible()
    assert Item.objects.get(text=TEXT).state == CaseState.ENDED
    assert faults == {}


@pytest.mark.postgresql
def test_somebody_aged_seventy_files_with_everything_twice_as_large(visit: Visit, agency: Agency) -> None:
    """On a screen of 1280 at 200 % the window is 640 wide; with the text alone doubled there is less room still."""
    page, faults = visit(viewport={"width": 640, "height": 512}), dict[str, list[str]]()

    def look() -> None:
        looked_at(page, faults)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.set_viewport_size({"width": 1280, "height": 1024})
        if overflow(page):
            faults[f"{page.url}, text at 200 %"] = [str(overflow(page))]
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.set_viewport_size({"width": 640, "height": 512})

    file_a_letter(page, agency, look)
    assert Request.objects.get(text=TEXT).parties.count() == 2
    assert faults == {}


@pytest.mark.postgresql
def test_filing_needs_no_script_and_survives_the_way_back(visit: Visit, agency: Agency) -> None:
    page = visit(java_script_enabled=False)
    file_a_letter(page, agency, lambda: None)
    page.go_back()  # to the check, which is over
    expect(page.get_by_role("heading", name="您要向哪个机关申请")).to_be_visible()
    assert Request.objects.filter(text=TEXT).count() == 1


def test_a_button_pressed_twice_sends_one_letter_with_its_receipt(visit: Visit, agency: Agency) -> None:
    page = visit()
    file_up_to_the_check(page, agency)
    press_twice(page, "提交申请")
    expect(page.get_by_role("heading", name="登记回执")).to_be_visible()
    assert Request.objects.filter(text=TEXT).count() == 1


def file_up_to_the_check(page: Page, agency: Agency) -> None:
    page.goto(f"/apply/?agency={agency.public_id}")
    press(page, "向这个机关申请")
    page.get_by_label("您要什么信息").fill(TEXT)
    press(page, "下一步")
    page.get_by_label("以单位名义").check()
    press(page, "下一步")
    page.get_by_label("单位名称").fill("青禾县柳溪农机有限公司")
    page.get_by_label("商业企业").check()
    page.get_by_label("证件号码").fill("00000000MA0000000X")
    page.get_by_label("法定代表人").fill("何平")
    page.get_by_label("联系人").fill("孙悦")
    page.get_by_label("联系电话").fill("0000-6120088")
    press(page, "下一步")
    page.get_by_label("纸质文件").check()
    page.get_by_label("到窗口领取").check()
    press(page, "下一步：核对")


def a_letter_asked_about(office: Office, kind: str) -> Filed:
    """A letter about which something was asked three days ago."""
    with at(today() - timedelta(days=3)):
        filed = file_request(a_letter(office.agency))
        register_request(office.actor(Role.CLERK), filed.request)
        item = Item.objects.get(request=filed.request)
        served(office, draft_notice(office.actor(Role.CLERK), item, kind, fields=FIELDS), Way.DOWNLOAD)
    return filed


@pytest.fixture
def clarifying(office: Office, live_server: LiveServer) -> Filed:
    return a_letter_asked_about(office, "clarification")


@pytest.fixture
def explaining(office: Office, live_server: LiveServer) -> Filed:
    return a_letter_asked_about(office, "reasons")


@pytest.mark.postgresql
def test_what_is_asked_is_read_downloaded_and_answered_on_a_phone(visit: Visit, clarifying: Filed) -> None:
    page, faults = visit(viewport={"width": PHONE[0], "height": PHONE[1]}), dict[str, list[str]]()
    page.goto(f"/query/?number={clarifying.request.register_number}")
    looked_at(page, faults)
    page.get_by_label("查询码").fill(clarifying.code.upper())
    press(page, "查询")
    looked_at(page, faults)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载告知书").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    click_through(page, page.get_by_role("link", name="去补充").first)
    expect(page.get_by_text(FIELDS["all_defects"])).to_be_visible()
    press(page, "提交补充")
    looked_at(page, faults)
    page.get_by_label("补充说明").fill("要2025年度的")
    press(page, "提交补充")
    expect(page.get_by_text("已收到您的补充")).to_be_visible()
    looked_at(page, faults)
    assert faults == {}


@pytest.mark.postgresql
@pytest.mark.parametrize("size", SIZES)
def test_why_so_much_is_asked_is_told_without_scripts_and_added_to(visit: Visit, explaining: Filed, size: str) -> None:
    width, height = SIZES[size]
    page = visit(viewport={"width": width, "height": height}, java_script_enabled=False)
    page.goto(f"/query/?number={explaining.request.register_number}")
    page.get_by_label("查询码").fill(explaining.code)
    press(page, "查询")
    click_through(page, page.get_by_role("link", name="去说明理由"))
    expect(page.get_by_text(FIELDS["excess"])).to_be_visible()
    press(page, "提交理由")
    expect(page.get_by_role("alert")).to_contain_text("申请的理由：请填写")
    page.get_by_label("申请的理由").fill("编写水利志第七卷，需要逐年核对。")
    page.get_by_label("附上材料").set_input_files({"name": "批准书.png", "mimeType": "image/png", "buffer": png()})
    press(page, "提交理由")
    expect(page.get_by_text("已收到您说明的理由")).to_be_visible()
    click_through(page, page.get_by_role("link", name="补充说明理由"))
    expect(page.get_by_text("编写水利志第七卷，需要逐年核对。")).to_be_visible()


@pytest.mark.postgresql
def test_the_pages_on_which_reasons_are_told_shut_nobody_out(visit: Visit, explaining: Filed) -> None:
    page, faults = visit(viewport={"width": PHONE[0], "height": PHONE[1]}), dict[str, list[str]]()
    page.goto(f"/query/?number={explaining.request.register_number}")
    page.get_by_label("查询码").fill(explaining.code)
    press(page, "查询")
    looked_at(page, faults)
    click_through(page, page.get_by_role("link", name="去说明理由"))
    looked_at(page, faults)
    page.get_by_label("申请的理由").fill("编写水利志第七卷，需要逐年核对。")
    press(page, "提交理由")
    looked_at(page, faults)
    click_through(page, page.get_by_role("link", name="补充说明理由"))
    looked_at(page, faults)
    assert faults == {}


@pytest.mark.postgresql
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_without_a_draft_shut_nobody_out(visit: Visit, agency: Agency, scheme: str) -> None:
    page, faults = visit(color_scheme=scheme), dict[str, list[str]]()
    for address in ("/apply/", "/apply/receipt/", "/query/", "/query/recover/", "/query/recover/asked/"):
        page.goto(address)
        looked_at(page, faults)
    assert faults == {}
