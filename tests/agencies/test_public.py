"""The public face of who is who: found by what it does, as it stood, and nothing that is the staff's alone."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.agencies.people import FOUNDED, SYSTEM, a_user, an_agency, signed_in

from gongkai.agencies.actions.office import (
    add_group_member,
    add_office_member,
    open_channel,
    set_office,
    write_guide_text,
)
from gongkai.agencies.actions.people import add_person, appoint, delegate, give_post
from gongkai.agencies.actions.tree import change_agency, found_agency, merge_agency, open_unit, rename_agency
from gongkai.agencies.models import Agency, GuideText
from gongkai.agencies.roles import ChannelKind, Kind, Level, Role
from gongkai.documents.reading import read
from gongkai.kernel.clock import at

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 1)
SECRET = (
    "0375-1110001",
    "wangmin@inner.example.cn",
    "股级干部",
    "青水人〔2026〕9号",
    "值班安排",
    "王小敏",
    "陈大静",
    "QH-INNER",
    "法规股",
)
"""What is on record of people and inner matters: no page of the public face may have a word of it."""


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with at(TODAY):
        yield


@pytest.fixture
def county() -> Agency:
    return found_agency(
        SYSTEM, name="青禾县人民政府", code="G", kind=Kind.GOVERNMENT, level=Level.COUNTY, from_on=FOUNDED
    )


@pytest.fixture
def bureau(county: Agency) -> Agency:
    made = found_agency(
        SYSTEM, name="青禾县水利局", short_names="水利局 水务局", code="QH-INNER", kind=Kind.DEPARTMENT,
        level=Level.COUNTY, parent=county, from_on=FOUNDED, functions="农村饮水、河道采砂\n防汛抗旱",
    )  # fmt: skip
    unit = open_unit(SYSTEM, made, name="法规股", duties="值班安排", from_on=FOUNDED)
    wang = add_person(SYSTEM, made, name="王小敏", phone="0375-1110001", email="wangmin@inner.example.cn")
    chen = add_person(SYSTEM, made, name="陈大静")
    head = add_person(SYSTEM, made, name="李建国", phone="0375-1110001")
    give_post(SYSTEM, wang, made, title="股级干部", from_on=FOUNDED)
    give_post(SYSTEM, head, made, title="党组书记、局长", from_on=FOUNDED)
    row = appoint(SYSTEM, head, Role.HEAD, agency=made, from_on=FOUNDED, basis="青水人〔2026〕9号")
    delegate(SYSTEM, row, to=chen, from_on=date(2026, 8, 28), to_on=date(2026, 9, 9))
    appoint(SYSTEM, wang, Role.CLERK, agency=made, unit=unit, from_on=FOUNDED)
    add_office_member(SYSTEM, made, wang, from_on=FOUNDED)
    add_group_member(SYSTEM, made, chen, part="leader", duties="值班安排", from_on=FOUNDED)
    set_office(
        SYSTEM, made, name="水利局办公室", unit=unit, address="人民路88号", hours="工作日 8:30—17:30", phone="0375-8051234",
        email="water@example.cn", from_on=FOUNDED,
    )  # fmt: skip
    open_channel(SYSTEM, made, kind=ChannelKind.POST, details="人民路88号", from_on=FOUNDED)
    write_guide_text(SYSTEM, made, part=GuideText.Part.INFORMATION, text="按主题编排。", from_on=FOUNDED)
    return made


@pytest.fixture
def citizen() -> Client:
    return Client()


def page(name: str, agency: Agency, *more: str) -> str:
    return reverse(name, args=[agency.public_id, *more])


def text(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200, address
    return answer.content.decode()


class TestCounty:
    def test_it_lists_agencies_by_what_they_do(self, citizen: Client, bureau: Agency) -> None:
        told = text(citizen, "/")
        assert re.search(r"<title>青禾县政府信息公开</title>", told)
        assert "农村饮水、河道采砂" in told
        assert "防汛抗旱" not in told
        assert told.index("工作部门") < told.index(page("public_agency", bureau))

    @pytest.mark.parametrize("words", ["水利局", "水务局", "青禾县水利", "防汛", "采砂 水利", "水电局"])
    def test_it_is_searched_by_every_name_and_by_what_an_agency_does(
        self, citizen: Client, county: Agency, words: str
    ) -> None:
        made = an_agency("青禾县水利水电局")
        rename_agency(SYSTEM, made, name="青禾县水利局", short_names="水务局", from_on=date(2025, 1, 1))
        change_agency(SYSTEM, made, functions="河道采砂、防汛")
        assert page("public_agency", made) in text(citizen, "/", q=words)

    def test_what_is_not_found_is_said_and_typed_words_are_text(self, citizen: Client, bureau: Agency) -> None:
        told = text(citizen, "/", q="<b>教育</b>")
        assert "没有找到这样的机关" in told
        assert "<b>教育" not in told

    def test_a_merged_agency_leads_on_and_one_to_come_is_not_there(self, citizen: Client, bureau: Agency) -> None:
        heir, later = an_agency("青禾县农业农村局"), an_agency("青禾县水库局", from_on=date(2026, 12, 1))
        merge_agency(SYSTEM, bureau, into=[heir], on=TODAY)
        assert page("public_agency", bureau) not in text(citizen, "/")
        found = text(citizen, "/", q="水利")
        assert "已撤销" in found
        assert page("public_agency", heir) in found
        told = text(citizen, page("public_agency", bureau))
        assert "职责由" in told
        assert "李建国" not in told
        assert page("public_agency", heir) in told
        assert page("public_guide", heir) in text(citizen, page("public_guide", bureau))
        assert page("public_agency", later) not in text(citizen, "/", q="水库")
        assert citizen.get(page("public_agency", later)).status_code == 404

    def test_an_empty_county_says_what_will_be_here(self, citizen: Client) -> None:
        assert "这里将列出各机关" in text(citizen, "/")


class TestAgency:
    def test_it_tells_what_the_law_wants_told(self, citizen: Client, bureau: Agency) -> None:
        told = text(citizen, page("public_agency", bureau))
        wanted = (
            "防汛抗旱",
            "党组书记、局长",
            "李建国",
            "水利局办公室",
            "人民路88号",
            "工作日 8:30—17:30",
            "0375-8051234",
            "青禾县人民政府",
        )
        assert [word for word in wanted if word not in told] == []

    @pytest.mark.parametrize("query", [{}, {"on": "2026-08-01"}, {"q": "水利"}])
    def test_it_tells_nothing_that_is_the_staff_s(self, bureau: Agency, query: dict[str, str]) -> None:
        for client in (Client(), signed_in(a_user(Role.SYSTEM_ADMIN, bureau, "系统员"))):
            for address in ("/", page("public_agency", bureau), page("public_guide", bureau)):
                told = text(client, address, **query)
                assert [word for word in SECRET if word in told] == [], address
                assert "/office/" not in told
                assert "请补充" not in told

    def test_files_tell_nothing_that_is_the_staff_s(self, citizen: Client, bureau: Agency) -> None:
        content = citizen.get(page("public_guide_file", bureau, "docx")).content
        told = "\n".join(
            cell.text for block in read(content, name="guide.docx").blocks for cell in getattr(block, "cells", [block])
        )
        assert "水利局办公室" in told
        assert [word for word in SECRET if word in told] == []


class TestGuide:
    def test_it_is_shown_as_it_stood_and_its_versions_are_listed(self, citizen: Client, bureau: Agency) -> None:
        set_office(SYSTEM, bureau, name="政务公开股", phone="0375-8050000", from_on=date(2026, 3, 1))
        address = page("public_guide", bureau)
        now, before = text(citizen, address), text(citizen, address, on="2026-02-28")
        assert "0375-8050000" in now
        assert "这是以前的指南" not in now
        assert f"{address}?on=2024-01-01" in now
        assert "0375-8051234" in before
        assert "这是以前的指南" in before
        assert f"{page('public_guide_file', bureau, 'docx')}?on=2026-02-28" in before

    @pytest.mark.parametrize("typed", ["2026-13-01", "昨天", "2030-01-01", "1999-01-01"])
    def test_a_day_that_is_none_is_told(self, citizen: Client, bureau: Agency, typed: str) -> None:
        assert "下面按今天的情况显示" in text(citizen, page("public_guide", bureau), on=typed)

    def test_it_can_be_taken_home_in_the_version_that_is_shown(self, citizen: Client, bureau: Agency) -> None:
        set_office(SYSTEM, bureau, name="政务公开股", phone="0375-8050000", from_on=date(2026, 3, 1))
        cache.clear()
        told = {}
        for on in ("2026-02-28", "2026-09-01", "2026-08-01"):
            answer = citizen.get(page("public_guide_file", bureau, "docx"), {"on": on})
            assert answer["Content-Disposition"].startswith("attachment; ")
            told[on] = answer.content
        assert told["2026-02-28"] != told["2026-09-01"] == told["2026-08-01"]
        assert citizen.get(page("public_guide_file", bureau, "exe")).status_code == 404

    def test_a_merged_agency_s_guide_is_its_last(self, citizen: Client, bureau: Agency) -> None:
        merge_agency(SYSTEM, bureau, into=[an_agency("青禾县农业农村局")], on=TODAY)
        told = text(citizen, page("public_guide", bureau))
        assert "人民路88号" in told
        assert "本机关已撤销" in told


class TestNotThere:
    def test_what_is_not_there_says_where_to_go_on(self, citizen: Client) -> None:
        for address in ("/nothing/", "/agencies/", "/agencies/1/", "/agencies/2222222222222222/"):
            answer = citizen.get(address)
            told = answer.content.decode()
            assert answer.status_code == 404
            assert "没有这一页" in told
            assert 'action="/"' in told

    def test_the_public_face_alone_has_these_pages_and_no_office(
        self, citizen: Client, bureau: Agency, settings: object
    ) -> None:
        settings.FACE = "public"  # type: ignore[attr-defined]
        assert citizen.get(page("public_agency", bureau)).status_code == 200
        assert citizen.get(page("agency", bureau)).status_code == 404
        settings.FACE = "staff"  # type: ignore[attr-defined]
        assert citizen.get(page("public_agency", bureau)).status_code == 404
        assert citizen.get("/").status_code == 302


def test_no_page_of_the_public_face_needs_scripts_or_asks_for_a_cookie(citizen: Client, bureau: Agency) -> None:
    for address in ("/", page("public_agency", bureau), page("public_guide", bureau)):
        answer = citizen.get(address)
        scripts = re.findall(rb"<script[^>]*>", answer.content)
        assert scripts == [b'<script type="module" src="/static/ui/gongkai.js">'], address
        assert not answer.cookies, address
