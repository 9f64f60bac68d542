"""The review of a file before it goes out: its words and findings beside the decision."""

import pytest
from django.urls import reverse
from tests.inforequests.cases import Office, a_case, an_office
from tests.inforequests.issuing import decided
from tests.inforequests.notice_pages import ON, at_page, browser_of

from gongkai.agencies.roles import Role
from gongkai.documents.blocks import Paragraph
from gongkai.documents.writing import write
from gongkai.files.purposes import Purpose
from gongkai.files.uploads import inspect_made
from gongkai.inforequests.actions.handling import add_release
from gongkai.inforequests.models import Item, Release
from gongkai.kernel.clock import at

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


@pytest.fixture
def case(office: Office) -> Item:
    return a_case(office)


@pytest.fixture
def release(office: Office, case: Item) -> Release:
    data = write([Paragraph("柳溪镇资金安排 <b>320</b> 万元")], to="docx", title="资金安排")
    with at(ON):
        file = inspect_made(data, name="资金安排.docx", purpose=Purpose.CASE)
        return add_release(office.actor(Role.CLERK), case, file=file)


def page_of(release: Release) -> str:
    return reverse("case_release_review", args=[release.item.public_id, release.public_id])


def test_the_words_of_the_file_stand_beside_the_decision(office: Office, release: Release) -> None:
    with at(ON):
        page = browser_of(office, Role.SECRECY_REVIEWER).get(page_of(release)).content.decode()
    assert "资金安排.docx" in page
    assert "柳溪镇资金安排 &lt;b&gt;320&lt;/b&gt; 万元" in page
    assert reverse("case_file", args=[release.item.public_id, release.file]) in page


def test_it_is_cleared_once(office: Office, release: Release) -> None:
    sent = {"is_cleared": "yes", "review": "已逐页审查，可以公开"}
    with at(ON):
        client = browser_of(office, Role.SECRECY_REVIEWER)
        assert client.post(page_of(release), {**sent, "review": ""}).status_code == 422
        assert client.post(page_of(release), {"review": "x"}).status_code == 422
        assert client.post(page_of(release), sent).status_code == 302
        assert client.post(page_of(release), sent).status_code == 422
        assert "<textarea" not in client.get(page_of(release)).content.decode()
    release.refresh_from_db()
    assert release.is_cleared
    assert release.review == "已逐页审查，可以公开"


def test_the_act_on_the_case_leads_to_each_file_in_turn(office: Office, case: Item, release: Release) -> None:
    clear, sent = reverse("case_clear", args=[case.public_id]), {"is_cleared": "yes", "review": "可以公开"}
    with at(ON):
        second = add_release(office.actor(Role.CLERK), case, file=None, note="机要室三号柜", is_pointer=True)
        client = browser_of(office, Role.SECRECY_REVIEWER)
        page = client.get(clear).content.decode()
        assert page_of(release) in page
        assert page_of(second) in page
        assert "还有 2 份待审查" in page
        assert client.post(page_of(release), sent).headers["Location"] == clear
        assert client.get(clear).headers["Location"] == page_of(second)
        answer = client.post(page_of(second), {**sent, "is_cleared": "no"})
        assert answer.headers["Location"] == reverse("case", args=[case.public_id])
        assert "都已经审查" in client.get(clear).content.decode()
        assert browser_of(office, Role.CLERK).get(clear).status_code == 403


def test_the_notice_leads_to_the_file_and_only_who_reviews_to_its_review(
    office: Office, case: Item, release: Release
) -> None:
    with at(ON):
        notice = decided(office, case)
        shown = browser_of(office, Role.SECRECY_REVIEWER).get(at_page(notice)).content.decode()
        others = browser_of(office, Role.CLERK).get(at_page(notice)).content.decode()
    assert page_of(release) in shown
    assert page_of(release) not in others
    assert reverse("case_file", args=[case.public_id, release.file]) in others


def test_another_s_file_is_not_there(office: Office, release: Release) -> None:
    stranger = an_office("青禾县林业局")
    other = a_case(office)
    with at(ON):
        assert browser_of(stranger, Role.SECRECY_REVIEWER).get(page_of(release)).status_code == 404
        client = browser_of(office, Role.SECRECY_REVIEWER)
        path = reverse("case_release_review", args=[other.public_id, release.public_id])
        assert client.get(path).status_code == 404
        assert browser_of(office, Role.CLERK).get(page_of(release)).status_code == 403
