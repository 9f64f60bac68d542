"""Reports on pages as government sites serve them: what the author wrote is read, whatever the site puts around it."""

from random import Random

import pytest
from tests.report.pages import PASTES, served_page
from tests.report.samples import sample_report

from gongkai.report.reading import read_report


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
    for section, written in zip(read.sections, report.sections, strict=True):
        assert section.text.startswith(written.text)
    assert read.findings == ()
