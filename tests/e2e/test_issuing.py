"""A notice on its way through the office in a browser: decided, approved by four people on phones, sealed, served."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.e2e import browser as windows
from tests.e2e.browser import DESKTOP, PHONE, click_through, follow, overflow, press, violations
from tests.e2e.county import session_of
from tests.inforequests.cases import Office, a_case, an_office

from gongkai.agencies.roles import Role
from gongkai.inforequests.models import Item
from gongkai.kernel.clock import today

pytestmark = pytest.mark.postgresql
Open = Callable[[str, tuple[int, int]], Page]
AGREE = re.compile("^同意")
REVIEWERS = (Role.SECRECY_REVIEWER, Role.LEGALITY_REVIEWER, Role.OFFICE_HEAD, Role.HEAD)


@pytest.fixture
def office(live_server: LiveServer) -> Office:
    assert live_server
    return an_office()


@pytest.fixture
def case(office: Office) -> Item:
    return a_case(office, on=today())


@pytest.fixture
def opened(browser: Browser, live_server: LiveServer, office: Office) -> Iterator[Open]:
    """Opens a window for whoever holds a role, of a size."""
    with ExitStack() as stack:

        def window(role: str, size: tuple[int, int]) -> Page:
            session = session_of(office.users[role])
            viewport = {"width": size[0], "height": size[1]}
            return stack.enter_context(windows.context(browser, live_server.url, session, viewport=viewport)).new_page()

        yield window


def choose(page: Page, answer: str) -> None:
    """Answers what is asked now."""
    page.get_by_role("radio", name=answer, exact=True).check()
    press(page, "下一步")


def test_a_refusal_is_decided_approved_sealed_and_served(opened: Open, case: Item) -> None:
    clerk = opened(Role.CLERK, DESKTOP)
    clerk.goto(f"/office/cases/{case.public_id}/")
    follow(clerk, "作出答复")
    for answer in ("都不是", "都不是", "否", "是", "是", "都不是", "否"):
        choose(clerk, answer)
    choose(clerk, "属于讨论记录、过程稿、磋商信函、请示报告等过程性信息，并且决定不予公开")
    choose(clerk, "否")
    expect(clerk.get_by_text("不予公开：属于四类过程性信息")).to_be_visible()
    clerk.get_by_label("认定的事实").fill("该材料是本机关起草规范性文件时形成的征求意见过程稿")
    clerk.get_by_label("不予公开的理由").fill("讨论尚未结束，公开可能影响后续的讨论和决定")
    assert violations(clerk) == []
    press(clerk, "保存拟稿，预览告知书")
    expect(clerk.get_by_role("heading", name="政府信息不予公开告知书")).to_be_visible()
    notice = clerk.url
    follow(clerk, "送审")
    press(clerk, "送审")

    for role in REVIEWERS:
        phone = opened(role, PHONE)
        phone.goto(f"{notice}review/")
        assert (violations(phone), overflow(phone)) == ([], 0)
        for box in phone.get_by_role("checkbox").all():
            box.check()
        click_through(phone, phone.get_by_role("button", name=AGREE))
        expect(phone.get_by_text("已签发" if role is Role.HEAD else "已同意，转下一环节")).to_be_visible()

    keeper = opened(Role.SEAL_KEEPER, DESKTOP)
    keeper.goto(f"{notice}seal/")
    with keeper.expect_download() as download:
        keeper.get_by_role("link", name="下载签发稿 PDF").click()
    keeper.get_by_label("用印后的文件").set_input_files(download.value.path())
    press(keeper, "上传用印后的文件")
    expect(keeper.get_by_text("已用印")).to_be_visible()

    clerk.goto(f"{notice}serve/")
    expect(clerk.get_by_role("radio", name="网上下载")).to_be_checked()
    press(clerk, "登记送达")
    expect(clerk.get_by_text("已登记送达", exact=True)).to_be_visible()
    clerk.goto(f"/office/cases/{case.public_id}/")
    expect(clerk.get_by_text("已办结").first).to_be_visible()
