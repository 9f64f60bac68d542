"""The first real report of this house, and its twin with invented places: what a reader must be told of, and no more."""

from pathlib import Path

import pytest

from gongkai.findings import Finding, Severity
from gongkai.report.check import check
from gongkai.report.reading import read_report

ROOT = Path(__file__).parents[2]
TWIN = ROOT / "examples" / "2024" / "qinghe-industry.txt"
SEED = next(iter(sorted((ROOT.parent / "shared" / "seed").glob("*.txt"))), None)
ERROR, HINT = Severity.ERROR, Severity.HINT

FEE_RULES = ("政府信息公开处理费管理办法", "政府信息公开信息处理费管理办法")
PRINCIPLE = ("以公开为常态、不公开是例外", "以公开为常态、不公开为例外")
REGULATION = ("政府信息公开条例", "《中华人民共和国政府信息公开条例》")
OF_ANOTHER_YEAR = "“十四五”规划实施承上启下的关键一年"

IN_SEED = [
    ("proof.formula", HINT, "7:28", OF_ANOTHER_YEAR, None),
    ("proof.political", ERROR, "7:90", "深入贯彻落实科学发展观", None),
    ("proof.formula", HINT, "11:12", "今年以来", "2024年"),
    ("proof.formula", ERROR, "11:22", *PRINCIPLE),
    ("proof.citation", HINT, "11:47", *REGULATION),
    ("proof.law_term", HINT, "13:65", "及时清除废止", "及时清理废止"),
    ("proof.law_term", ERROR, "15:34", "规章条例", "规章制度"),
    ("proof.formula", HINT, "15:188", "今年以来", "2024年"),
    ("proof.formula", HINT, "15:281", "今年以来", "2024年"),
    ("proof.numeral", HINT, "15:300", "50 余篇", None),
    ("proof.numeral", HINT, "15:320", "20 余条", None),
    ("proof.spin_artefact", ERROR, "17:51", "信息公开的标准性", "信息公开的规范性"),
    ("proof.spin_artefact", ERROR, "17:83", "效劳公开", "服务公开"),
    ("proof.numbering", ERROR, "82:1", "六、", ""),
    ("proof.citation", ERROR, "82:16", "<", "〈"),
    ("proof.citation", ERROR, "82:17", *FEE_RULES),
    ("proof.citation", ERROR, "82:30", ">", "〉"),
    ("proof.citation", ERROR, "82:39", "【", "〔"),
    ("proof.citation", ERROR, "82:44", "】", "〕"),
    ("proof.citation", HINT, "82:48", " ", ""),
]
IN_TWIN = [
    ("proof.formula", HINT, "5:8", OF_ANOTHER_YEAR, None),
    ("proof.political", ERROR, "5:46", "深入贯彻落实科学发展观", None),
    ("proof.formula", HINT, "9:12", "今年以来", "2024年"),
    ("proof.formula", ERROR, "9:22", *PRINCIPLE),
    ("proof.citation", HINT, "9:44", *REGULATION),
    ("proof.law_term", HINT, "11:25", "及时清除废止", "及时清理废止"),
    ("proof.law_term", ERROR, "13:21", "规章条例", "规章制度"),
    ("proof.formula", HINT, "13:45", "今年以来", "2024年"),
    ("proof.numeral", HINT, "13:63", "50 余篇", None),
    ("proof.numeral", HINT, "13:80", "20 余条", None),
    ("proof.spin_artefact", ERROR, "15:23", "信息公开的标准性", "信息公开的规范性"),
    ("proof.spin_artefact", ERROR, "15:53", "效劳公开", "服务公开"),
    ("proof.numbering", ERROR, "80:1", "六、", ""),
    ("proof.citation", ERROR, "80:16", "<", "〈"),
    ("proof.citation", ERROR, "80:17", *FEE_RULES),
    ("proof.citation", ERROR, "80:30", ">", "〉"),
    ("proof.citation", ERROR, "80:39", "【", "〔"),
    ("proof.citation", ERROR, "80:44", "】", "〕"),
    ("proof.citation", HINT, "80:48", " ", ""),
]


def findings_on(path: Path | None) -> list[Finding]:
    if path is None:
        pytest.skip("the first report lies outside the repository")
    return check(read_report(path.read_bytes()))


def told(findings: list[Finding], *but: str) -> list[tuple[str, Severity, str, object, object]]:
    return [
        (finding.rule, finding.severity, finding.where, finding.found, finding.expected)
        for finding in findings
        if finding.rule.startswith("proof.") and finding.rule not in but
    ]


BOTH = pytest.mark.parametrize(
    ("path", "expected"),
    [pytest.param(SEED, IN_SEED, id="seed"), pytest.param(TWIN, IN_TWIN, id="twin")],
)


@BOTH
def test_the_faults_of_words_are_told_where_they_stand(path, expected):
    assert told(findings_on(path), "proof.punctuation", "proof.date_number") == expected


@BOTH
def test_sections_five_and_six_are_told_of_their_half_width_marks(path, expected):
    lines = path.read_text(encoding="utf-8").splitlines() if path else []
    marks = [one for one in findings_on(path) if one.rule == "proof.punctuation"]
    assert {one.found: one.expected for one in marks} == dict(zip(",:()", "，：（）", strict=True))
    assert {one.severity for one in marks if str(one.found) in ",:"} == {ERROR}
    prose = {
        number: line
        for number, line in enumerate(lines, 1)
        if line.startswith(("存在问题:", "改进情况:")) or (line.startswith("六、") and "国办函" in line)
    }
    assert len(prose) == 3
    half_width = {f"{number}:{at}" for number, line in prose.items() for at, mark in enumerate(line, 1) if mark in ",:"}
    assert half_width <= {one.where for one in marks}


@BOTH
def test_spaces_beside_figures_are_hints(path, expected):
    spaces = [one for one in findings_on(path) if one.rule == "proof.date_number"]
    assert {(one.found, one.expected, one.severity) for one in spaces} == {(" ", "", HINT)}


@BOTH
def test_the_sections_are_told_of_what_they_lack_and_the_figures_are_right(path, expected):
    others = [one for one in findings_on(path) if not one.rule.startswith("proof.")]
    assert [(one.rule, one.severity, one.where) for one in others] == [("S-TOPIC", HINT, "sections.1")] * 2
    assert [one.message[:3] for one in others] == ["（一）", "（二）"]
