"""Report texts for tests: a whole report of our own, consistent in every figure, as text with tabs."""

from gongkai.report.form import form

COLUMNS = ("natural_person", "company", "research", "public_welfare", "legal_service", "other", "total")
SECTIONS = {
    1: "2024年，临溪县水利局认真落实《中华人民共和国政府信息公开条例》，各项工作有序开展。",
    5: "存在的主要问题是解读形式较为单一。改进措施是增加图解和现场解答。",
    6: "本年度没有收取信息处理费，没有其他需要报告的事项。",
}


def figures(**changes: int) -> dict[str, int]:
    """All cells of table 3 (`requests.ROW.COLUMN`): three received, one carried in, three granted, one carried out."""
    cells = {f"requests.{row.key}.{key}": 0 for row in form("2021").table("requests").blocks[0].rows for key in COLUMNS}
    for row, count in (("received", 3), ("carried_in", 1), ("granted", 3), ("processed_total", 3), ("carried_out", 1)):
        cells[f"requests.{row}.natural_person"] = cells[f"requests.{row}.total"] = count
    return cells | {f"requests.{key.replace('__', '.')}": value for key, value in changes.items()}


def request_rows(cells: dict[str, int]) -> list[list[str]]:
    """Table 3 as rows: label path and seven figures."""
    rows = form("2021").table("requests").blocks[0].rows
    return [[*row.labels, *(str(cells[f"requests.{row.key}.{key}"]) for key in COLUMNS)] for row in rows]


def whole_text(cells: dict[str, int] | None = None, *, separator: str = "\t") -> str:
    """The whole report as text whose table cells are parted by `separator`."""
    rows = [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "0", "0", "0"],
        ["行政规范性文件", "2", "1", "9"],
        ["信息内容", "本年处理决定数量"],
        ["行政许可", "12"],
        ["行政处罚", "3"],
        ["行政强制", "0"],
        ["信息内容", "本年收费金额（单位：万元）"],
        ["行政事业性收费", "1.50"],
    ]
    lines = ["临溪县水利局2024年政府信息公开工作年度报告", "一、总体情况", SECTIONS[1], "二、主动公开政府信息情况"]
    lines += [separator.join(row) for row in rows]
    lines += ["三、收到和处理政府信息公开申请情况"]
    lines += [separator.join(row) for row in request_rows(cells or figures())]
    lines += ["四、政府信息公开行政复议、行政诉讼情况", separator.join(["行政复议", "行政诉讼"])]
    lines += [separator.join(["0"] * 4 + ["0"] + ["1", "0", "0", "0", "1"] + ["0"] * 5)]
    lines += ["五、存在的主要问题及改进情况", SECTIONS[5], "六、其他需要报告的事项", SECTIONS[6]]
    return "\n".join(lines)
