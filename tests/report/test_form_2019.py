"""Reports on the form of 2019, and those of later years that still use it."""

import random
from decimal import Decimal

import pytest
from tests.report.renderings import drawn, raws_of, text_of

from gongkai.report.check import check
from gongkai.report.check.cells import cell_findings
from gongkai.report.form import form
from gongkai.report.model_json import as_json
from gongkai.report.reading import interpret, read_report

TABLE_TWO = """信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量
规章\t0\t0\t0
规范性文件\t2\t2\t9
信息内容\t上一年项目数量\t本年增/减\t处理决定数量
行政许可\t120\t+1036\t1156
其他对外管理服务事项\t12\t减4\t8
行政处罚\t30\t-3\t27
行政强制\t0\t0\t0
信息内容\t上一年项目数量\t本年增/减
行政事业性收费\t3\t增1
信息内容\t采购项目数量\t采购总金额
政府集中采购\t2\t52.15"""
TABLE_THREE = "\n".join("\t".join([*row.labels, *"0000000"]) for row in form("2019").table("requests").blocks[0].rows)
PROACTIVE = {
    "regulations": {"made": 0, "published": 0, "public_total": 0},
    "normative_documents": {"made": 2, "published": 2, "public_total": 9},
    "licences": {"last_year_items": 120, "change": 1036, "decisions": 1156},
    "other_services": {"last_year_items": 12, "change": -4, "decisions": 8},
    "penalties": {"last_year_items": 30, "change": -3, "decisions": 27},
    "coercive_measures": {"last_year_items": 0, "change": 0, "decisions": 0},
    "charges": {"last_year_items": 3, "change": 1},
    "procurement": {"items": 2, "amount": "52.15"},
}


def text(*changes, year=2020):
    whole = f"""临溪县水利局{year}年政府信息公开工作年度报告
一、总体情况
各项工作有序开展。
二、主动公开政府信息情况
{TABLE_TWO}
三、收到和处理政府信息公开申请情况
{TABLE_THREE}
四、政府信息公开行政复议、行政诉讼情况
{" ".join("0" * 15)}
五、存在的主要问题及改进情况
解读形式较为单一，将增加图解和现场解答。
六、其他需要报告的事项
本年度没有其他需要报告的事项。"""
    for old, new in changes:
        assert old in whole
        whole = whole.replace(old, new)
    return whole


def test_the_whole_model_of_the_old_form():
    model = as_json(read_report(text().encode()))
    assert model["form"] == "2019"
    assert model["proactive"] is None
    assert model["proactive_2019"] == PROACTIVE
    rows = {row.key for row in form("2019").table("requests").blocks[0].rows}
    assert {row: set(cells.values()) for row, cells in model["requests"].items()} == {
        row: {0} if row in rows else {None} for row in model["requests"]
    }
    assert model["blank_cells"] == {}


@pytest.mark.parametrize(
    ("raw", "value", "findings"),
    [
        ("1646.5", Decimal("1646.5"), []),
        ("1646.5万元", Decimal("1646.5"), [("CELL-VALUE", "warning")]),
        ("251000元", None, [("CELL-VALUE", "error")]),
        ("约52万", None, [("CELL-VALUE", "error")]),
        ("/", None, [("CELL-BLANK", "error")]),
    ],
)
def test_the_amount_of_procurement(raw, value, findings):
    report = read_report(text(("52.15", raw)).encode())
    assert report.cells["proactive_2019.procurement.amount"] == value
    found = [*report.findings, *cell_findings(report)]
    assert [(finding.rule, finding.severity.value) for finding in found] == findings
    assert all(finding.where == "proactive_2019.procurement.amount" for finding in found)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("+1036", 1036),
        ("减4", -4),
        ("-417", -417),
        ("－417", -417),
        ("增12", 12),
        ("增加3", 3),
        ("减少3", -3),
        ("0", 0),
    ],
)
def test_a_change_is_signed(raw, value):
    report = read_report(text(("+1036", raw)).encode())
    assert report.cells["proactive_2019.licences.change"] == value
    assert report.findings == ()


@pytest.mark.parametrize(("year", "told"), [(2019, []), (2020, []), (2022, ["F-FORM"]), (2023, ["F-FORM"])])
def test_the_old_form_in_a_later_year_is_read_and_told(year, told):
    report = read_report(text(year=year).encode())
    assert (report.form, report.year) == ("2019", year)
    assert as_json(report)["proactive_2019"] == PROACTIVE
    assert [finding.rule for finding in check(report) if finding.rule.startswith("F-")] == told


@pytest.mark.parametrize("label", ["（六）其他处理", "（六）其他", "其他处理"])
def test_the_row_of_other_results_has_no_rows_of_its_own(label):
    report = read_report(text(("（六）其他处理\t0\t0\t0\t0\t0\t0\t0", f"{label}\t1\t0\t0\t0\t0\t0\t1")).encode())
    assert report.cells["requests.other_other.total"] == 1


def test_each_form_is_told_by_its_own_columns():
    for name in ("2019", "2021"):
        raws = raws_of(random.Random(name), name, lambda _, number: (str(number), number))
        document = text_of(drawn(name, raws, str), lambda rows: ["\t".join([*row.own, *row.figures]) for row in rows])
        assert interpret(document).form == name
