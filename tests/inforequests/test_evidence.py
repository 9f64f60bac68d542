"""The proofs of a case on one page: all that a court asks for, in words, and nobody's name but the office's."""

from datetime import date

import pytest
from django.urls import reverse
from tests.agencies.people import signed_in
from tests.inforequests.cases import APPLICANT, a_case, an_office

from gongkai.inforequests.actions.handling import answer_assignment, assign, record_search
from gongkai.inforequests.actions.opening import open_identity, see_request
from gongkai.inforequests.evidence import evidence_of
from gongkai.kernel.clock import at

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)


def test_the_page_tells_each_proof_in_words_and_names_no_applicant() -> None:
    office = an_office()
    item = a_case(office, on=MONDAY)
    with at(date(2026, 3, 3)):
        see_request(office.actor("clerk"), item.request)
        assign(office.actor("clerk"), item, units=[office.unit], due_on=date(2026, 3, 9))
    with at(date(2026, 3, 5)):
        record_search(
            office.actor("unit_handler"),
            item,
            place="机关档案室",
            terms="饮水工程 2025",
            searched_on=date(2026, 3, 5),
            is_found=False,
            outcome="目录中没有",
            archive_asked=True,
        )
        answer_assignment(office.actor("unit_handler"), item, opinion="没有找到")
        open_identity(office.actor("clerk"), item.request, reason="核对代理手续")
        page = signed_in(office.users["clerk"]).get(reverse("case_evidence", args=[item.public_id])).content.decode()
    for words in (
        "以双方确认之日为收到申请之日",
        "2026年3月30日（周一）以前答复",
        "2026-03-03 09:00:00",
        "机关档案室",
        "没有检索到：目录中没有；已向档案馆查询",
        "核对代理手续",
        "收到网上申请",
        "申请人",
    ):
        assert words in page, words
    assert APPLICANT.name not in page
    assert APPLICANT.identity not in page


def test_every_entry_of_the_journal_about_the_letter_is_among_the_proofs() -> None:
    office = an_office()
    item = a_case(office, on=MONDAY)
    sheet = next(sheet for sheet in evidence_of(item, MONDAY).sheets if sheet.caption == "日志")
    assert [row[3] for row in sheet.rows] == ["收到网上申请", "登记"]
    assert "登记编号：2026-1" in sheet.rows[0][4]
