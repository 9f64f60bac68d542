"""The title: in one line or several, whose report it names, and of which year."""

import pytest
from tests.report.texts import whole_text

from gongkai.documents.blocks import Paragraph, Style
from gongkai.documents.writing import write
from gongkai.report.check.names import name_findings
from gongkai.report.layout import blocks_of, title_text
from gongkai.report.reading import read_report

TITLE = "临溪县水利局2024年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    "lines",
    [
        TITLE,
        "临溪县水利局\n2024年政府信息公开工作年度报告",
        "临溪县水利局2024年\n政府信息公开工作年度报告",
        "临溪县水利局2024年政府信息\n公开工作年度报告",
        "临溪县水利局\n2024年\n政府信息公开工作年度报告",
        "2024年政府信息公开工作年度报告\n临溪县水利局",
        "政府信息公开年报\n临溪县水利局\n2024年政府信息公开工作年度报告",
        f"首页 > 政府信息公开 > 年报\n索引号：1142/2025-0001\n{TITLE}\n发布时间：2025-01-10",
        f"{TITLE}\n\n{TITLE}",
    ],
)
def test_the_title_is_read_over_its_lines(lines: str) -> None:
    report = read_report(whole_text().replace(TITLE, lines).encode())
    assert (report.agency, report.year, report.title_text) == ("临溪县水利局", 2024, TITLE)
    assert [finding.rule for finding in name_findings(report)] == []


def test_lines_of_the_title_are_no_preamble() -> None:
    lines = "临溪县水利局\n2024年政府信息公开工作年度报告\n根据条例要求编制本报告。"
    report = read_report(whole_text().replace(TITLE, lines).encode())
    assert [paragraph.text for paragraph in report.preamble] == ["根据条例要求编制本报告。"]


@pytest.mark.parametrize("to", ["docx", "html", "xlsx", "md"])
def test_a_long_title_is_broken_by_its_sense_and_read_back(to: str) -> None:
    report = read_report(whole_text().encode())
    blocks = blocks_of(report)
    assert blocks[0] == Paragraph("临溪县水利局2024年\n政府信息公开工作年度报告", style=Style.TITLE)
    again = read_report(write(blocks, to=to, title=title_text(report)), name=f"a.{to}")
    assert (again.agency, again.year, again.title_text) == ("临溪县水利局", 2024, TITLE)
