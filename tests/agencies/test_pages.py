"""The office's pages of the organisation: who sees and does what, what bad input meets, a day in the past."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.agencies.people import FOUNDED, SYSTEM, a_person, a_user, an_agency, signed_in
from tests.pages import carried

from gongkai.agencies.actions.office import add_group_member, add_office_member, open_channel, set_office
from gongkai.agencies.actions.people import appoint, give_post
from gongkai.agencies.actions.tree import change_agency, merge_agency, open_unit, rename_agency
from gongkai.agencies.models import Agency, Appointment, GuideText, Person, Succession
from gongkai.agencies.roles import ChannelKind, Role
from gongkai.kernel.clock import at
from gongkai.kernel.registry import OpenWork, hand_overs, open_work

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
TODAY = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with at(TODAY):
        yield


@pytest.fixture
def bureau() -> Agency:
    return an_agency()


@pytest.fixture
def admin(bureau: Agency) -> Client:
    return signed_in(a_user(Role.SYSTEM_ADMIN, bureau, "系统员"))


@pytest.fixture
def clerk(bureau: Agency) -> Client:
    return signed_in(a_user(Role.CLERK, bureau, "王敏"))


def page(name: str, agency: Agency, *more: str) -> str:
    return reverse(name, args=[agency.public_id, *more])


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def sent(client: Client, where: str, /, **values: object) -> str:
    """Where a form that was sent led; what was wrong, where it came back."""
    assert client.get(where).status_code == 200, where
    answer = client.post(where, {**carried(client, where), **values})
    if answer.status_code == 302:
        return str(answer["Location"])
    assert answer.status_code == 422
    return "；".join(error["message"] for error in answer.context["form"].summary)


class TestLife:
    """An office kept by its pages alone, from founding to merger."""

    def test_a_bureau_is_founded_filled_and_looked_at(self, admin: Client) -> None:
        to = sent(
            admin, reverse("agency_found"), name="青禾县工业和信息化局", code="QH-GXJ", kind="department", level="county",
            short_names="工信局", functions="企业技术改造", from_on="2024-01-01",
        )  # fmt: skip
        agency = Agency.objects.get(code="QH-GXJ")
        assert to == page("agency", agency)
        sent(admin, page("unit_open", agency), name="法规股", from_on="2024-01-01")
        to = sent(admin, page("person_add", agency), name="赵刚", phone="0375-8051234")
        person = Person.objects.get(name="赵刚")
        assert to == page("person", agency, person.public_id)
        sent(admin, page("person_post", agency, person.public_id), title="局长", from_on="2024-01-01")
        sent(admin, page("person_appoint", agency, person.public_id), role="head", from_on="2024-01-01")
        sent(
            admin, page("office_set", agency), name="局办公室", address="人民路88号", hours="工作日", phone="0375-8051234",
            from_on="2024-01-01",
        )  # fmt: skip
        sent(admin, page("office_member_add", agency), person=person.public_id, is_full_time="on", from_on="2024-01-01")
        sent(admin, page("group_member_add", agency), person=person.public_id, part="leader", from_on="2024-01-01")
        sent(admin, page("channel_open", agency), kind="post", details="人民路88号", from_on="2024-01-01")
        sent(admin, page("guide_write", agency, "information"), text="按主题编排。", from_on="2024-01-01")
        told = {
            tab: text(admin, page(tab, agency))
            for tab in ("agency", "agency_people", "agency_units", "agency_office", "agency_guide")
        }
        assert "局长赵刚" in told["agency"]
        assert "主要领导" in told["agency_people"]
        assert "法规股" in told["agency_units"]
        assert "专职，非在编" in told["agency_office"]
        assert "按主题编排。" in told["agency_guide"]

    def test_rows_are_put_right_and_ended(self, admin: Client, bureau: Agency) -> None:
        wang = a_person(bureau, "李强")
        rows = {
            "post": give_post(SYSTEM, wang, bureau, title="副局长", from_on=FOUNDED),
            "office-member": add_office_member(SYSTEM, bureau, wang, from_on=FOUNDED),
            "group-member": add_group_member(SYSTEM, bureau, wang, part="member", from_on=FOUNDED),
            "channel": open_channel(SYSTEM, bureau, kind=ChannelKind.POST, details="人民路88号", from_on=FOUNDED),
        }
        changes = {
            "post": {"title": "局长"},
            "office-member": {"is_full_time": "on"},
            "group-member": {"part": "deputy"},
            "channel": {"details": "建设路1号"},
        }
        for kind, row in rows.items():
            to = sent(admin, page("row_correct", bureau, kind, row.public_id), from_on="2020-01-06", **changes[kind])
            assert to.startswith("/office/"), to
            to = sent(admin, page("row_end", bureau, kind, row.public_id), to_on="2026-09-01")
            assert to.startswith("/office/"), to
            row.refresh_from_db()
            assert (row.from_on, row.to_on) == (date(2020, 1, 6), TODAY)

    def test_a_merger_or_split_by_its_page(self, admin: Client, bureau: Agency) -> None:
        first, second = an_agency("青禾县水务局"), an_agency("青禾县农业农村局")
        assert "将来" not in text(admin, page("agency_merge", bureau))
        to = sent(admin, page("agency_merge", bureau), into=first.public_id, second=second.public_id, on="2026-09-01")
        assert to == page("agency", bureau)
        assert Succession.objects.filter(predecessor=bureau).count() == 2
        told = text(admin, page("agency", bureau))
        assert "已撤销" in told
        assert page("agency", second) in told
        assert "修改资料" not in told
        assert admin.get(page("agency_change", bureau)).status_code == 403

    def test_leaving_by_its_page_asks_who_takes_over(
        self, admin: Client, bureau: Agency, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        li, zhao = a_person(bureau, "李强"), a_person(bureau, "赵刚")
        for person in (li, zhao):
            appoint(SYSTEM, person, Role.CLERK, agency=bureau, from_on=FOUNDED)
        holder = {"k": li.public_id}
        works = [OpenWork("case", "2026-5号申请", "/office/", key="k")]
        monkeypatch.setattr(open_work, "_things", {"case": lambda person, _: works if holder["k"] == person else []})
        monkeypatch.setattr(hand_overs, "_things", {"case": lambda key, _giver, taker: holder.update({key: taker})})
        address = page("person_leave", bureau, li.public_id)
        assert "2026-5号申请" in text(admin, address)
        assert sent(admin, address, to_on="2026-09-01") == "李强还有1件未了的事项"
        assert Appointment.objects.filter(person=li, to_on=None).exists()
        assert sent(admin, address, to_on="2026-09-01", to=zhao.public_id) == page("person", bureau, li.public_id)
        assert holder == {"k": zhao.public_id}
        assert not Appointment.objects.filter(person=li, to_on=None).exists()

    def test_a_head_on_leave_and_his_delegate_are_both_told(self, admin: Client, bureau: Agency) -> None:
        head, deputy = a_person(bureau, "李强"), a_person(bureau, "赵刚")
        row = appoint(SYSTEM, head, Role.HEAD, agency=bureau, from_on=FOUNDED)
        address = page("appointment_delegate", bureau, row.public_id)
        assert "赵刚代行" not in text(admin, page("person", bureau, head.public_id))
        assert sent(admin, address, to=deputy.public_id, from_on="2026-08-31", to_on="2026-09-07").startswith(
            "/office/"
        )
        assert "由赵刚代行" in text(admin, page("person", bureau, head.public_id))
        assert "主要领导（代李强）" in text(admin, page("agency_people", bureau))
        assert "已授权赵刚代行" in sent(admin, address, to=deputy.public_id, from_on="2026-09-01", to_on="2026-09-03")

    def test_who_comes_from_another_agency_is_not_entered_anew(self, admin: Client, bureau: Agency) -> None:
        li = a_person(an_agency("青禾县林业局"), "李强")
        assert admin.get(page("person", bureau, li.public_id)).status_code == 404
        found = text(admin, page("people_find", bureau) + "?q=李")
        assert page("person_appoint", bureau, li.public_id) in found
        assert "青禾县林业局" in found
        to = sent(admin, page("person_appoint", bureau, li.public_id), role="clerk", from_on="2026-09-01")
        assert to == page("person", bureau, li.public_id)
        assert "青禾县林业局" not in text(admin, to)
        assert Person.objects.filter(name="李强").count() == 1


class TestGuideTab:
    def test_own_words_are_taken_back_and_the_law_s_stand_again(self, clerk: Client, bureau: Agency) -> None:
        address = page("guide_write", bureau, "fees")
        assert "国办函〔2020〕109号" in text(clerk, address)
        sent(clerk, address, text="一律不收费。", from_on="2026-08-01")
        assert "一律不收费" in text(clerk, page("agency_guide", bureau))
        assert sent(clerk, address, text="", from_on="2026-09-01") == page("agency_guide", bureau)
        told = text(clerk, page("agency_guide", bureau))
        assert "一律不收费" not in told
        assert "国办函〔2020〕109号" in told
        assert "一律不收费" in text(clerk, page("public_guide", bureau) + "?on=2026-08-31")

    def test_a_part_without_words_of_the_law_is_not_left_empty(self, clerk: Client, bureau: Agency) -> None:
        assert sent(clerk, page("guide_write", bureau, "information"), text="", from_on="2026-09-01") == "正文：请填写"


class TestWho:
    def test_a_clerk_keeps_his_own_agency_and_only_reads_another(self, clerk: Client, bureau: Agency) -> None:
        other = an_agency("青禾县林业局")
        stranger = a_person(other, "陈静")
        assert "修改资料" in text(clerk, page("agency", bureau))
        told = text(clerk, page("agency", other))
        assert "修改资料" not in told
        assert "资料还不完整" not in told
        for name, more in (
            ("agency_change", ()),
            ("person_add", ()),
            ("office_set", ()),
            ("channel_open", ()),
            ("guide_write", ("fees",)),
        ):
            assert clerk.get(page(name, bureau, *more)).status_code == 200
            assert clerk.get(page(name, other, *more)).status_code == 403
            assert clerk.post(page(name, other, *more), {"name": "x"}).status_code == 403
        assert clerk.get(page("person_change", bureau, stranger.public_id)).status_code == 404

    def test_a_clerk_neither_moves_agencies_nor_appoints(self, clerk: Client, bureau: Agency) -> None:
        li = a_person(bureau, "李强")
        row = appoint(SYSTEM, li, Role.HEAD, agency=bureau, from_on=FOUNDED)
        for name, more in (
            ("agency_move", ()), ("agency_rename", ()), ("agency_merge", ()), ("agency_review_organ", ()), ("people_find", ()),
            ("person_appoint", (li.public_id,)), ("person_leave", (li.public_id,)), ("person_hand_over", (li.public_id,)),
            ("appointment_end", (row.public_id,)), ("appointment_delegate", (row.public_id,)),
        ):  # fmt: skip
            assert clerk.get(page(name, bureau, *more)).status_code == 403, name
        assert clerk.get(reverse("agency_found")).status_code == 403

    def test_rows_of_one_agency_have_no_address_under_another(self, admin: Client, bureau: Agency) -> None:
        other = an_agency("青禾县林业局")
        unit = open_unit(SYSTEM, bureau, name="法规股", from_on=FOUNDED)
        row = appoint(SYSTEM, a_person(bureau), Role.HEAD, agency=bureau, from_on=FOUNDED)
        channel = open_channel(SYSTEM, bureau, kind=ChannelKind.POST, details="人民路88号", from_on=FOUNDED)
        for name, more in (
            ("unit_close", (unit.public_id,)),
            ("appointment_end", (row.public_id,)),
            ("row_end", ("channel", channel.public_id)),
        ):
            assert admin.get(page(name, bureau, *more)).status_code == 200
            assert admin.get(page(name, other, *more)).status_code == 404
        assert admin.get(page("row_end", bureau, "post", channel.public_id)).status_code == 404
        assert admin.get(page("row_end", bureau, "nothing", channel.public_id)).status_code == 404
        assert admin.get(page("guide_write", bureau, "nothing")).status_code == 404

    def test_the_county_s_office_sees_what_all_lack_and_a_bureau_its_own(self) -> None:
        general = an_agency("青禾县人民政府办公室")
        bureau, other = an_agency(parent=general), an_agency("青禾县林业局", parent=general)
        above, below = signed_in(a_user(Role.OFFICE_HEAD, general, "赵刚")), signed_in(a_user(Role.CLERK, bureau))
        told = text(above, reverse("agencies_missing"))
        assert all(name in told for name in ("青禾县水利局", "青禾县林业局", "没有登记政府信息公开工作机构"))
        assert reverse("agencies_missing") in text(above, reverse("agencies"))
        assert other.public_id not in text(below, reverse("agencies_missing"))


class TestBadInput:
    def test_two_who_save_at_once_the_second_is_told_and_keeps_his_words(self, clerk: Client, bureau: Agency) -> None:
        address = page("agency_change", bureau)
        seen = clerk.get(address).context["form"]["seen"].value()
        change_agency(SYSTEM, bureau, functions="防汛抗旱")
        answer = clerk.post(address, {"seen": seen, "functions": "农村饮水", "document_code": "青水"})
        told = answer.content.decode()
        assert answer.status_code == 422
        assert "另一人已作了修改" in told
        assert "防汛抗旱" in told.replace("<del>", "").replace("</del>", "")
        assert answer.context["form"]["functions"].value() == "农村饮水"
        bureau.refresh_from_db()
        assert (bureau.functions, bureau.document_code) == ("防汛抗旱", "")
        again = answer.context["form"]["seen"].value()
        assert clerk.post(address, {"seen": again, "functions": "农村饮水", "document_code": "青水"}).status_code == 302

    def test_a_change_elsewhere_on_the_row_is_not_taken_back(self, clerk: Client, bureau: Agency) -> None:
        address = page("agency_change", bureau)
        seen = clerk.get(address).context["form"]["seen"].value()
        change_agency(SYSTEM, bureau, parent=an_agency("青禾县人民政府办公室"))
        clerk.post(address, {"seen": seen, "functions": "农村饮水"})
        bureau.refresh_from_db()
        assert bureau.parent is not None

    @pytest.mark.parametrize("name", ["<script>alert(1)</script>", "李\u200b强", "李\x00强"])
    def test_markup_in_a_name_is_refused_and_shown_as_typed(self, clerk: Client, bureau: Agency, name: str) -> None:
        answer = clerk.post(page("person_add", bureau), {"name": name, "phone": "0375-8051234"})
        assert answer.status_code == 422
        assert b"<script>alert" not in answer.content
        assert answer.context["form"]["phone"].value() == "0375-8051234"
        assert not Person.objects.filter(phone="0375-8051234").exists()

    def test_what_markup_there_is_in_long_texts_is_shown_as_text(self, clerk: Client, bureau: Agency) -> None:
        sent(clerk, page("agency_change", bureau), functions="<img src=x onerror=alert(1)>")
        for address in (page("agency", bureau), reverse("agencies"), reverse("county"), page("public_agency", bureau)):
            told = text(clerk, address)
            assert "<img" not in told
            assert "&lt;img" in told

    def test_a_text_too_long_comes_back_whole_with_its_length(self, clerk: Client, bureau: Agency) -> None:
        long = "农" * 5_001
        answer = clerk.post(page("guide_write", bureau, "fees"), {"text": long, "from_on": "2026-09-01"})
        assert answer.status_code == 422
        assert "最多5000个字，现有5001个" in answer.content.decode()
        assert answer.context["form"]["text"].value() == long
        assert not GuideText.objects.exists()

    @pytest.mark.parametrize("phone", ["13812345678", "办公室 138 1234 5678", "138-1234-5678"])
    def test_nobody_s_mobile_gets_to_the_public(self, clerk: Client, bureau: Agency, phone: str) -> None:
        office = {"name": "办公室", "address": "人民路88号", "hours": "工作日", "from_on": "2026-09-01"}
        assert "含有手机号码" in sent(clerk, page("office_set", bureau), phone=phone, **office)
        assert "含有手机号码" in sent(
            clerk, page("channel_open", bureau), kind="fax", details=phone, from_on="2026-09-01"
        )
        assert "含有手机号码" in sent(
            clerk, page("guide_write", bureau, "fees"), text=f"请致电{phone}。", from_on="2026-09-01"
        )
        assert sent(clerk, page("office_set", bureau), phone="0375-8051234", **office).startswith("/office/")

    @pytest.mark.parametrize("typed", ["2026-02-30", "明天", "9999999", "2030-01-01", "2001-01-01", "\x00"])
    def test_a_day_that_is_none_is_told_and_today_is_shown(self, clerk: Client, bureau: Agency, typed: str) -> None:
        answer = clerk.get(page("agency", bureau), {"on": typed})
        assert answer.status_code == 200
        assert "下面按今天的情况显示" in answer.content.decode()

    def test_addresses_that_are_no_ids_lead_nowhere(self, admin: Client, bureau: Agency) -> None:
        for address in (
            "/office/agencies/1/",
            "/office/agencies/%00/",
            "/office/agencies/" + "x" * 16 + "/",
            "/agencies/" + "2" * 16 + "/",
        ):
            assert admin.get(address).status_code == 404, address
        assert admin.get(reverse("agencies"), {"q": "\x00"}).status_code == 200
        assert admin.get(page("people_find", bureau), {"q": "\x00李"}).status_code == 200


class TestPast:
    def test_each_page_shows_the_day_asked_for_and_offers_no_act(self, admin: Client, bureau: Agency) -> None:
        li, zhao = a_person(bureau, "李强"), a_person(bureau, "赵刚")
        first = appoint(SYSTEM, li, Role.HEAD, agency=bureau, from_on=FOUNDED, to_on=date(2025, 1, 1))
        appoint(SYSTEM, zhao, Role.HEAD, agency=bureau, from_on=date(2025, 1, 1))
        open_unit(SYSTEM, bureau, name="信息股", from_on=date(2025, 1, 1))
        rename_agency(SYSTEM, bureau, name="青禾县水务局", from_on=date(2025, 1, 1))
        set_office(SYSTEM, bureau, name="旧办公室", from_on=FOUNDED)
        set_office(SYSTEM, bureau, name="新办公室", from_on=date(2025, 1, 1))
        told = {
            tab: text(admin, page(tab, bureau) + "?on=2024-12-31")
            for tab in ("agency", "agency_people", "agency_units", "agency_office", "agency_guide")
        }
        for tab, shown in told.items():
            assert "按2024年12月31日的情况显示" in shown
            assert "青禾县水利局" in shown
            assert "水务局" not in shown, tab
            assert "?on=2024-12-31" in shown
        assert "李强" in told["agency"]
        assert "赵刚" not in told["agency"]
        assert "李强" in told["agency_people"]
        assert "赵刚" not in told["agency_people"]
        assert "信息股" not in told["agency_units"]
        assert "旧办公室" in told["agency_office"]
        assert "旧办公室" in told["agency_guide"]
        assert not any(
            word in shown
            for shown in told.values()
            for word in ("/change/", "/add/", "/open/", "/write/", "/end/", "/correct/", "/set/")
        )
        assert first.public_id not in told["agency_people"]

    def test_the_list_of_a_day_has_who_was_there(self, admin: Client, bureau: Agency) -> None:
        an_agency("青禾县大数据局", from_on=date(2026, 1, 1))
        merge_agency(SYSTEM, bureau, into=[an_agency("青禾县水务局")], on=TODAY)
        assert "青禾县水利局" not in text(admin, reverse("agencies"))
        shown = text(admin, reverse("agencies") + "?on=2025-12-31")
        assert "青禾县水利局" in shown
        assert "大数据局" not in shown
        assert "青禾县水利局" in text(admin, reverse("agencies") + "?q=水利")


def test_pages_ask_the_database_little(admin: Client, bureau: Agency) -> None:
    for person in range(9):
        appoint(SYSTEM, a_person(bureau, f"人员{person}"), Role.UNIT_HANDLER, agency=bureau, from_on=FOUNDED)
    counted = {}
    for name in ("agency", "agency_people", "agency_units", "agency_office", "agency_guide"):
        with CaptureQueriesContext(connection) as asked:
            text(admin, page(name, bureau))
        counted[name] = len(asked)
    for name in ("agencies", "agencies_missing"):
        with CaptureQueriesContext(connection) as asked:
            text(admin, reverse(name))
        counted[name] = len(asked)
    assert {name: count for name, count in counted.items() if count > 8} == {}
