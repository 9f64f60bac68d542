"""The guide: made of the data, as it stood on each day, with periods from the law; what is missing is for the office."""

import io
import zipfile
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.agencies.people import FOUNDED, SYSTEM, a_person, an_agency
from tests.programs import leave_out

from gongkai.agencies.actions.office import open_channel, set_office, write_guide_text
from gongkai.agencies.actions.people import appoint
from gongkai.agencies.actions.tree import change_agency, found_agency, rename_agency
from gongkai.agencies.guide import blocks, guide, guide_of, lacks
from gongkai.agencies.guide_facts import facts_of
from gongkai.agencies.models import Agency, GuideText
from gongkai.agencies.roles import ChannelKind, Kind, Level, Role
from gongkai.documents.limits import ProgramNeeded
from gongkai.documents.reading import read
from gongkai.documents.writing import write
from gongkai.law import parameters

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
TODAY = date(2026, 9, 1)


@pytest.fixture
def bureau() -> Agency:
    government = found_agency(
        SYSTEM, name="青禾县人民政府", code="G", kind=Kind.GOVERNMENT, level=Level.COUNTY, from_on=FOUNDED
    )
    made = an_agency(parent=government)
    change_agency(SYSTEM, made, court="青禾县人民法院", functions="农村饮水")
    return made


def text_of(agency: Agency, on: date) -> str:
    told = guide(agency, on)
    return "\n".join(
        [
            told.title,
            *(line for part in told.sections for line in (*part.paragraphs, *(f"{a}：{b}" for a, b in part.rows))),
        ]
    )


def missing(agency: Agency, on: date = TODAY) -> list[str]:
    return [finding.where.removeprefix("guide.") for finding in guide(agency, on).findings]


def test_who_leads_is_asked_for_too(bureau: Agency) -> None:
    facts = facts_of([bureau], TODAY)[0]
    told = {is_headed: lacks(facts, TODAY, is_headed=is_headed)[-1].where for is_headed in (True, False)}
    assert told == {True: "guide.channels", False: "guide.head"}


def completed(agency: Agency) -> None:
    set_office(
        SYSTEM, agency, name="青禾县水利局办公室", address="人民路88号", hours="工作日 8:30—17:30", phone="0375-8051234",
        website="https://water.example.cn/", postcode="467200", from_on=FOUNDED,
    )  # fmt: skip
    for kind in (ChannelKind.WINDOW, ChannelKind.POST):
        open_channel(SYSTEM, agency, kind=kind, details="人民路88号", from_on=FOUNDED)
    for part in (GuideText.Part.INFORMATION, GuideText.Part.OBTAINING):
        write_guide_text(SYSTEM, agency, part=part, text="按主题编排。\n  可以在网站查阅。 ", from_on=FOUNDED)
    appoint(SYSTEM, a_person(agency), Role.HEAD, agency=agency, from_on=FOUNDED)


def test_what_is_missing_is_told_until_it_is_there(bureau: Agency) -> None:
    assert missing(bureau) == ["information", "obtaining", "office", "channels", "channels"]
    completed(bureau)
    assert missing(bureau) == []


def test_each_lack_rests_on_its_law() -> None:
    lone = an_agency()
    told = {finding.where: finding.basis for finding in guide(lone, TODAY).findings}
    assert told["guide.reviewing"] == "《中华人民共和国行政复议法》第二十四条第一款第（一）项"
    assert told["guide.court"].startswith("《中华人民共和国行政诉讼法》")
    assert told["guide.office"] == "《中华人民共和国政府信息公开条例》第十二条"


def test_a_basic_court_does_not_hear_a_suit_against_a_government(bureau: Agency) -> None:
    county = bureau.parent
    assert county is not None
    for court, is_told in (("青禾县人民法院", True), ("青河市中级人民法院", False), ("河口铁路运输法院", False)):
        change_agency(SYSTEM, county, court=court)
        told = [finding.message for finding in guide(county, TODAY).findings if finding.where == "guide.court"]
        assert bool(told) is is_told, court
    assert "court" not in missing(bureau)


def test_it_stands_as_it_stood(bureau: Agency) -> None:
    completed(bureau)
    rename_agency(SYSTEM, bureau, name="青禾县水务局", from_on=date(2025, 6, 1))
    set_office(SYSTEM, bureau, name="水务局办公室", phone="0375-8050000", from_on=date(2026, 3, 1))
    write_guide_text(SYSTEM, bureau, part=GuideText.Part.FEES, text="一律不收费。", from_on=date(2026, 5, 1))
    before, between, now = (text_of(bureau, day) for day in (date(2025, 5, 31), date(2026, 4, 30), TODAY))
    assert "青禾县水利局政府信息公开指南" in before
    assert "0375-8051234" in before
    assert "青禾县水务局政府信息公开指南" in between
    assert "0375-8050000" in between
    assert "一律不收费" not in between
    assert "一律不收费" in now
    told = guide(bureau, date(2026, 4, 30), TODAY)
    assert told.since == date(2026, 3, 1)
    assert {date(2026, 5, 1), date(2026, 3, 1), FOUNDED} <= set(told.versions)
    assert told.versions == tuple(sorted(told.versions, reverse=True))


def test_a_new_name_makes_a_new_version(bureau: Agency) -> None:
    rename_agency(SYSTEM, bureau, name="青禾县水务局", from_on=date(2025, 6, 1))
    assert guide(bureau, TODAY).since == date(2025, 6, 1)


def test_periods_are_the_law_s(bureau: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "之日起7个工作日内一次性告知补正" in text_of(bureau, TODAY)
    assert "之日起20个工作日内答复" in text_of(bureau, TODAY)
    known = dict(parameters.parameters())
    law = known["clock.reply_period"]
    values = (*law.values, parameters.Dated(date(2026, 7, 1), 15, "新法"))
    known["clock.reply_period"] = parameters.Parameter(
        law.key, law.description, law.unit, law.basis, law.standing, law.checked_on, values
    )
    monkeypatch.setattr(parameters, "parameters", lambda: known)
    assert "之日起15个工作日内答复" in text_of(bureau, TODAY)
    assert "之日起20个工作日内答复" in text_of(bureau, date(2026, 6, 30))
    assert guide(bureau, TODAY).since == date(2026, 7, 1)


def test_before_the_law_that_is_coded_nothing_is_made_up(bureau: Agency) -> None:
    assert "个工作日" not in text_of(bureau, date(2019, 4, 1))
    assert "requesting" in missing(bureau, date(2019, 4, 1))
    assert "依法申请行政复议" in text_of(bureau, date(2023, 6, 1))


def test_remedies_name_the_organ_and_the_court(bureau: Agency) -> None:
    told = text_of(bureau, TODAY)
    assert "对本机关不予公开的答复不服的，应当自收到之日起六十日内先向青禾县人民政府申请行政复议" in told
    assert "六个月内向青禾县人民法院提起行政诉讼" in told
    assert "可以向青禾县人民政府投诉、举报" in told


def test_own_words_stand_instead_of_the_law_s(bureau: Agency) -> None:
    write_guide_text(SYSTEM, bureau, part=GuideText.Part.REMEDIES, text="请先来电询问。", from_on=FOUNDED)
    assert "请先来电询问" in text_of(bureau, TODAY)
    assert "六十日" not in text_of(bureau, TODAY)


def test_a_change_of_law_makes_a_version_only_of_words_that_are_the_law_s(bureau: Agency) -> None:
    by_law = set(guide(bureau, TODAY).versions)
    assert date(2024, 1, 1) in by_law
    write_guide_text(SYSTEM, bureau, part=GuideText.Part.REMEDIES, text="可以申请行政复议。", from_on=FOUNDED)
    write_guide_text(SYSTEM, bureau, part=GuideText.Part.REQUESTING, text="向本机关申请。", from_on=FOUNDED)
    assert set(guide(bureau, TODAY).versions) == {FOUNDED}
    write_guide_text(SYSTEM, bureau, part=GuideText.Part.REMEDIES, text="", from_on=date(2023, 9, 1))
    assert set(guide(bureau, TODAY).versions) == {FOUNDED, date(2023, 9, 1), date(2024, 1, 1)}


def test_it_is_written_as_a_document(bureau: Agency) -> None:
    completed(bureau)
    made = blocks(guide(bureau, TODAY))
    content = write(made, to="docx", title="指南")
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    texts = [block.text for block in read(content, name="guide.docx").blocks if hasattr(block, "text")]
    assert texts[0] == "青禾县水利局政府信息公开指南"
    assert "三、政府信息公开工作机构" in texts
    try:
        assert write(made, to="pdf", title="指南").startswith(b"%PDF")
    except ProgramNeeded:
        leave_out("pango 未安装")


def test_a_hundred_guides_are_asked_for_as_one(bureau: Agency) -> None:
    completed(bureau)
    with CaptureQueriesContext(connection) as one:
        facts_of([bureau], TODAY)
    agencies = [bureau, *(an_agency(f"青禾县第{number}局") for number in range(20))]
    with CaptureQueriesContext(connection) as many:
        found = [guide_of(facts, TODAY) for facts in facts_of(agencies, TODAY)]
    assert len(many) <= len(one) <= 6
    assert [bool(told.findings) for told in found] == [False, *[True] * 20]
