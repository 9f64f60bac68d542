"""Reports on pages as government sites serve them: what the author wrote is read, whatever the site puts around it."""

from random import Random

import pytest
from tests.report.pages import PASTES, served_page
from tests.report.samples import sample_report

from gongkai.documents.writing import write
from gongkai.report.check import check
from gongkai.report.layout import blocks_of, title_text
from gongkai.report.reading import read_report
from gongkai.report.reading.site import is_site_line


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("paste", range(len(PASTES)))
def test_a_served_report_is_read_whole(paste: int, encoding: str) -> None:
    report = sample_report(Random(paste))
    page = served_page(report, Random(1), paste=PASTES[paste]).decode().replace("charset=utf-8", f"charset={encoding}")
    read = read_report(page.encode(encoding))
    assert read.cells == report.cells
    assert read.blank_cells == {}
    assert (read.agency, read.year) == (report.agency, report.year)
    assert [section.number for section in read.sections] == [1, 2, 3, 4, 5, 6]
    assert [section.text for section in read.sections] == [section.text for section in report.sections]
    assert read.findings == ()


def test_the_site_around_a_report_raises_no_finding() -> None:
    report = sample_report(Random(1))
    plain = write(blocks_of(report), to="html", title=title_text(report))
    told = [
        [(finding.rule, finding.found) for finding in check(read_report(page))]
        for page in (plain, served_page(report, Random(1)))
    ]
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("line", "is_site"),
    [
        ("【打印本页】【关闭窗口】", True),
        ("发布时间：2025-01-20 10:12 来源：青禾县水利局 浏览次数：12", True),
        ("字体：[ 大 中 小 ]", True),
        ("上一篇：青禾县水利局2023年政府信息公开工作年度报告", True),
        ("主办：青禾县人民政府　承办：青禾县大数据中心", True),
        ("网站标识码：0000000000　示ICP备00000000号", True),
        ("没有其他需要报告的事项", False),
        ("打印设备采购情况", False),
        ("主办政务公开日活动3次，发放材料500份", False),
        ("公开重大建设项目信息", False),
        ("分享经验3次；组织培训2次", False),
        ("网站浏览量：12万次", False),
        ("在网站设置“关于我们”栏目", False),
    ],
)
def test_lines_of_a_site_are_known_by_their_wording(line: str, is_site: bool) -> None:
    assert is_site_line(line) is is_site


def test_a_section_below_the_tools_of_a_site_is_read() -> None:
    report = read_report(
        "五、存在的主要问题及改进情况\n问题不少。\n打印本页\n六、其他需要报告的事项\n没有其他事项。".encode()
    )
    assert [section.text for section in report.sections] == ["问题不少。", "没有其他事项。"]
