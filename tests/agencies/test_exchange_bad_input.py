"""What people put into tables: each mistake is told at its line, with what to do, and nothing is written."""

import io
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from tests.agencies.organisations import DAY, SYSTEM
from tests.agencies.workbooks import Formula, Line, a_name_line, an_agency_line, workbook_of

from gongkai.agencies.exchange.applying import apply, planned
from gongkai.agencies.exchange.reading import LARGEST, read_book
from gongkai.agencies.models import Agency, AgencyName, Person
from gongkai.documents.limits import Unreadable
from gongkai.findings import Severity
from gongkai.kernel.clock import at

pytestmark = pytest.mark.django_db
SOUND: dict[str, list[Line]] = {
    "机构": [an_agency_line("QH", 性质="人民政府"), an_agency_line("QH-SL", 上级编码="QH", 所属人民政府编码="QH")],
    "名称沿革": [a_name_line("QH", "青禾县人民政府"), a_name_line("QH-SL")],
    "内设机构": [{"机构编码": "QH-SL", "名称": "办公室", "设立日期": "2019-03-01", "撤销日期": ""}],
    "人员": [{"编号": "", "登记机关编码": "QH-SL", "姓名": "王敏", "办公邮箱": "wang@example.com"}],
    "职务": [{"机构编码": "QH-SL", "姓名": "王敏", "职务": "局长", "任职日期": "2020-01-01", "免职日期": ""}],
    "任用": [
        {
            "机构编码": "QH-SL", "人员编号": "", "姓名": "王敏", "角色": "主要领导", "内设机构": "", "起始日期": "2020-01-01",
            "终止日期": "", "授权人姓名": "",
        }
    ],
    "工作人员": [{"机构编码": "QH-SL", "姓名": "王敏", "专职": "是", "在编": "是", "起始日期": "2020-01-01"}],
    "渠道": [{"机构编码": "QH-SL", "渠道": "邮寄", "地址、号码或网址": "人民路1号", "开通日期": "2019-03-01"}],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _on_a_day() -> Iterator[None]:
    with at(DAY):
        yield


def with_line(sheet: str, number: int | None = None, **values: Any) -> dict[str, list[Line]]:
    """The sound workbook with some cells of a line changed; with no number, one more line like the last."""
    sheets = {name: [dict(line) for line in lines] for name, lines in SOUND.items()}
    if number is None:
        sheets[sheet].append(dict(sheets[sheet][-1]))
    sheets[sheet][-1 if number is None else number].update(values)
    return sheets


def told(sheets: dict[str, list[Line]], severity: Severity = Severity.ERROR) -> list[str]:
    plan = planned(read_book(workbook_of(sheets)))
    return [finding.message for finding in plan.findings if finding.severity is severity]


def test_the_sound_workbook_has_nothing_to_tell() -> None:
    plan = planned(read_book(workbook_of(SOUND)))
    assert (plan.findings, plan.writing_count) == ([], 10)
    assert apply(SYSTEM, read_book(workbook_of(SOUND))).is_done
    assert AgencyName.objects.filter(name="青禾县水利局").exists()


MISTAKES = {
    "a code that is not there": (
        with_line("机构", 1, 上级编码="QH-X"),
        "“机构”第3行“上级编码”：没有编码为“QH-X”的机构；请核对编码，或在“机构”表中补上这个机构",
    ),
    "a code twice": (
        with_line("机构", 1, 机构编码="QH"),
        "“机构”第3行：与第2行是同一条登记；请删去一行，或写明两行的不同之处",
    ),
    "a ring": (
        with_line("机构", 0, 上级编码="QH-SL"),
        "“机构”第2行：上级不能是本机关或本机关的下级，否则机构树会成环；请另选上级",
    ),
    "a department as government": (
        with_line("机构", 0, 所属人民政府编码="QH-SL", 上级编码=""),
        "“机构”第2行：所属人民政府应是一级人民政府；请另选",
    ),
    "no code": (with_line("机构", None, 机构编码=""), "“机构”第4行“机构编码”：没有填写；请填写"),
    "no such kind": (
        with_line("渠道", 0, 渠道="电报"),
        "“渠道”第2行“渠道”：“电报”不在可填的内容里；请填",
    ),
    "no such day": (
        with_line("任用", 0, 起始日期="2024-02-30"),
        "“任用”第2行“起始日期”：“2024-02-30”不是日历上有的日期；请核对年月日",
    ),
    "a month": (
        with_line("任用", 0, 起始日期="2024年5月"),
        "“任用”第2行“起始日期”：“2024年5月”没有写到日；请写成 2026-01-05 这样的日期",
    ),
    "words for a day": (
        with_line("任用", 0, 起始日期="去年春天"),
        "“任用”第2行“起始日期”：“去年春天”不是日期；请写成 2026-01-05 这样的日期",
    ),
    "an end before the beginning": (
        with_line("任用", 0, 终止日期="2019.12.31"),
        "“任用”第2行：终止日期应晚于起始日期2020年1月1日；请核对日期",
    ),
    "a beginning before the agency": (
        with_line("渠道", 0, 开通日期="2018-01-01"),
        "“渠道”第2行：开通日期不能早于2019年3月1日；请核对日期",
    ),
    "the same role twice": (
        with_line("任用", None, 起始日期="2021-01-01"),
        "“任用”第3行：该人员在这段时间已任用为主要领导；请先终止原来的任用，或改用别的日期",
    ),
    "the same line twice": (
        with_line("任用", None),
        "“任用”第3行：与第2行是同一条登记；请删去一行，或写明两行的不同之处",
    ),
    "nobody of that name": (
        with_line("任用", 0, 姓名="李强"),
        "“任用”第2行“姓名”：编码为“QH-SL”的机构没有登记名叫“李强”的人员；请核对姓名",
    ),
    "nobody of that number": (
        with_line("任用", 0, 人员编号="7"),
        "“任用”第2行“人员编号”：没有编号为“7”的人员；请核对，或在“人员”表中补上这个人",
    ),
    "two of one name": (with_line("人员", None), "“人员”第2行：本表有2位同名人员；请在“编号”栏各编一个不同的号"),
    "no such section": (
        with_line("任用", 0, 内设机构="法规股"),
        "“任用”第2行“内设机构”：编码为“QH-SL”的机构没有内设机构“法规股”；请核对名称，或在“内设机构”表中补上",
    ),
    "no mail address": (
        with_line("人员", 0, 办公邮箱="wang"),
        "“人员”第2行“办公邮箱”：输入一个有效的 Email 地址；请核对后改正",
    ),
    "markup in a name": (with_line("名称沿革", 1, 全称="<b>局</b>"), "“名称沿革”第3行“全称”：不能含有"),
    "a name that is too long": (
        with_line("名称沿革", 1, 全称="局" * 81),
        "“名称沿革”第3行“全称”：确保该变量包含不超过 80 字符",
    ),
    "neither yes nor no": (
        with_line("工作人员", 0, 专职="专职"),
        "“工作人员”第2行“专职”：“专职”不是“是”或“否”；请填“是”或“否”",
    ),
    "an agency without a name": (
        with_line("名称沿革", 1, 机构编码="QH", 启用日期="2020-01-01"),
        "“机构”第3行：没有从设立日期起的名称；请在“名称沿革”表中补上从2019年3月1日起的全称",
    ),
    "a formula": (
        with_line("渠道", 0, **{"地址、号码或网址": Formula("=1+1")}),
        "“渠道”第2行“地址、号码或网址”是公式，没有读取；请复制后用“选择性粘贴”粘成数值",
    ),
    "a delegation by somebody who isn't": (
        with_line("任用", None, 角色="经办人", 授权人姓名="王敏", 终止日期="2026-12-31"),
        "“任用”第3行：“王敏”在起始日期没有这个角色的任用，不能授权；请核对授权人、角色、内设机构和日期",
    ),
    "an end without a successor": (
        with_line("机构", 1, 撤销日期="2025-01-01"),
        "“机构”第3行：没有写明由哪个机构承继职责；请在“承继”表中补上",
    ),
    "an invented public id": (
        with_line("渠道", 0, 编号="12"),
        "“渠道”第2行“编号”：“12”不是系统给出的编号；新增的行请把编号留空",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_at_its_line(mistake: str) -> None:
    sheets, expected = MISTAKES[mistake]
    messages = told(sheets)
    assert any(message.startswith(expected) for message in messages), messages
    progress = apply(SYSTEM, read_book(workbook_of(sheets)))
    assert not progress.is_done
    assert not Agency.objects.exists()


def test_one_mistake_is_told_once() -> None:
    sheets = with_line("机构", 1, 层级="县处级")
    assert len(told(sheets)) == 1, "what refers to the agency is not told as well"


@pytest.mark.parametrize(
    "typed", ["2024.1.5", "2024年1月5日", "2024/01/05", "20240105", "2024-1-5", "2024年1月5日 0:00"]
)
def test_days_are_read_as_they_are_written(typed: str) -> None:
    apply(
        SYSTEM,
        read_book(
            workbook_of(
                with_line("机构", None, 机构编码="QH-X", 设立日期=typed)
                | {"名称沿革": [*SOUND["名称沿革"], a_name_line("QH-X", on=typed)]}
            )
        ),
    )
    assert Agency.objects.get(code="QH-X").from_on.isoformat() == "2024-01-05"


def test_blank_lines_and_titles_do_no_harm() -> None:
    book = openpyxl.load_workbook(_stream(workbook_of(SOUND)))
    for sheet in book.worksheets:
        sheet.insert_rows(3, 4)
        sheet.insert_rows(1, 2)
        sheet["A1"] = "青禾县"
    plan = planned(read_book(_saved(book)))
    assert (plan.findings, plan.writing_count) == ([], 10)


def test_merged_cells_are_told() -> None:
    book = openpyxl.load_workbook(_stream(workbook_of(SOUND)))
    book["机构"].merge_cells("B2:B3")
    messages = [finding.message for finding in planned(read_book(_saved(book))).findings]
    assert "“机构”的B2:B3是合并单元格；请取消合并，在每一行分别填写" in messages


def test_a_renamed_sheet_is_told_and_an_unknown_one_left_alone() -> None:
    sheets = {("机构 (2)" if name == "机构" else name): lines for name, lines in SOUND.items()}
    assert "表名“机构 (2)”不是约定的表名，内容像是“机构”；请把表名改回“机构”" in told(sheets)
    more = {**SOUND, "值班表": [{"星期": "一", "人": "王敏"}]}
    assert told(more) == []
    assert told(more, Severity.WARNING) == ["“值班表”不在约定的表中，没有读取；不需要导入的可以不管"]


def test_an_unknown_column_is_told_and_a_missing_one_too() -> None:
    extra = with_line("人员", 0, 血型="A")
    assert told(extra, Severity.WARNING) == [
        "“人员”的“血型”栏（E列）不在约定的栏目中，没有读取；需要导入的请改用约定的栏名"
    ]
    missing = {**SOUND, "渠道": [{"机构编码": "QH-SL", "渠道": "邮寄"}]}
    assert told(missing) == ["“渠道”缺少“地址、号码或网址”、“开通日期”栏；请补上，栏名与导出的表格一致"]


def test_no_table_at_all_is_told() -> None:
    assert told({"Sheet1": [{"甲": "乙"}]})[0].startswith("没有找到任何一张约定的表")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "不是 xlsx 文件"),
        (b"PK\x03\x04" + bytes(100), "文件已损坏"),
        (b"PK" + bytes(LARGEST), "超过 20 MB 的上限"),
        (b"", "不是 xlsx 文件"),
    ],
)
def test_what_is_no_workbook_is_told(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_book(data)


def test_namesakes_are_told_apart_by_numbers_of_ones_own() -> None:
    sheets = with_line("人员", None, 编号="乙", 办公邮箱="")
    sheets["人员"][0]["编号"] = "甲"
    for sheet, number in (("任用", "乙"), ("职务", "甲"), ("工作人员", "乙")):
        sheets[sheet][0]["人员编号"] = number
    assert told(sheets) == []
    assert apply(SYSTEM, read_book(workbook_of(sheets))).is_done
    assert [person.email for person in Person.objects.filter(appointments__isnull=False)] == [""]
    assert not planned(read_book(workbook_of(sheets))).is_needed
    changed = {**sheets, "渠道": []}
    assert any("已登记有2位同名人员" in message for message in told({k: v for k, v in changed.items() if v}))


def _stream(data: bytes) -> Any:
    return io.BytesIO(data)


def _saved(book: Any) -> bytes:
    stream = _stream(b"")
    book.save(stream)
    data: bytes = stream.getvalue()
    return data
