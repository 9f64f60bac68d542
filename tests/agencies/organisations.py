"""An organisation to exchange: built by the actions, with everything that a workbook holds."""

from datetime import date

from tests.agencies.workbooks import a_name_line, an_agency_line, workbook_of

from gongkai.agencies.actions import office, people, tree
from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Kind, Level, Role

SYSTEM = Actor(None)
FOUNDED, DAY = date(2019, 3, 1), date(2026, 3, 2)


def county() -> dict[str, Agency]:
    """A county's government, its office, two bureaus, one of them renamed, and one that was merged."""
    government = _agency("青禾县人民政府", "QH", Kind.GOVERNMENT)
    general = _agency("青禾县人民政府办公室", "QH-BGS", Kind.OFFICE, government=government, parent=government)
    bureaus = {
        code: _agency(name, code, Kind.DEPARTMENT, government=government, parent=general)
        for code, name in (("QH-GX", "青禾县工业和信息化局"), ("QH-SL", "青禾县水利局"), ("QH-KJ", "青禾县科学技术局"))
    }
    agencies = {"QH": government, "QH-BGS": general, **bureaus}
    tree.rename_agency(
        SYSTEM, bureaus["QH-SL"], name="青禾县水务局", short_names="水务局 水利局", from_on=date(2024, 1, 5)
    )
    unit = tree.open_unit(SYSTEM, general, name="政务公开股", from_on=FOUNDED, duties="政府信息公开\n政务公开")
    closed = tree.open_unit(SYSTEM, general, name="信息股", from_on=FOUNDED)
    tree.close_unit(SYSTEM, closed, to_on=date(2022, 1, 1))
    tree.open_unit(SYSTEM, general, name="信息股", from_on=date(2023, 1, 1))
    for agency in (government, general, *bureaus.values()):
        head = people.add_person(SYSTEM, agency, name="李强", phone="0375-8051234")
        clerk = people.add_person(SYSTEM, agency, name="王敏", email="wang@example.com")
        people.give_post(SYSTEM, head, agency, title="主任", from_on=date(2020, 1, 1))
        people.appoint(SYSTEM, head, Role.HEAD, agency=agency, from_on=date(2020, 1, 1), basis="青组〔2020〕1号")
        people.appoint(SYSTEM, clerk, Role.CLERK, agency=agency, from_on=date(2021, 6, 1))
        office.set_office(
            SYSTEM,
            agency,
            from_on=FOUNDED,
            unit=unit,
            name="政务公开工作办公室",
            address="青禾县人民路1号",
            phone="8051234",
        )
        office.add_office_member(
            SYSTEM, agency, clerk, from_on=date(2021, 6, 1), is_full_time=True, is_established=False
        )
        office.add_group_member(SYSTEM, agency, head, from_on=date(2020, 1, 1), part="leader", duties="统一领导")
        office.open_channel(SYSTEM, agency, kind="post", from_on=FOUNDED, details="青禾县人民路1号", note="")
        office.write_guide_text(SYSTEM, agency, part="fees", text="不收费。\n超量的除外。", from_on=FOUNDED)
    office.write_guide_text(SYSTEM, general, part="fees", text="", from_on=date(2024, 1, 1))
    deputy = people.add_person(SYSTEM, general, name="赵刚")
    source = people.appoint(SYSTEM, deputy, Role.OFFICE_HEAD, agency=general, unit=unit, from_on=date(2021, 1, 1))
    stand_in = people.add_person(SYSTEM, general, name="王敏")
    people.delegate(SYSTEM, source, to=stand_in, from_on=DAY, to_on=date(2026, 12, 1), basis="休假")
    tree.merge_agency(SYSTEM, bureaus["QH-KJ"], into=[bureaus["QH-GX"]], on=date(2025, 4, 1), basis="青编〔2025〕1号")
    return agencies


def _agency(name: str, code: str, kind: Kind, **values: object) -> Agency:
    return tree.found_agency(
        SYSTEM,
        name=name,
        code=code,
        kind=kind,
        level=Level.COUNTY,
        from_on=FOUNDED,
        functions="\n管企业的\n",
        court="青禾县人民法院",
        **values,
    )


def of_one_agency() -> bytes:
    """A workbook that would found one agency."""
    return workbook_of({"机构": [an_agency_line("QH-XF")], "名称沿革": [a_name_line("QH-XF", "青禾县消防局")]})
