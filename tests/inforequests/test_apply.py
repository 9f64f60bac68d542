"""Filing on the web: each step and its errors, nothing lost, one letter, nothing personal where it does not belong."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.agencies.people import SYSTEM, a_user, an_agency
from tests.files.samples import word
from tests.inforequests.applying import AGENT, COMPANY, CONTENT, DELIVERY, JOINT, PERSON, Citizen, an_open_agency

from gongkai.agencies.actions.tree import merge_agency
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Role
from gongkai.documents.reading import read
from gongkai.files.models import File
from gongkai.files.queries import files_of
from gongkai.inforequests.codes import code_index, new_code
from gongkai.inforequests.models import Draft, Item, Request
from gongkai.inforequests.public_sessions import RECEIPT_MINUTES
from gongkai.inforequests.throttling import DRAFTS
from gongkai.kernel.clock import at, now, today

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
MONDAY = date(2026, 3, 2)


@pytest.fixture
def agency() -> Agency:
    return an_open_agency()


def a_file(text: str, name: str = "材料.docx") -> SimpleUploadedFile:
    """A document as a browser sends it."""
    return SimpleUploadedFile(name, word(text))


def test_a_letter_is_filed_in_four_steps_and_its_receipt_tells_number_code_and_day(agency: Agency) -> None:
    with at(MONDAY):
        citizen = Citizen().fill(agency)
        check = citizen.page("/apply/check/")
        assert all(words in check for words in ("青水〔2025〕8号", "周明远", "000000199003071234", "网上下载"))
        assert citizen.post("/apply/check/").headers["Location"] == "/apply/receipt/"
        receipt = citizen.page("/apply/receipt/")
    request = Request.objects.get()
    item = Item.objects.get(request=request)
    assert (item.due_on, request.parties.get().name, request.channel) == (date(2026, 3, 30), "周明远", "internet")
    assert "2026-1" in receipt
    assert "2026年3月30日（周一）以前" in receipt
    assert "《条例》第三十一条第（三）项" in receipt
    assert not Draft.objects.exists()


@pytest.mark.parametrize(("email", "told"), [("", "您没有填写邮箱"), ("zhou@example.com", "发到您填写的邮箱")])
def test_the_receipt_tells_how_a_lost_code_is_found(agency: Agency, email: str, told: str) -> None:
    citizen = Citizen().fill(agency, applicant={**PERSON, "email": email})
    citizen.post("/apply/check/")
    assert told in citizen.page("/apply/receipt/")


def test_the_receipt_is_closed_for_good_and_leads_to_the_case(agency: Agency) -> None:
    citizen = Citizen().fill(agency)
    citizen.post("/apply/check/")
    code = "".join(citizen.get("/apply/receipt/").context["filed"].code)
    assert Request.objects.get().code_index == code_index(code)
    assert code not in str(dict(citizen.session))
    assert citizen.post("/apply/receipt/").headers["Location"] == "/query/case/"
    assert "没有可以显示的回执" in citizen.page("/apply/receipt/")
    assert citizen.get("/apply/receipt/file/").headers["Location"] == "/apply/receipt/"


def test_the_receipt_comes_as_a_file_with_the_code(agency: Agency) -> None:
    citizen = Citizen().fill(agency)
    citizen.post("/apply/check/")
    code = citizen.get("/apply/receipt/").context["filed"].code
    answer = citizen.get("/apply/receipt/file/")
    assert answer.headers["Content-Type"] == "application/pdf"
    text = "".join(str(read(answer.content)).split())
    assert code in text
    assert "周明远" in text
    assert not File.objects.exists()


@pytest.mark.parametrize(
    ("step", "typed", "said"),
    [
        ("content", {"text": ""}, "请填写"),
        ("content", {"text": "字" * 10_000}, "最多5000个字，现有10000个"),
        ("content", {"description": "字" * 10_000}, "最多300个字，现有10000个"),
        ("sort", {"sort": ""}, "请选择一项"),
        ("applicant", {"name": ""}, "请填写"),
        ("applicant", {"name": "字" * 300}, "最多60个字，现有300个"),
        ("applicant", {"identity": "12345"}, "居民身份证号码是十八位数字，末位可以是 X；现在填了5位"),
        ("applicant", {"identity_kind": "credit_code"}, "请从列表中选择"),
        ("applicant", {"phone": "找我侄子"}, "电话写数字"),
        ("applicant", {"email": "zhou@"}, "邮箱地址不对"),
        ("delivery", {"way": ""}, "请选择一项"),
        ("delivery", {"medium": "paper"}, "纸质文件不能网上下载"),
        ("delivery", {"way": "post"}, "选了邮寄，请填写通信地址"),
        ("delivery", {"postcode": "46"}, "邮政编码是六位数字"),
    ],
)
def test_each_error_is_told_and_what_was_typed_is_still_there(
    agency: Agency, step: str, typed: dict[str, Any], said: str
) -> None:
    usual = {"content": CONTENT, "sort": {}, "applicant": PERSON, "delivery": DELIVERY}[step]
    citizen = Citizen().fill(agency, until=step)
    address = "/apply/applicant/sort/" if step == "sort" else f"/apply/{step}/"
    answer = citizen.post(address, {**usual, **typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert all(str(value) in page for name, value in {**usual, **typed}.items() if name != "identity_kind")
    assert citizen.get("/apply/check/").status_code == 302


def test_going_back_loses_nothing_and_what_is_changed_leads_to_the_check(agency: Agency) -> None:
    citizen = Citizen().fill(agency)
    for step, words in {"content": "青水〔2025〕8号", "applicant": "周明远", "delivery": "checked"}.items():
        assert words in citizen.page(f"/apply/{step}/")
    answer = citizen.post("/apply/content/", {**CONTENT, "text": "2024年的也要"})
    assert answer.headers["Location"] == "/apply/check/"
    assert "2024年的也要" in citizen.page("/apply/check/")


@pytest.mark.parametrize(
    ("until", "asked", "led"),
    [
        ("agency", "content", "/apply/"),
        ("content", "delivery", "/apply/content/"),
        ("content", "check", "/apply/content/"),
        ("applicant", "check", "/apply/applicant/"),
        ("delivery", "check", "/apply/delivery/"),
    ],
)
def test_a_step_out_of_order_leads_to_the_first_that_is_not_finished(
    agency: Agency, until: str, asked: str, led: str
) -> None:
    citizen = Citizen().fill(agency, until=until)
    for ask in (citizen.get, citizen.post):
        if ask is citizen.get or asked == "check":
            assert ask(f"/apply/{asked}/").headers["Location"] == led
    assert not Request.objects.exists()


def test_sent_twice_it_is_one_letter_with_one_receipt(agency: Agency) -> None:
    citizen = Citizen().fill(agency)
    other_window = Citizen()
    other_window.cookies = citizen.cookies.copy()
    draft = citizen.session["apply_draft"]
    citizen.post("/apply/check/")
    session = other_window.session  # as it was when both windows stood at the check
    session["apply_draft"] = draft
    session.save()
    assert other_window.post("/apply/check/").headers["Location"] == "/apply/receipt/"
    assert citizen.post("/apply/check/").headers["Location"] == "/apply/receipt/"
    assert Request.objects.get().public_id == draft
    assert Request.objects.get().register_number in citizen.page("/apply/receipt/")


def test_numbers_typed_on_a_chinese_keyboard_are_taken_in_plain_characters(agency: Agency) -> None:
    typed = {"identity": "００００００１９９００３０７１２３Ｘ", "phone": "（００００）６１２　００８８"}
    delivery = {"way": "post", "address": "青禾县人民路 8 号", "postcode": "４６７２００"}
    Citizen().fill(agency, applicant=typed, delivery=delivery).post("/apply/check/")
    party = Request.objects.get().parties.get()
    assert (party.identity, party.phone, party.postcode) == ("00000019900307123X", "(0000)612 0088", "467200")


def test_markup_in_names_is_shown_as_it_was_typed(agency: Agency) -> None:
    name = "<script>alert(1)</script>周"
    citizen = Citizen().fill(agency, applicant={"name": name})
    page = citizen.page("/apply/check/")
    assert name not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;周" in page


def test_an_organisation_files_with_its_kind_and_people(agency: Agency) -> None:
    citizen = Citizen().fill(agency, sort={"sort": "organisation"}, applicant=COMPANY)
    citizen.post("/apply/check/")
    request = Request.objects.get()
    party = request.parties.get()
    assert (request.applicant_kind, party.representative, party.contact) == ("company", "何平", "孙悦")


def test_joint_applicants_and_an_agent_are_added_changed_and_left_out(agency: Agency) -> None:
    citizen = Citizen().fill(agency)
    for name in ("吴小兰", "郑直", "冯远"):
        citizen.post("/apply/applicant/joint/", {**JOINT, "name": name})
    citizen.post("/apply/applicant/joint/2/", {**JOINT, "name": "郑正直"})
    citizen.post("/apply/applicant/joint/1/", {"leave_out": "1"})
    citizen.post("/apply/applicant/agent/", AGENT)
    page = citizen.page("/apply/applicant/")
    assert [name in page for name in ("吴小兰", "郑正直", "冯远", "钱程")] == [False, True, True, True]
    assert citizen.get("/apply/applicant/joint/9/").status_code == 404
    citizen.post("/apply/check/")
    told = [(party.part, party.order, party.name) for party in Request.objects.get().parties.order_by("part", "order")]
    assert told == [
        ("agent", 1, "钱程"),
        ("applicant", 1, "周明远"),
        ("applicant", 2, "郑正直"),
        ("applicant", 3, "冯远"),
    ]


def test_a_wrong_joint_applicant_is_not_added_and_stays_on_the_page(agency: Agency) -> None:
    citizen = Citizen().fill(agency)
    answer = citizen.post("/apply/applicant/joint/", {**JOINT, "kind": ""})
    assert answer.status_code == 422
    assert "吴小兰" in answer.content.decode()
    assert "吴小兰" not in citizen.page("/apply/applicant/")


def test_a_joint_applicant_sent_twice_is_added_once(agency: Agency) -> None:
    citizen = Citizen().fill(agency)
    for _click in range(2):
        assert citizen.post("/apply/applicant/joint/", JOINT).status_code == 302
    assert citizen.page("/apply/check/").count("吴小兰") == 1


def test_what_is_typed_is_kept_on_the_way_to_a_joint_applicant(agency: Agency) -> None:
    citizen = Citizen().fill(agency, until="applicant")
    answer = citizen.post("/apply/applicant/", {"name": "周明远", "apply_joint": "1"})
    assert answer.headers["Location"] == "/apply/applicant/joint/"
    assert "周明远" in citizen.page("/apply/applicant/")


def test_a_file_is_kept_whatever_is_wrong_with_the_rest_and_goes_with_the_letter(agency: Agency) -> None:
    citizen = Citizen().fill(agency, until="content")
    answer = citizen.post("/apply/content/", {"text": "", "file": a_file("公告", "公告.docx")})
    assert answer.status_code == 422
    assert "公告.docx" in answer.content.decode()
    citizen.post("/apply/content/", CONTENT)
    citizen.fill(agency)
    citizen.post("/apply/check/")
    request = Request.objects.get()
    assert [one.name for one in files_of(request.public_id)] == ["公告.docx"]
    assert File.objects.get(source=None).subject == request.public_id


def test_a_file_is_taken_away_again_and_another_one_added(agency: Agency) -> None:
    citizen = Citizen().fill(agency, until="content")
    citizen.post("/apply/content/", {**CONTENT, "more": "1", "file": a_file("一", "一.docx")})
    citizen.post("/apply/content/", {**CONTENT, "more": "1", "file": a_file("二", "二.docx")})
    assert "文件已经上传" in citizen.page("/apply/content/")
    first = files_of(citizen.session["apply_draft"])[0]
    citizen.post("/apply/content/", {**CONTENT, "text": "改过的", "remove": first.public_id})
    page = citizen.page("/apply/content/")
    assert [words in page for words in ("一.docx", "二.docx", "改过的")] == [False, True, True]
    assert "请先选择文件" in citizen.post("/apply/content/", {**CONTENT, "more": "1"}).content.decode()


def test_nobody_takes_away_a_file_of_another(agency: Agency) -> None:
    owner, stranger = Citizen().fill(agency, until="content"), Citizen().fill(agency, until="content")
    owner.post("/apply/content/", {**CONTENT, "file": a_file("公告")})
    stranger.post("/apply/content/", {**CONTENT, "remove": File.objects.filter(source=None).get().public_id})
    assert len(files_of(owner.session["apply_draft"])) == 1


def test_a_secret_file_is_refused_and_leads_to_the_window_with_the_form_kept(agency: Agency) -> None:
    citizen = Citizen().fill(agency, until="content")
    answer = citizen.post("/apply/content/", {**CONTENT, "file": a_file("机密★5年")})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "首页有密级标志" in page
    assert "请通过窗口或机要渠道办理" in page
    assert CONTENT["text"] in page
    assert not File.objects.exists()


def test_too_many_files_are_refused(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.inforequests.drafts.MOST_FILES", 1)
    citizen = Citizen().fill(agency, until="content")
    citizen.post("/apply/content/", {**CONTENT, "file": a_file("一")})
    assert "附件最多1个" in citizen.post("/apply/content/", {**CONTENT, "file": a_file("二")}).content.decode()


def test_a_session_lost_in_the_middle_keeps_the_step_that_was_just_typed(agency: Agency) -> None:
    citizen = Citizen().fill(agency, until="applicant")
    citizen.cookies.clear()
    answer = citizen.post("/apply/content/", CONTENT)
    assert answer.headers["Location"] == "/apply/"
    assert "您刚才填写的这一步已经保留" in citizen.page("/apply/")
    citizen.post("/apply/", {"agency": agency.public_id})
    assert CONTENT["text"] in citizen.page("/apply/content/")


def test_an_expired_draft_is_told_and_nothing_is_filed(agency: Agency) -> None:
    citizen = Citizen().fill(agency)
    Draft.objects.update(expires_at="2026-01-01T00:00:00Z")
    assert citizen.post("/apply/check/").headers["Location"] == "/apply/"
    assert "已经过了保存时间" in citizen.page("/apply/")
    assert not Request.objects.exists()


def test_what_is_written_is_thrown_away_on_demand_with_its_files(agency: Agency) -> None:
    citizen = Citizen().fill(agency, until="content")
    citizen.post("/apply/content/", {**CONTENT, "file": a_file("公告")})
    citizen.post("/apply/discard/")
    assert not Draft.objects.exists()
    assert not File.objects.exists()
    assert citizen.get("/apply/content/").headers["Location"] == "/apply/"


def test_a_merged_agency_leads_to_its_heir_and_a_closed_channel_to_the_window() -> None:
    heir, old, closed = an_open_agency(), an_open_agency("青禾县河长制工作处"), an_agency("青禾县林业局")
    merge_agency(SYSTEM, old, into=[heir], on=date(2026, 3, 1))
    citizen = Citizen()
    assert f"/apply/?agency={heir.public_id}" in citizen.page(f"/apply/?agency={old.public_id}")
    assert "可以当面提交或者邮寄" in citizen.page(f"/apply/?agency={closed.public_id}")
    for refused in (old, closed):
        citizen.post("/apply/", {"agency": refused.public_id})
        assert not Draft.objects.exists()


def test_an_agency_merged_while_somebody_writes_is_refused_at_the_end_with_all_kept(agency: Agency) -> None:
    citizen = Citizen().fill(agency)
    merge_agency(SYSTEM, agency, into=[an_open_agency("青禾县农业农村局")], on=date(2026, 3, 1))
    answer = citizen.post("/apply/check/")
    assert answer.status_code == 422
    assert "已撤销" in answer.content.decode()
    assert CONTENT["text"] in answer.content.decode()
    assert not Request.objects.exists()


def test_agencies_are_found_by_what_they_do(agency: Agency) -> None:
    agency.functions = "农村饮水安全、河道采砂"
    agency.save()
    page = Citizen().page("/apply/?q=河道采砂")
    assert f"/apply/?agency={agency.public_id}" in page
    assert "没有找到这样的机关" in Citizen().page("/apply/?q=天气")


@pytest.mark.parametrize("value", ["\0", "'; --", "字" * 500])
def test_what_no_browser_sends_is_no_reason_to_break(agency: Agency, value: str) -> None:
    citizen = Citizen().fill(agency, until="content")
    assert citizen.get("/apply/", {"agency": value, "q": value}).status_code == 200
    assert citizen.post("/apply/", {"agency": value}).status_code == 404
    assert citizen.post("/apply/content/", {**CONTENT, "remove": value}).status_code == 302
    assert citizen.post("/apply/content/", {"text": value, "description": value}).status_code in (302, 422)
    assert citizen.get("/query/", {"number": value}).status_code == 200


def test_whoever_begins_too_many_letters_is_asked_to_wait_before_he_writes(agency: Agency) -> None:
    earlier = Citizen().fill(agency)
    for _ in range(DRAFTS.most - 1):
        Citizen().fill(agency, until="content")
    answer = Citizen().post("/apply/", {"agency": agency.public_id})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= DRAFTS.seconds
    assert "可以当面提交或者邮寄" in answer.content.decode()
    assert Draft.objects.count() == DRAFTS.most
    assert earlier.post("/apply/check/").headers["Location"] == "/apply/receipt/"


def test_what_is_refused_stays_written(agency: Agency) -> None:
    citizen = Citizen().fill(agency)
    agency.channels.update(to_on=today())
    for _ in range(2):
        answer = citizen.post("/apply/check/")
        assert (answer.status_code, "没有开通网上申请" in answer.content.decode()) == (422, True)
    assert CONTENT["text"] in Draft.objects.get().sealed


def test_filing_writes_no_session_so_that_who_was_cut_off_finds_his_receipt(agency: Agency) -> None:
    citizen = Citizen().fill(agency)
    before = Session.objects.get().session_data
    citizen.post("/apply/check/")
    assert Session.objects.get().session_data == before
    assert Request.objects.get().register_number in citizen.page("/apply/receipt/")


def test_a_session_that_holds_no_code_for_its_draft_gets_one_when_it_is_filed(agency: Agency) -> None:
    """A draft that was begun before codes lay ready."""
    citizen = Citizen().fill(agency)
    session = citizen.session
    del session["apply_receipts"]
    session.save()
    citizen.post("/apply/check/")
    filed = citizen.get("/apply/receipt/").context["filed"]
    assert bytes(Request.objects.get().code_index or b"") == code_index(filed.code)


def test_the_receipt_stays_open_while_the_next_letter_is_written(agency: Agency) -> None:
    citizen = Citizen().fill(agency)
    assert "没有可以显示的回执" in citizen.page("/apply/receipt/")
    citizen.post("/apply/check/")
    first = citizen.get("/apply/receipt/").context["filed"]
    citizen.fill(agency)
    assert citizen.get("/apply/receipt/").context["filed"] == first
    citizen.post("/apply/check/")
    second = citizen.get("/apply/receipt/").context["filed"]
    assert (second.request, second.code) != (first.request, first.code)
    assert [code_index(one.code) for one in (first, second)] == [
        bytes(row.code_index or b"") for row in Request.objects.order_by("number")
    ]


def test_the_receipt_is_over_after_a_while_and_when_a_new_code_was_given(agency: Agency) -> None:
    with at(MONDAY):
        citizen = Citizen().fill(agency)
        citizen.post("/apply/check/")
        filed = now()
    with at(filed + timedelta(minutes=RECEIPT_MINUTES - 1)):
        assert "没有可以显示的回执" not in citizen.page("/apply/receipt/")
    with at(filed + timedelta(minutes=RECEIPT_MINUTES)):
        assert "没有可以显示的回执" in citizen.page("/apply/receipt/")
    Request.objects.update(code_index=code_index(new_code()))
    with at(filed):
        assert "没有可以显示的回执" in citizen.page("/apply/receipt/")


def test_who_goes_back_after_filing_is_not_told_that_something_was_lost(agency: Agency) -> None:
    citizen = Citizen().fill(agency)
    citizen.post("/apply/check/")
    assert citizen.get("/apply/content/").headers["Location"] == "/apply/"
    page = citizen.page("/apply/")
    assert "已经过了保存时间" not in page
    assert "您的申请已经提交" in page
    citizen.fill(agency, until="content")
    assert "您的申请已经提交" not in citizen.page("/apply/")


def test_nothing_personal_is_in_addresses_titles_messages_or_logs(
    agency: Agency, caplog: pytest.LogCaptureFixture
) -> None:
    citizen = Citizen().fill(agency)
    pages = [citizen.get(f"/apply/{step}/") for step in ("content", "applicant", "delivery", "check")]
    answer = citizen.post("/apply/check/")
    pages.append(citizen.get("/apply/receipt/"))
    said = [page.content.decode().partition("<title>")[2].partition("</title>")[0] for page in pages]
    told = "".join([*said, answer.headers["Location"], caplog.text, str(dict(citizen.session))])
    code = pages[-1].context["filed"].code
    assert not [words for words in (*PERSON.values(), CONTENT["text"], code) if words in told and words != "resident"]
    assert all("no-store" in page.headers["Cache-Control"] for page in pages)


def test_an_office_login_and_a_visit_know_nothing_of_each_other(agency: Agency) -> None:
    citizen = Citizen()
    citizen.force_login(a_user(Role.CLERK, agency))
    citizen.fill(agency, until="content")
    assert citizen.get("/office/").status_code == 200
    citizen.post("/office/account/sign-out/")
    assert citizen.get("/office/").status_code == 302
    assert citizen.get("/apply/content/").status_code == 200
    assert citizen.cookies["gongkai_visit"]["httponly"]
    assert "_auth_user_id" not in citizen.session


def test_a_form_without_its_token_is_refused(agency: Agency) -> None:
    answer = Citizen(enforce_csrf_checks=True).post("/apply/", {"agency": agency.public_id})
    assert answer.status_code == 403
    assert "请返回上一页，刷新后再提交" in answer.content.decode()
    assert "政府信息公开办公" not in answer.content.decode()
    assert not Draft.objects.exists()
