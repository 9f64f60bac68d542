"""Who can't use a mouse, who writes on paper, whose login ends: the ways of a request beside the easy one."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.agencies.people import PASSWORD, SECRET, SYSTEM
from tests.e2e import browser as windows
from tests.e2e.browser import follow, overflow, press, press_twice
from tests.e2e.hall import Hall, hall, told
from tests.e2e.test_sign_in import code
from tests.inforequests.cases import Office, a_case, an_office
from tests.inforequests.issuing import decided, path_to, sealed

from gongkai.agencies.actions.accounts import end_sessions
from gongkai.agencies.roles import Role
from gongkai.inforequests.actions.drafting import submit_notice
from gongkai.inforequests.choices import CaseState, HandlingKind
from gongkai.inforequests.models import Approval, Decision, Item, Request
from gongkai.kernel.clock import today

TEXT = "柳溪镇2025年饮水工程的水质检测报告"
FACTS = "该材料是本机关起草规范性文件时形成的征求意见过程稿"
_SEEN = """() => {
    const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
    return it === document.body || style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2
        && box.bottom > 0 && box.top < innerHeight && box.left < innerWidth;
}"""


@pytest.fixture
def office(live_server: LiveServer) -> Office:
    assert live_server
    return an_office()


@pytest.fixture
def place(browser: Browser, live_server: LiveServer, office: Office) -> Iterator[Hall]:
    with hall(browser, live_server.url, office) as opened:
        yield opened


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until what has that label or name has the focus, which is seen at each stop."""
    for _ in range(60):
        page.keyboard.press("Tab")
        label = page.evaluate(
            "() => { const it = document.activeElement;"
            " return (it.labels && it.labels.length ? it.labels[0].innerText : it.innerText) || '' }"
        )
        assert page.evaluate(_SEEN), f"nobody sees the focus at “{label}”"
        if label.strip().startswith(name):
            return
    raise AssertionError(f"{name} is not reached by Tab")


def enter(page: Page) -> None:
    """Presses Enter where it leads to another page; nothing on it is wider than the window."""
    windows.enter(page)
    assert overflow(page) == 0, page.url


def write(page: Page, **typed: str) -> None:
    for name, text in typed.items():
        tab_to(page, name)
        page.keyboard.type(text)


@pytest.mark.postgresql
def test_somebody_aged_seventy_files_by_keyboard_alone_at_twice_the_size(place: Hall) -> None:
    page = place.citizen(
        viewport={"width": 640, "height": 512}, device_scale_factor=2, has_touch=False, is_mobile=False
    )
    page.goto(f"/apply/?agency={place.office.agency.public_id}")
    tab_to(page, "向这个机关申请")
    enter(page)
    tab_to(page, "下一步")
    enter(page)
    expect(page.get_by_role("alert")).to_be_focused()
    tab_to(page, "您要什么信息：请填写")
    page.keyboard.press("Enter")
    expect(page.get_by_label("您要什么信息")).to_be_focused()
    page.keyboard.type(TEXT)
    tab_to(page, "下一步")
    enter(page)
    tab_to(page, "以个人名义")
    page.keyboard.press("Space")
    tab_to(page, "下一步")
    enter(page)
    write(page, 姓名="周明远", 证件号码="000000195603071234", 联系电话="13900000001")
    tab_to(page, "下一步")
    enter(page)
    for choice in ("电子数据", "网上下载"):
        tab_to(page, choice)
        page.keyboard.press("Space")
    tab_to(page, "下一步")
    enter(page)
    told(page, TEXT, "周明远")
    place.look(page)
    tab_to(page, "提交申请")
    enter(page)
    expect(page.get_by_role("heading", name="登记回执")).to_be_visible()
    place.look(page)
    assert Request.objects.get(text=TEXT).parties.count() == 1


@pytest.mark.postgresql
def test_a_letter_on_paper_is_answered_by_post_which_fails_once(place: Hall) -> None:
    clerk = place.officer(Role.CLERK)
    clerk.goto("/office/cases/")
    follow(clerk, "登记申请")
    place.look(clerk)
    clerk.get_by_label("平信").check()
    clerk.get_by_label("到达日期").fill((today() + timedelta(days=1)).isoformat())
    clerk.get_by_label("申请内容").fill(TEXT)
    clerk.get_by_label("纸质").check()
    clerk.get_by_label("邮寄").check()
    clerk.get_by_label("申请人姓名或者名称").fill("<b>周</b>明远")
    clerk.get_by_label("通信地址").fill("青禾县柳溪镇一号")
    press(clerk, "登记并出回执")
    expect(clerk.get_by_role("alert")).to_contain_text("到达日期还没有到")
    expect(clerk.get_by_label("申请内容")).to_have_value(TEXT)
    assert Request.objects.count() == 0
    clerk.get_by_label("到达日期").fill(today().isoformat())
    press(clerk, "登记并出回执")
    expect(clerk.get_by_role("heading", name="登记回执")).to_be_visible()
    place.look(clerk)
    follow(clerk, "打开这件申请")
    follow(clerk, "确认收到")
    place.look(clerk)
    press(clerk, "确认收到")
    follow(clerk, "登记")
    press(clerk, "登记")
    told(clerk, "已登记，可以办理")
    notice = sealed(place.office, decided(place.office, Item.objects.get(), "refused_process"))
    posted(place, clerk, notice.public_id, "EA123456789CN")
    follow(clerk, "登记未送达")
    place.look(clerk)
    clerk.get_by_label("未送达的原因").fill("查无此人")
    press(clerk, "登记未送达")
    told(clerk, "请另行送达", "查无此人")
    posted(place, clerk, notice.public_id, "EA987654321CN")
    follow(clerk, "登记收到")
    place.look(clerk)
    clerk.get_by_label("送达证明").fill("邮政查询结果：本人签收")
    press(clerk, "登记收到")
    told(clerk, "已登记收到日期和证明", "EA123456789CN", "EA987654321CN")
    assert Item.objects.get().state == CaseState.ENDED


def posted(place: Hall, clerk: Page, notice: str, tracking: str) -> None:
    """Given to the post, with the day and the number of the letter."""
    clerk.goto(f"/office/notices/{notice}/")
    follow(clerk, "送达")
    expect(clerk.get_by_role("radio", name="邮寄")).to_be_checked()
    place.look(clerk)
    clerk.get_by_label("邮件号码").fill(tracking)
    press(clerk, "登记送达")
    told(clerk, "已登记送达", tracking)


def signed_in_again(page: Page, place: Hall, role: str) -> None:
    """Through the door, with password and code."""
    cache.clear()
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
    page.get_by_label("用户名").fill(place.office.users[role].username)
    page.get_by_label("密码").fill(PASSWORD)
    press(page, "登录")
    page.get_by_label("验证码").fill(code(SECRET))
    press(page, "登录")


@pytest.mark.postgresql
def test_what_was_typed_for_a_decision_comes_back_after_the_login_ended(place: Hall) -> None:
    case = a_case(place.office, on=today())
    clerk = place.officer(Role.CLERK)
    marks = "".join("y" if answer else "n" for answer in path_to("refused_process"))
    clerk.goto(f"/office/cases/{case.public_id}/decide/?a={marks}")
    clerk.get_by_label("认定的事实").fill(FACTS)
    end_sessions(SYSTEM, place.office.users[Role.CLERK])
    press(clerk, "保存拟稿，预览告知书")
    assert not Decision.objects.exists()
    signed_in_again(clerk, place, Role.CLERK)
    told(clerk, "已经恢复", "属于四类过程性信息")
    expect(clerk.get_by_label("认定的事实")).to_have_value(FACTS)
    clerk.get_by_label("不予公开的理由").fill("讨论尚未结束")
    press(clerk, "保存拟稿，预览告知书")
    told(clerk, "已拟稿", FACTS)
    assert Decision.objects.count() == 1


@pytest.mark.postgresql
def test_an_opinion_comes_back_after_the_login_ended_and_counts_once(place: Hall) -> None:
    notice = decided(place.office, a_case(place.office, on=today()), "refused_process")
    submit_notice(place.office.actor(Role.CLERK), notice)
    reviewer = place.officer(Role.SECRECY_REVIEWER, on_phone=True)
    reviewer.goto(f"/office/notices/{notice.public_id}/review/")
    for box in reviewer.get_by_role("checkbox").all():
        box.check()
    reviewer.get_by_label("意见").fill("已经逐页看过")
    end_sessions(SYSTEM, place.office.users[Role.SECRECY_REVIEWER])
    press(reviewer, "同意")
    assert not Approval.objects.exclude(at=None).exists()
    signed_in_again(reviewer, place, Role.SECRECY_REVIEWER)
    expect(reviewer.get_by_label("意见")).to_have_value("已经逐页看过")
    for box in reviewer.get_by_role("checkbox").all():
        expect(box).to_be_checked()
    press_twice(reviewer, "同意")
    told(reviewer, "已同意，转下一环节")
    assert list(Approval.objects.exclude(at=None).values_list("role", "is_agreed")) == [(Role.SECRECY_REVIEWER, True)]


def test_a_button_pressed_twice_registers_and_serves_once(place: Hall) -> None:
    case = a_case(place.office, on=today(), is_registered=False)
    clerk = place.officer(Role.CLERK)
    clerk.goto(f"/office/cases/{case.public_id}/register/")
    press_twice(clerk, "登记")
    told(clerk, "已登记，可以办理")
    assert [row.kind for row in case.handlings.all()] == [HandlingKind.REGISTERED]
    notice = sealed(place.office, decided(place.office, case, "refused_process"))
    clerk.goto(f"/office/notices/{notice.public_id}/serve/")
    press_twice(clerk, "登记送达")
    told(clerk, "已登记送达")
    assert notice.services.count() == 1
