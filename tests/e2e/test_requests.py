"""One request from filing to the answer in the applicant's hand, by clicks alone, with the words on the pages."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.e2e.browser import click_through, follow, press
from tests.e2e.hall import Hall, hall, told
from tests.inforequests.cases import Office, an_office
from tests.inforequests.issuing import decided as made
from tests.inforequests.issuing import served

from gongkai.agencies.actions.acting import in_words
from gongkai.agencies.roles import Role
from gongkai.demo.requests.papers import released, sealed
from gongkai.files.queries import pieces_of
from gongkai.inforequests.choices import CaseState, Way
from gongkai.inforequests.models import Item
from gongkai.kernel.clock import today

TEXT = "青禾县2025年农村饮水工程的施工合同"
PAPER = "农村饮水工程第二标段施工合同"
CHECKS = {"name": f"{PAPER}.pdf", "mimeType": "application/pdf"}

PROCESS = "属于讨论记录、过程稿、磋商信函、请示报告等过程性信息，并且决定不予公开"
WITHHELD = "合同磋商记录"
CHAIN = (Role.SECRECY_REVIEWER, Role.LEGALITY_REVIEWER, Role.OFFICE_HEAD, Role.HEAD)
REMEDY = re.compile(r"自收到之日起六十日内（\d{4}年\d+月\d+日以前")
ANSWERS = ("否", "都不是", "都不是", "否", "是", "都不是", "否", PROCESS, "是")


@pytest.fixture
def office(live_server: LiveServer) -> Office:
    assert live_server
    return an_office()


@pytest.fixture
def place(browser: Browser, live_server: LiveServer, office: Office) -> Iterator[Hall]:
    with hall(browser, live_server.url, office) as opened:
        yield opened


def filed(place: Hall, page: Page) -> tuple[str, str]:
    """Files on the web; number and code as they stand on the receipt."""
    page.goto("/")
    place.look(page)
    follow(page, "申请公开")
    place.look(page)
    page.get_by_role("searchbox").fill("水利")
    press(page, "查找")
    place.look(page)
    follow(page, "青禾县水利局")
    place.look(page)
    press(page, "向这个机关申请")
    page.get_by_label("您要什么信息").fill(TEXT)
    place.look(page)
    press(page, "下一步")
    page.get_by_label("以个人名义").check()
    press(page, "下一步")
    page.get_by_label("姓名").fill("周明远")
    page.get_by_label("证件号码").fill("000000199003071234")
    page.get_by_label("联系电话").fill("13900000001")
    place.look(page)
    press(page, "下一步")
    page.get_by_label("电子数据").check()
    page.get_by_label("网上下载").check()
    place.look(page)
    press(page, "下一步：核对")
    told(page, TEXT, "周明远")
    place.look(page)
    press(page, "提交申请")
    expect(page.get_by_role("heading", name="登记回执")).to_be_visible()
    place.look(page)
    number, code = Item.objects.get(text=TEXT).request.register_number, page.locator(".gk-code__code").inner_text()
    told(page, number)
    return number, code


def queried(page: Page, number: str, code: str) -> None:
    """Number and code, typed on the first page's way to the query."""
    page.goto("/")
    follow(page, "查询进度")
    page.get_by_label("登记编号").fill(number)
    page.get_by_label("查询码").fill(code)
    press(page, "查询")
    expect(page.get_by_role("heading", name=f"申请{number}")).to_be_visible()


def case_from_desk(place: Hall, role: str, number: str, *, on_phone: bool = False) -> Page:
    """The case, found on the desk of whoever holds a role."""
    page = place.officer(role, on_phone=on_phone)
    page.goto("/office/")
    follow(page, "办件")
    place.look(page)
    click_through(page, page.get_by_role("row").filter(has_text=number).get_by_role("link"))
    place.look(page)
    return page


def registered(place: Hall, number: str) -> Page:
    """Seen on the desk, and registered."""
    clerk = case_from_desk(place, Role.CLERK, number)
    told(clerk, TEXT)
    follow(clerk, "登记")
    clerk.get_by_label("拟办意见").fill("请水政股查找后提出意见")
    place.look(clerk)
    press(clerk, "登记")
    told(clerk, "已登记，可以办理")
    return clerk


def handled_in_the_unit(place: Hall, number: str, clerk: Page) -> bytes:
    """Given to the unit, which searches, hands in the file, and gives it back with its opinion."""
    follow(clerk, "分办")
    clerk.get_by_label("水政股").check()
    clerk.get_by_label("要求").fill("请查找合同，并提出能否公开的意见")
    place.look(clerk)
    press(clerk, "分办")
    told(clerk, "已分办，股室会收到提醒")
    handler = case_from_desk(place, Role.UNIT_HANDLER, number)
    follow(handler, "登记检索")
    handler.get_by_label("在哪里查的").fill("局档案室2025年卷")
    handler.get_by_label("用什么查的").fill("农村饮水、施工合同、2025年")
    handler.get_by_label("查到了", exact=True).check()
    handler.get_by_label("结果说明").fill("查到施工合同一份")
    place.look(handler)
    press(handler, "登记检索")
    data = released(PAPER, (("合同总价", "356.8万元"), ("工期", "120日")), agency="青禾县水利局")
    follow(handler, "提交拟公开的文件")
    handler.get_by_label("拟公开的文件").set_input_files({**CHECKS, "buffer": data})
    handler.get_by_label("说明").fill(PAPER)
    place.look(handler)
    press(handler, "提交文件")
    told(handler, "已提交，等待保密审查")
    follow(handler, "反馈")
    told(handler, "请查找合同，并提出能否公开的意见")
    handler.get_by_label("承办意见").fill("合同可以公开；磋商记录属于过程性信息，建议不提供")
    place.look(handler)
    press(handler, "反馈给经办人")
    told(handler, "已反馈，转回经办人")
    return data


def clarified(place: Hall, citizen: Page, number: str, code: str) -> None:
    """Asked what is unclear, agreed to by the office's head, sealed, served; read and answered on the phone."""
    clerk = case_from_desk(place, Role.CLERK, number)
    follow(clerk, "告知补正")
    place.look(clerk)
    clerk.get_by_label("指导和释明").fill("可以写明标段的名称或者施工单位")
    clerk.get_by_label("需要补正的全部事项").fill("所申请的合同是哪一个标段的")
    press(clerk, "保存拟稿，预览文书")
    submitted(place, clerk)
    agreed(place, Role.OFFICE_HEAD, number)
    data = sealed_and_served(place, number)
    queried(citizen, number, code)
    place.look(citizen)
    assert downloaded(citizen, "下载告知书") == data
    click_through(citizen, citizen.get_by_role("link", name="去补充").first)
    told(citizen, "所申请的合同是哪一个标段的")
    place.look(citizen)
    citizen.get_by_label("补充说明").fill("要第二标段的")
    press(citizen, "提交补充")
    told(citizen, "已收到您的补充")


def submitted(place: Hall, clerk: Page) -> None:
    """The draft that is open goes to those who agree."""
    place.look(clerk)
    follow(clerk, "送审")
    place.look(clerk)
    press(clerk, "送审")
    told(clerk, "已送审")


def reviewed(place: Hall, role: str, number: str) -> Page:
    """The page on which one gives an opinion, reached from his desk, where the letter waits for him."""
    page = case_from_desk(place, role, number, on_phone=role == Role.HEAD)
    click_through(page, page.get_by_role("link", name="审签《"))
    follow(page, "审签")
    place.look(page)
    return page


def agreed(place: Hall, role: str, number: str) -> None:
    """One looks at each point, and agrees."""
    page = reviewed(place, role, number)
    for box in page.get_by_role("checkbox").all():
        box.check()
    click_through(page, page.get_by_role("button", name="同意"))
    expect(page.get_by_role("status")).to_contain_text("已")


def sealed_and_served(place: Hall, number: str) -> bytes:
    """The keeper takes the signed letter, seals it, gives it back; the clerk puts it where it is downloaded."""
    keeper = case_from_desk(place, Role.SEAL_KEEPER, number)
    click_through(keeper, keeper.get_by_role("link", name="用印《"))
    place.look(keeper)
    follow(keeper, "用印")
    place.look(keeper)
    signed = downloaded(keeper, "下载签发稿 PDF")
    data = sealed(signed, "青禾县水利局", in_words(today()))
    keeper.get_by_label("用印后的文件").set_input_files(
        {"name": "用印后.pdf", "mimeType": "application/pdf", "buffer": data}
    )
    press(keeper, "上传用印后的文件")
    told(keeper, "已用印")
    clerk = case_from_desk(place, Role.CLERK, number)
    click_through(clerk, clerk.get_by_role("link", name="送达《"))
    follow(clerk, "送达")
    expect(clerk.get_by_role("radio", name="网上下载")).to_be_checked()
    place.look(clerk)
    press(clerk, "登记送达")
    told(clerk, "已登记送达")
    return data


def downloaded(page: Page, link: str) -> bytes:
    """The bytes behind a link, as they come to who follows it."""
    with page.expect_download() as download:
        page.get_by_role("link", name=link).first.click()
    return download.value.path().read_bytes()


def decided(place: Hall, number: str) -> Page:
    """Partly granted, by the questions; what is withheld was written on the way to the contract."""
    reviewer = case_from_desk(place, Role.SECRECY_REVIEWER, number)
    follow(reviewer, "审查文件")
    place.look(reviewer)
    reviewer.get_by_role("radio", name="可以公开", exact=True).check()
    for radio in reviewer.get_by_role("radio", name=PAPER).all():
        radio.check()
    reviewer.get_by_label("审查意见").fill("已逐页核对，不涉及国家秘密和个人隐私")
    press(reviewer, "写下审查意见")
    told(reviewer, "已记录审查意见")
    clerk = case_from_desk(place, Role.CLERK, number)
    follow(clerk, "作出答复")
    for answer in ANSWERS:
        place.look(clerk)
        clerk.get_by_role("radio", name=answer, exact=True).check()
        press(clerk, "下一步")
    told(clerk, "部分公开", "复议前置", PAPER)
    place.look(clerk)
    clerk.get_by_label("可以公开的部分").fill(f"{PAPER}电子文件1份")
    clerk.get_by_label("不予公开的部分和理由").fill(f"{WITHHELD}是订立合同以前形成的，没有对外发生效力")
    press(clerk, "保存拟稿，预览告知书")
    return clerk


def sent_back(place: Hall, role: str, number: str, reason: str) -> None:
    """One does not agree: without a reason it is not taken, with one it goes back."""
    page = reviewed(place, role, number)
    press(page, "退回修改")
    expect(page.get_by_role("alert")).to_contain_text("退回的，请写明要修改什么")
    page.get_by_label("意见").fill(reason)
    press(page, "退回修改")
    told(page, "已退回修改")


def mended(place: Hall, number: str, reason: str) -> Page:
    """The clerk reads why it came back, changes what was typed, and looks at it again."""
    clerk = case_from_desk(place, Role.CLERK, number)
    click_through(clerk, clerk.get_by_role("link", name="继续拟稿《"))
    told(clerk, reason)
    follow(clerk, "修改")
    place.look(clerk)
    clerk.get_by_label("不予公开的部分和理由").fill(f"{WITHHELD}记录的是双方的磋商过程，没有对外发生效力")
    press(clerk, "保存，预览文书")
    told(clerk, "已保存", "双方的磋商过程")
    return clerk


def answered(place: Hall, citizen: Page, number: str, code: str, notice: bytes, paper: bytes) -> None:
    """The answer on the phone: what was sealed and handed in, byte for byte; the remedies with their dates."""
    queried(citizen, number, code)
    place.look(citizen)
    told(citizen, "部分公开告知书", "申请行政复议", "青禾县人民法院")
    expect(citizen.get_by_text(REMEDY)).to_be_visible()
    assert downloaded(citizen, "部分公开告知书") == notice
    assert downloaded(citizen, PAPER) == paper
    follow(citizen, "怎么算的")
    told(citizen, "答复期限第1至第20个工作日")
    place.look(citizen)


@pytest.mark.postgresql
def test_a_request_from_filing_to_the_answer(place: Hall) -> None:
    citizen = place.citizen()
    number, code = filed(place, citizen)
    clerk = registered(place, number)
    data = handled_in_the_unit(place, number, clerk)
    clarified(place, citizen, number, code)
    clerk = decided(place, number)
    submitted(place, clerk)
    agreed(place, Role.SECRECY_REVIEWER, number)
    reason = "请写明为什么属于过程性信息"
    sent_back(place, Role.LEGALITY_REVIEWER, number, reason)
    submitted(place, mended(place, number, reason))
    for role in CHAIN:
        agreed(place, role, number)
    notice = sealed_and_served(place, number)
    answered(place, citizen, number, code, notice, data)
    clerk.reload()
    told(clerk, "已下载 2 次")
    item = Item.objects.get()
    assert (item.state, item.notices.count()) == (CaseState.ENDED, 2)


def test_filed_and_followed_without_scripts(place: Hall) -> None:
    """The smoke of both engines: the citizen's browser runs no script, and sees what the office did."""
    citizen = place.citizen(java_script_enabled=False)
    number, code = filed(place, citizen)
    registered(place, number)
    queried(citizen, number, code)
    told(citizen, TEXT, "已收到申请")
    item = Item.objects.get()
    notice = served(place.office, made(place.office, item, "refused_process"), Way.DOWNLOAD).notice
    citizen.reload()
    told(citizen, "不予公开告知书")
    expect(citizen.get_by_text(REMEDY)).to_be_visible()
    stored = b"".join(pieces_of(notice.sealed_file, owner=notice.public_id))
    assert downloaded(citizen, "不予公开告知书") == stored
    press(citizen, "退出查询")
    citizen.goto("/query/case/")
    expect(citizen.get_by_label("查询码")).to_be_visible()
