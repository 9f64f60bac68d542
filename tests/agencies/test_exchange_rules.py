"""The import has no rules of its own: what an action refuses the dry run refuses, with the same words."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from tests.agencies.organisations import DAY, SYSTEM, county
from tests.agencies.workbooks import Line, workbook_of

from gongkai.agencies.actions import office, people, tree
from gongkai.agencies.exchange.applying import apply, planned
from gongkai.agencies.exchange.reading import read_book
from gongkai.agencies.exchange.sheets import BY_NAME
from gongkai.agencies.models import Agency, Appointment, Person, Unit
from gongkai.agencies.roles import Role
from gongkai.audit.models import Entry
from gongkai.kernel.clock import at
from gongkai.kernel.reasons import ActionRefused

pytestmark = pytest.mark.django_db
SINCE = date(2022, 1, 1)


@pytest.fixture(autouse=True)
def _on_a_day() -> Iterator[None]:
    with at(DAY):
        yield


@pytest.fixture
def here() -> "Here":
    return Here(county())


class Here:
    """The county, and who is who in its bureau of industry."""

    def __init__(self, agencies: dict[str, Agency]) -> None:
        self.agencies = {agency.code: agency for agency in Agency.objects.all()}
        self.bureau = agencies["QH-GX"]
        self.office = self.agencies["QH-BGS"]
        self.head = Person.objects.get(agency=self.bureau, name="李强")
        self.clerk = Person.objects.get(agency=self.bureau, name="王敏")
        self.unit = Unit.objects.get(name="政务公开股")
        self.source = Appointment.objects.get(role=Role.OFFICE_HEAD, delegated_from=None)


def _appointment(here: Here, who: str, role: str, on: str, **more: str) -> dict[str, list[Line]]:
    return {"任用": [{"机构编码": "QH-GX", "姓名": who, "角色": role, "起始日期": on, **more}]}


Act = Callable[[Here], Any]
Sheets = Callable[[Here], dict[str, list[Line]]]
CASES: dict[str, tuple[Act, Sheets]] = {
    "the same role twice": (
        lambda here: people.appoint(SYSTEM, here.clerk, Role.CLERK, agency=here.bureau, from_on=SINCE),
        lambda here: _appointment(here, "王敏", "经办人", "2022-01-01"),
    ),
    "before the agency": (
        lambda here: people.appoint(SYSTEM, here.clerk, Role.ARCHIVIST, agency=here.bureau, from_on=date(2018, 1, 1)),
        lambda here: _appointment(here, "王敏", "档案员", "2018-01-01"),
    ),
    "the same post twice": (
        lambda here: people.give_post(SYSTEM, here.head, here.bureau, title="主任", from_on=SINCE),
        lambda here: {"职务": [{"机构编码": "QH-GX", "姓名": "李强", "职务": "主任", "任职日期": "2022-01-01"}]},
    ),
    "a unit's name twice": (
        lambda here: tree.open_unit(SYSTEM, here.office, name="政务公开股", from_on=SINCE),
        lambda here: {"内设机构": [{"机构编码": "QH-BGS", "名称": "政务公开股", "设立日期": "2022-01-01"}]},
    ),
    "a unit with people in it": (
        lambda here: tree.close_unit(SYSTEM, here.unit, to_on=date(2026, 6, 1)),
        lambda here: {
            "内设机构": [
                {"机构编码": "QH-BGS", "名称": "政务公开股", "设立日期": "2019-03-01", "撤销日期": "2026-06-01"}
            ]
        },
    ),
    "a member of the office twice": (
        lambda here: office.add_office_member(
            SYSTEM, here.bureau, here.clerk, from_on=SINCE, is_full_time=True, is_established=True
        ),
        lambda here: {
            "工作人员": [{"机构编码": "QH-GX", "姓名": "王敏", "专职": "是", "在编": "是", "起始日期": "2022-01-01"}]
        },
    ),
    "a second leader": (
        lambda here: office.add_group_member(SYSTEM, here.bureau, here.clerk, from_on=SINCE, part="leader"),
        lambda here: {
            "领导小组": [{"机构编码": "QH-GX", "姓名": "王敏", "组内职务": "组长", "起始日期": "2022-01-01"}]
        },
    ),
    "the last head": (
        lambda here: people.end_appointment(
            SYSTEM, Appointment.objects.get(agency=here.bureau, role=Role.HEAD), to_on=date(2026, 6, 1)
        ),
        lambda here: _appointment(here, "李强", "主要领导", "2020-01-01", 终止日期="2026-06-01"),
    ),
    "a delegation to oneself": (
        lambda here: people.delegate(SYSTEM, here.source, to=here.source.person, from_on=DAY, to_on=date(2026, 5, 1)),
        lambda here: {"任用": [_delegation("赵刚", "2026-03-02", "2026-05-01")]},
    ),
    "two delegations at a time": (
        lambda here: people.delegate(
            SYSTEM,
            here.source,
            to=Person.objects.get(agency=here.office, name="李强"),
            from_on=DAY,
            to_on=date(2026, 5, 1),
        ),
        lambda here: {"任用": [_delegation("李强", "2026-03-02", "2026-05-01")]},
    ),
    "a ring": (
        lambda here: tree.change_agency(SYSTEM, here.agencies["QH"], parent=here.bureau),
        lambda here: {"机构": [_agency("QH", 性质="人民政府", 上级编码="QH-GX")]},
    ),
    "an agency below one that is gone": (
        lambda here: tree.change_agency(SYSTEM, here.bureau, parent=here.agencies["QH-KJ"]),
        lambda here: {"机构": [_agency("QH-GX", 上级编码="QH-KJ")]},
    ),
    "a review organ without a reason": (
        lambda here: tree.set_review_organ(
            SYSTEM, here.bureau, review_organ=None, review_organ_name="某市人民政府", review_organ_reason=""
        ),
        lambda here: {"机构": [_agency("QH-GX", 复议机关名称="某市人民政府")]},
    ),
    "a name before the present one": (
        lambda here: tree.rename_agency(
            SYSTEM, here.agencies["QH-SL"], name="青禾县水务水利局", from_on=date(2023, 1, 1)
        ),
        lambda here: {"名称沿革": [{"机构编码": "QH-SL", "全称": "青禾县水务水利局", "启用日期": "2023-01-01"}]},
    ),
    "an agency that is closed": (
        lambda here: tree.open_unit(SYSTEM, here.agencies["QH-KJ"], name="新股", from_on=SINCE),
        lambda here: {"内设机构": [{"机构编码": "QH-KJ", "名称": "新股", "设立日期": "2022-01-01"}]},
    ),
    "a guide before the agency": (
        lambda here: office.write_guide_text(SYSTEM, here.bureau, part="fees", text="不", from_on=date(2018, 1, 1)),
        lambda here: {"指南": [{"机构编码": "QH-GX", "部分": "收费", "正文": "不", "启用日期": "2018-01-01"}]},
    ),
}


def _delegation(who: str, on: str, to: str) -> Line:
    line: Line = {"机构编码": "QH-BGS", "姓名": who, "角色": "政府信息公开工作机构负责人", "内设机构": "政务公开股"}
    return {**line, "起始日期": on, "终止日期": to, "授权人姓名": "赵刚"}


def _agency(code: str, **values: str) -> Line:
    return {"机构编码": code, "性质": "工作部门", "层级": "县级", "设立日期": "2019-03-01", **values}


@pytest.mark.parametrize("case", CASES)
def test_what_an_action_refuses_the_dry_run_refuses_in_the_same_words(here: Here, case: str) -> None:
    act, sheets = CASES[case]
    plan = planned(read_book(workbook_of(sheets(here))))
    with pytest.raises(ActionRefused) as refused:
        act(here)
    told = "".join(finding.message for finding in plan.findings)
    for reason in refused.value.reasons:
        assert reason.message in told


def test_what_is_lawful_is_done_and_written_in_the_journal_as_by_hand(here: Here) -> None:
    sheets = {
        "机构": [_agency("QH-GX", 有管辖权的人民法院="青禾县人民法院", 主要职责="管工业")],
        "任用": [
            {"机构编码": "QH-GX", "姓名": "王敏", "角色": "主要领导", "起始日期": "2026-06-01", "终止日期": ""},
            {
                "机构编码": "QH-GX",
                "姓名": "李强",
                "角色": "主要领导",
                "起始日期": "2020-01-01",
                "终止日期": "2026-06-01",
            },
        ],
    }
    before = set(Entry.objects.filter(chain=here.bureau.public_id).values_list("pk", flat=True))
    assert apply(SYSTEM, read_book(workbook_of(sheets))).is_done
    entries = Entry.objects.filter(chain=here.bureau.public_id).exclude(pk__in=before)
    assert sorted(entries.values_list("act", flat=True)) == [
        "agencies.appoint",
        "agencies.change",
        "agencies.end_appointment",
    ]
    assert Agency.objects.get(code="QH-GX").functions == "管工业"
    assert not planned(read_book(workbook_of(sheets))).is_needed


def test_what_is_on_record_for_good_is_not_changed(here: Here) -> None:
    plan = planned(read_book(workbook_of({"机构": [_agency("QH-GX", 设立日期="2018-01-01", 撤销日期="2026-01-01")]})))
    assert [finding.rule for finding in plan.findings] == ["import.fixed", "import.fixed"]


def test_an_end_is_not_taken_back(here: Here) -> None:
    people.appoint(SYSTEM, here.clerk, Role.ARCHIVIST, agency=here.bureau, from_on=SINCE, to_on=date(2024, 1, 1))
    plan = planned(read_book(workbook_of(_appointment(here, "王敏", "档案员", "2022-01-01", 终止日期=""))))
    assert [finding.rule for finding in plan.findings] == ["import.cleared"]


def test_every_column_fills_a_field_of_its_model() -> None:
    for sheet in BY_NAME.values():
        fields = {field.name for field in sheet.model._meta.get_fields()} | {"unit_agency"}
        assert {column.field for column in sheet.read} <= fields
        missing = {
            field.name for field in sheet.model._meta.concrete_fields if field.editable and not field.primary_key
        } - {column.field for column in sheet.columns}
        assert not missing, f"{sheet.name} does not tell {missing}"
