"""Reports of one run beside each other: a copy of another agency's text is told, by the name of the file."""

from random import Random

from tests.report.texts import SECTIONS, whole_text

from gongkai.batch.collect import batches, check_files

SYLLABLES = "水利工程项目管理服务群众企业窗口网站栏目更新审核培训考核清单台账进度质量安全河道水库灌区农村饮水移民防汛抗旱规划资金"


def report(agency, seed):
    source = Random(seed)
    prose = "".join("".join(source.choices(SYLLABLES, k=18)) + "。" for _ in range(20))
    return whole_text().replace(SECTIONS[1], prose).replace("临溪县水利局", agency)


def test_a_copy_of_another_agencys_report_names_its_file(tmp_path):
    files = {
        "1.txt": ("临溪县水利局", 1),
        "2.txt": ("临溪县林业局", 2),
        "3.txt": ("临溪县民政局", 1),
        "4.txt": ("临溪县水利局", 1),
    }
    for name, (agency, seed) in files.items():
        (tmp_path / name).write_text(report(agency, seed), encoding="utf-8")
    with batches(2) as running:
        results = list(check_files(running, [tmp_path]).results)
    told = {result.file: [f for f in result.findings if f.rule == "S-COPIED"] for result in results}
    assert [len(told[str(tmp_path / name)]) for name in files] == [0, 0, 1, 0]
    [finding] = told[str(tmp_path / "3.txt")]
    assert finding.evidence == ("3:1", "3:20", "3:39")
    assert str(tmp_path / "1.txt") in finding.message
    assert finding.message.count("；“") == 2
    assert "“临溪县水利局”的报告" in finding.message
    assert all(result.hints == sum(f.severity == "hint" for f in result.findings) for result in results)
