"""Following a letter: number and code, the timeline, what can be done, a lost code; nobody sees another's case."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.agencies.people import SYSTEM
from tests.files.samples import word
from tests.inforequests.applying import CONTENT, Citizen, an_open_agency
from tests.inforequests.cases import APPLICANT, Office, a_letter, an_office
from tests.inforequests.issuing import FIELDS, decided, served
from tests.inforequests.situations import a_fee, consulted, happened

from gongkai.agencies.actions.tree import change_agency, merge_agency, set_review_organ
from gongkai.agencies.roles import Role
from gongkai.files.purposes import Purpose
from gongkai.files.queries import files_of
from gongkai.files.uploads import inspect_made
from gongkai.inforequests.actions.drafting import draft_notice, draft_together
from gongkai.inforequests.actions.handling import add_release, review_release
from gongkai.inforequests.actions.intake import Filed, file_request, split_request
from gongkai.inforequests.actions.progress import reopen, withdraw
from gongkai.inforequests.choices import CaseState, Way
from gongkai.inforequests.models import Fetch, Item, Recovery
from gongkai.inforequests.throttling import QUERIES, RECOVERIES, RECOVERY_MAILS
from gongkai.kernel.clock import at, now
from gongkai.law.clock import Act, Ground
from gongkai.outbox.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
RELEASED = word("资金安排")
MONDAY, LATER = date(2026, 3, 2), date(2026, 3, 4)


def asked(filed: Filed, client: Citizen | None = None) -> Citizen:
    """A browser that has opened the case."""
    client = client or Citizen()
    answer = client.post("/query/", {"number": filed.request.register_number, "code": filed.code})
    assert answer.headers["Location"] == "/query/case/"
    return client


def case_page(filed: Filed, on: date = LATER) -> str:
    with at(on):
        return asked(filed).get("/query/case/").content.decode()


def the_download(office: Office, item: Item) -> None:
    """Granted, with a file, served by download."""
    file = inspect_made(RELEASED, name="资金安排文件.docx", purpose=Purpose.CASE)
    release = add_release(office.actor(Role.CLERK), item, file=file, note="2025年资金安排文件")
    review_release(office.actor(Role.SECRECY_REVIEWER), release, is_cleared=True, review="可以公开")
    served(office, decided(office, item), Way.DOWNLOAD)


@pytest.mark.parametrize("shape", ["{}", " {} ", "{}-", "－{}"])
def test_the_code_opens_the_case_however_it_is_grouped(filed: Filed, shape: str) -> None:
    pieces = [filed.code[start : start + 4] for start in range(0, 16, 4)]
    for code in (shape.format("-".join(pieces)), " ".join(pieces).upper(), "－".join(pieces)):
        answer = Citizen().post("/query/", {"number": "2026－1", "code": code})
        assert answer.headers.get("Location") == "/query/case/", code


@pytest.mark.parametrize(
    ("number", "code"),
    [("2026-1", "aaaabbbbccccdddd"), ("2026-2", None), ("1", None), ("2026-1", "字" * 40), ("'; --", "\u0000x")],
)
def test_whatever_is_wrong_the_answer_is_the_same(filed: Filed, number: str, code: str | None) -> None:
    answer = Citizen().post("/query/", {"number": number, "code": code or filed.code})
    assert answer.status_code == 422
    if "\u0000" not in (code or ""):
        assert answer.context["form"].summary == [
            {"message": "登记编号和查询码对不上", "instead": "请对照回执逐个核对；查询码丢失的，可以找回"}
        ]
    assert "query_case" not in answer.client.session


def test_whoever_guesses_is_asked_to_wait(filed: Filed) -> None:
    client = Citizen()
    statuses = [
        client.post("/query/", {"number": "2026-1", "code": "aaaabbbbccccdddd"}).status_code
        for _ in range(QUERIES.most + 1)
    ]
    assert statuses == [422] * QUERIES.most + [429]
    assert client.post("/query/", {"number": "2026-1", "code": filed.code}).status_code == 429


def test_the_case_shows_what_happened_and_when_an_answer_is_due(filed: Filed) -> None:
    page = case_page(filed)
    for words in (
        "已收到申请",
        "网上提交，系统已自动确认",
        "2026年3月30日（周一）以前",
        "还剩 18 个工作日",
        "撤回申请",
    ):
        assert words in page, words
    with at(LATER):
        how = asked(filed).get("/query/case/0/how/").content.decode()
    assert "答复期限第1至第20个工作日" in how
    assert "应当在2026年3月30日（含当日）以前答复" in how


def test_without_a_case_in_the_session_every_page_leads_to_the_query(filed: Filed) -> None:
    for path in ("case/", "case/0/how/", "case/0/clarify/", "case/0/withdraw/", "case/0/files/0/0/"):
        for ask in (Citizen().get, Citizen().post):
            assert ask(f"/query/{path}").headers["Location"] == "/query/"
    assert Item.objects.get().state == CaseState.RUNNING


def test_a_session_reaches_its_own_case_alone(office: Office, filed: Filed) -> None:
    with at(MONDAY):
        other = file_request(a_letter(office.agency, text="别人要的信息"))
        client = asked(other)
        page = client.get("/query/case/").content.decode()
        assert client.get("/query/case/1/how/").status_code == 404
    assert "别人要的信息" in page
    assert "农村饮水" not in page


def test_a_planted_session_does_not_learn_of_the_case(filed: Filed) -> None:
    client, planted = Citizen().fill(an_open_agency("青禾县林业局"), until="content"), Citizen()
    planted.cookies["gongkai_visit"] = client.cookies["gongkai_visit"].value
    with at(MONDAY):
        asked(filed, client)
        assert client.get("/query/case/").status_code == 200
        assert planted.get("/query/case/").headers["Location"] == "/query/"


def test_the_case_is_closed_after_half_an_hour_and_on_demand(filed: Filed) -> None:
    with at(MONDAY):
        client, opened = asked(filed), now()
    with at(opened + timedelta(minutes=29)):
        assert client.get("/query/case/").status_code == 200
    with at(opened + timedelta(minutes=50)):
        assert client.get("/query/case/").status_code == 200  # looked at meanwhile
    with at(opened + timedelta(minutes=81)):
        assert client.get("/query/case/").headers["Location"] == "/query/"
        asked(filed, client)
        client.post("/query/close/")
        assert client.get("/query/case/").headers["Location"] == "/query/"


def test_who_leaves_the_case_leaves_nothing_of_the_letter_on_a_shared_computer() -> None:
    client = Citizen().fill(an_open_agency())
    client.post("/apply/check/")
    shown = client.get("/apply/receipt/").context["filed"]
    asked(shown, client)
    client.post("/query/close/")
    for path in ("/apply/receipt/", "/apply/receipt/file/", "/query/case/"):
        page = client.get(path, follow=True).content.decode()
        assert not [words for words in (CONTENT["text"], shown.code[:4], "登记编号</dt>") if words in page], path


@pytest.mark.parametrize("until", ["agency", "check"])
def test_who_leaves_the_case_is_told_of_what_he_has_not_sent(filed: Filed, until: str) -> None:
    client = asked(filed, Citizen().fill(an_open_agency("青禾县民政局"), until))
    page = client.post("/query/close/", follow=True).content.decode()
    is_told = "没有提交的申请保存在本机" in page
    assert is_told == (until == "check")
    assert ("清除已填的内容" in client.page("/apply/")) == is_told


def test_nothing_of_the_inside_is_told(office: Office, filed: Filed, item: Item) -> None:
    consulted(item)
    decided_not_sent = case_page(filed)
    assert "正在征求第三方意见" in decided_not_sent
    for words in ("青禾建材公司", "经办人甲", "窗口人员甲", APPLICANT.name, APPLICANT.identity):
        assert words not in decided_not_sent, words


def test_an_extension_is_told_when_it_is_told_with_its_new_day(filed: Filed, item: Item) -> None:
    happened(item, Act.EXTENDED, LATER)
    assert "延长答复期限" not in case_page(filed)
    happened(item, Act.EXTENDED_SERVED, LATER)
    page = case_page(filed)
    assert "延长答复期限" in page
    assert "新的答复期限是2026年4月28日（周二）" in page


def test_a_fee_tells_its_sum_and_a_silence_its_remedies(filed: Filed, item: Item) -> None:
    a_fee(item)
    assert "200 元" in case_page(filed)
    with at(LATER):
        other = file_request(a_letter(item.agency, text="另一份"))
    page = case_page(other, date(2026, 8, 3))
    assert "已超过" in page
    assert "逾期没有答复，您可以" in page
    assert "申请行政复议" in page


def test_what_is_asked_is_supplied_and_the_period_runs_anew(office: Office, filed: Filed, item: Item) -> None:
    with at(LATER):
        served(office, draft_notice(office.actor(Role.CLERK), item, "clarification", fields=FIELDS), Way.DOWNLOAD)
        client = asked(filed)
        page = client.get("/query/case/").content.decode()
        assert "/query/case/0/clarify/" in page
        assert FIELDS["all_defects"] in page
        form = client.get("/query/case/0/clarify/").content.decode()
        assert FIELDS["all_defects"] in form
        assert all(label in form for label in ("需要您补充的", "可以这样写"))
        sent = {"text": "要2025年度的", "file": SimpleUploadedFile("说明.docx", word("说明"))}
        assert client.post("/query/case/0/clarify/", sent).headers["Location"] == "/query/case/"
        page = client.get("/query/case/").content.decode()
    item.refresh_from_db()
    assert "已收到您的补充" in page
    assert "要2025年度的" in item.text
    assert item.due_on == date(2026, 4, 1)
    assert [one.name for one in files_of(filed.request.public_id)] == ["补正_说明.docx"]


def test_who_let_the_last_day_pass_is_told_whom_to_give_his_reason(filed: Filed, item: Item) -> None:
    happened(item, Act.CLARIFICATION_ASKED, LATER, argument="2")
    page = case_page(filed, date(2026, 3, 12))
    assert "没有在期限内补充或者缴费" in page
    assert "您补充或者缴费的期限" in page
    assert "有正当理由的，请与工作机构联系" in page
    assert "已办结" not in page
    assert "/query/case/0/clarify/" not in page


def test_whoever_took_his_request_back_is_told_of_no_remedy(office: Office, filed: Filed, item: Item) -> None:
    with at(LATER):
        withdraw(office.actor(Role.CLERK), item, on=LATER, evidence="撤回申请书")
        served(office, draft_notice(office.actor(Role.CLERK), item, "withdrawn", fields=FIELDS))
    assert "申请行政复议" not in case_page(filed)


@pytest.mark.parametrize(
    ("typed", "said"), [({"text": ""}, "请填写"), ({"text": "字" * 10_000}, "最多5000个字，现有10000个")]
)
def test_a_wrong_clarification_is_told_and_kept(
    office: Office, filed: Filed, item: Item, typed: dict[str, Any], said: str
) -> None:
    happened(item, Act.CLARIFICATION_ASKED, LATER)
    with at(LATER):
        answer = asked(filed).post("/query/case/0/clarify/", typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert typed["text"] in answer.content.decode()


def test_a_clarification_that_nobody_asked_for_is_refused_with_its_reason(filed: Filed) -> None:
    with at(LATER):
        answer = asked(filed).post("/query/case/0/clarify/", {"text": "补充"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "补充" in page
    assert "没有等待补正的告知" in page
    assert "请先“告知补正”" not in page, "what an officer should do is nothing to the applicant"
    assert "有疑问的，请与受理机关联系" in page
    assert Item.objects.get().state == CaseState.RUNNING


def test_what_was_typed_when_the_time_was_over_comes_back_after_the_code(filed: Filed, item: Item) -> None:
    happened(item, Act.CLARIFICATION_ASKED, LATER)
    with at(LATER):
        client, opened = asked(filed), now()
    with at(opened + timedelta(minutes=40)):
        assert client.post("/query/case/0/clarify/", {"text": "写了半小时"}).headers["Location"] == "/query/"
        assert "写了半小时" not in str(dict(client.session))
        answer = client.post("/query/", {"number": "2026-1", "code": filed.code})
        assert answer.headers["Location"] == "/query/case/0/clarify/"
        assert "写了半小时" in client.get("/query/case/0/clarify/").content.decode()


def test_a_letter_is_taken_back_by_who_sent_it(filed: Filed, item: Item) -> None:
    with at(LATER):
        client = asked(filed)
        assert "撤回不能取消" in client.get("/query/case/0/withdraw/").content.decode()
        assert client.post("/query/case/0/withdraw/").headers["Location"] == "/query/case/"
        page = client.get("/query/case/").content.decode()
        again = client.post("/query/case/0/withdraw/")
    item.refresh_from_db()
    assert (item.state, item.result) == (CaseState.ENDED, "other_other")
    assert "您已撤回申请" in page
    assert again.status_code == 422


def test_an_answer_is_downloaded_counted_and_its_remedies_have_days(office: Office, filed: Filed, item: Item) -> None:
    with at(LATER):
        the_download(office, item)
        client = asked(filed)
        page = client.get("/query/case/").content.decode()
        got = client.get("/query/case/0/files/0/1/")
        content = b"".join(got.streaming_content)  # type: ignore[attr-defined]  # a streaming response
    assert "答复已经送达" in page
    assert "予以公开" in page
    assert "2026年5月6日以前" in page
    assert content == RELEASED
    assert "no-store" in got.headers["Cache-Control"]
    assert Fetch.objects.count() == 1
    assert client.get("/query/case/0/files/9/0/").status_code in (302, 404)


def test_who_asks_for_the_head_of_a_file_has_downloaded_nothing(office: Office, filed: Filed, item: Item) -> None:
    with at(LATER):
        the_download(office, item)
        assert asked(filed).head("/query/case/0/files/0/1/").status_code == 405
    assert not Fetch.objects.exists()


def test_a_download_ends_some_day(office: Office, filed: Filed, item: Item) -> None:
    with at(LATER):
        the_download(office, item)
    with at(LATER + timedelta(days=400)):
        client = asked(filed)
        assert "/files/" not in client.get("/query/case/").content.decode()
        answer = client.get("/query/case/0/files/0/0/")
    assert answer.status_code == 410
    assert "已经超过" in answer.content.decode()
    assert not Fetch.objects.exists()


def test_the_same_is_asked_of_the_organ_that_is_responsible(office: Office, filed: Filed, item: Item) -> None:
    right = an_open_agency("青禾县自然资源局")
    with at(LATER):
        served(office, decided(office, item, "not_responsible"))
        client = asked(filed)
        page = client.get("/query/case/").content.decode()
        assert "向该机关申请同样的内容" in page
        answer = client.post("/query/case/0/other/")
        assert answer.headers["Location"] == f"/apply/?agency={right.public_id}"
        client.post("/apply/", {"agency": right.public_id})
        assert item.text in client.get("/apply/content/").content.decode()
    assert Item.objects.count() == 1


def test_each_thing_asked_in_a_letter_has_its_own_course(office: Office, filed: Filed) -> None:
    with at(LATER):
        split_request(office.actor(Role.CLERK), filed.request, texts=["甲文件", "乙文件"])
        client = asked(filed)
        client.post("/query/case/2/withdraw/")
        page = client.get("/query/case/").content.decode()
    assert [item.state for item in Item.objects.order_by("order")] == [CaseState.RUNNING, CaseState.ENDED]
    assert all(words in page for words in ("第1项（2026-1-1）", "第2项（2026-1-2）", "甲文件", "乙文件"))


def test_a_lost_code_is_renewed_once_by_a_link_in_a_mail(filed: Filed) -> None:
    client = Citizen()
    typed = {"number": "2026-1", "name": APPLICANT.name, "identity": APPLICANT.identity}
    assert client.post("/query/recover/", typed).headers["Location"] == "/query/recover/asked/"
    message = Message.objects.get(template="inforequests.recover")
    assert (message.is_urgent, message.recipient) == (True, filed.request.parties.get().public_id)
    path = f"/query/recover/{Recovery.objects.get().public_id}/"
    assert filed.request.code_index == type(filed.request).objects.get().code_index
    assert client.get(path).status_code == 200
    page = client.post(path)
    code = page.context["filed"].code
    assert code[:4] in page.content.decode()
    asked(replace(filed, code=code))
    assert Citizen().post("/query/", {"number": "2026-1", "code": filed.code}).status_code == 422
    assert client.post(path).status_code == 404
    assert "链接已经失效" in client.get(path).content.decode()


def test_a_new_code_closes_the_case_wherever_the_old_one_opened_it(filed: Filed) -> None:
    other = asked(filed)
    recovery = Recovery.objects.create(request=filed.request, expires_at=now() + timedelta(minutes=30))
    owner = Citizen()
    owner.post(f"/query/recover/{recovery.public_id}/")
    assert owner.get("/query/case/").status_code == 200
    for path in ("/query/case/", "/query/case/0/how/", "/query/case/0/withdraw/"):
        assert other.get(path).headers["Location"] == "/query/", path


@pytest.mark.parametrize(
    "wrong", [{"number": "2026-2"}, {"name": "周明"}, {"identity": "000000199003071235"}, {"number": "二〇二六"}]
)
def test_a_miss_is_answered_as_a_hit_and_sends_nothing(filed: Filed, wrong: dict[str, str]) -> None:
    typed = {"number": "2026-1", "name": APPLICANT.name, "identity": APPLICANT.identity}
    hit, miss = Citizen().post("/query/recover/", typed), Citizen().post("/query/recover/", {**typed, **wrong})
    assert (hit.status_code, hit.headers["Location"]) == (miss.status_code, miss.headers["Location"])
    assert Recovery.objects.count() == 1


def test_without_a_filed_address_no_link_goes_out(office: Office) -> None:
    file_request(a_letter(office.agency, parties=(replace(APPLICANT, email=""),)))
    year = now().year
    Citizen().post("/query/recover/", {"number": f"{year}-1", "name": APPLICANT.name, "identity": APPLICANT.identity})
    assert not Recovery.objects.exists()


def test_a_link_is_good_for_half_an_hour(filed: Filed) -> None:
    recovery = Recovery.objects.create(request=filed.request, expires_at=now() + timedelta(minutes=30))
    with at(now() + timedelta(minutes=31)):
        assert Citizen().post(f"/query/recover/{recovery.public_id}/").status_code == 404
    assert type(filed.request).objects.get().code_index == filed.request.code_index


def test_nobody_is_flooded_with_mails_and_nobody_tries_for_ever(filed: Filed) -> None:
    typed = {"number": "2026-1", "name": APPLICANT.name, "identity": APPLICANT.identity}
    statuses = [Citizen().post("/query/recover/", typed).status_code for _ in range(RECOVERIES.most + 1)]
    assert statuses == [302] * RECOVERIES.most + [429]
    assert Recovery.objects.count() == RECOVERY_MAILS.most


def test_nothing_personal_is_in_addresses_titles_or_logs(
    office: Office, filed: Filed, item: Item, caplog: pytest.LogCaptureFixture
) -> None:
    with at(LATER):
        the_download(office, item)
        client = asked(filed)
        page = client.get("/query/case/")
        answers = [client.get(f"/query/{path}") for path in ("case/0/how/", "case/0/withdraw/", "recover/")]
    titles = "".join(one.content.decode().partition("<title>")[2].partition("</title>")[0] for one in (page, *answers))
    told = titles + caplog.text + str(dict(client.session))
    assert not [words for words in (APPLICANT.name, APPLICANT.identity, filed.code, item.text) if words in told]
    assert filed.request.public_id not in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]


def test_silence_in_a_later_round_is_told_as_silence(office: Office, filed: Filed, item: Item) -> None:
    with at(LATER):
        the_download(office, item)
    with at(date(2026, 3, 20)):
        reopen(office.actor(Role.OFFICE_HEAD), item, on=date(2026, 3, 20), ground=Ground.ORDER, evidence="复议决定书")
    assert "对逾期不答复不服的" in case_page(filed, on=date(2026, 5, 20))


def test_an_applicant_is_not_told_to_do_what_the_office_does(office: Office, filed: Filed) -> None:
    clerk = office.actor(Role.CLERK)
    with at(LATER):
        items = split_request(clerk, filed.request, texts=["资金安排文件", "项目清单"])
        draft_together(clerk, items, "clarification", fields=FIELDS)
        page = asked(filed).post("/query/case/1/withdraw/").content.decode()
    assert "正与其他事项合并答复" in page
    assert "请与受理机关联系" in page
    assert "作废" not in page


def test_what_was_decided_and_not_sent_is_silence_once_the_last_day_has_passed(filed: Filed, item: Item) -> None:
    happened(item, Act.DECIDED, LATER)
    assert "逾期没有答复，您可以" not in case_page(filed, on=date(2026, 3, 30))
    page = case_page(filed, on=date(2026, 3, 31))
    assert "逾期没有答复，您可以" in page
    assert "对逾期不答复不服的" in page


def test_after_a_merger_the_applicant_is_led_to_whom_the_heir_answers(office: Office, filed: Filed) -> None:
    heir = an_office("青禾县林业局")
    organ = {"review_organ": None, "review_organ_name": "青禾市人民政府", "review_organ_reason": "集中管辖"}
    set_review_organ(SYSTEM, heir.agency, **organ)  # type: ignore[arg-type]  # as a form gives it
    change_agency(SYSTEM, heir.agency, court="青禾铁路运输法院")
    before = case_page(filed, date(2026, 7, 31))
    assert "青禾县人民法院" in before
    assert "现由" not in before
    merge_agency(SYSTEM, office.agency, into=[heir.agency], on=date(2026, 8, 1))
    page = case_page(filed, date(2026, 8, 3))
    assert "青禾市人民政府" in page
    assert "青禾铁路运输法院" in page
    assert "青禾县人民法院" not in page
    assert "青禾县水利局（现由青禾县林业局办理）" in page
