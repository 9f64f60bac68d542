"""docs/law.md from the code: article → rules and findings → data → cases → parameters. `make docs` runs it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from scripts.law_places import Entry, entries, places

from gongkai.law import citations
from gongkai.law.parameters import Parameter, Standing, Unit, parameters

PAGE = Path(__file__).parents[1] / "docs/law.md"
UNITS = {
    Unit.WORKING_DAY: "个工作日",
    Unit.CALENDAR_DAY: "日",
    Unit.MONTH: "个月",
    Unit.YEAR: "年",
    Unit.YUAN: "元",
    Unit.PAGE: "页",
    Unit.ITEM: "件",
    Unit.TIME: "次",
}
STANDINGS = {
    Standing.TEXT: "见原文",
    Standing.RESTATED: "据转述，未见原文",
    Standing.GENERAL: "通常理解，未见原文",
    Standing.DEFAULT: "法律未明确，为默认设置，可以另行指定",
}


def page() -> str:
    """The page in Markdown."""
    found = entries()
    lines = [
        "# 法规条文与程序对照",
        "",
        "本页由 `make docs` 从程序生成，不要手工修改。每一条文之下，先列依据它的规则和会指出的问题，",
        "再列参数（法定数值）和测试用例（`tests/law/cases/`）。参数的状态："
        + "；".join(dict.fromkeys(STANDINGS.values()))
        + "。",
        "",
    ]
    for title in dict.fromkeys(place.document for place in found):
        document = citations.documents_named(title)[0]
        since = f"，{document.in_force}起施行" if document.in_force else ""
        lines += [f"## 《{title}》（{document.number}{since}）" if document.number else f"## 《{title}》", ""]
        for place, entry in found.items():
            if place.document == title:
                lines += [f"### {place}", "", *_entry(entry)]
    practice = [known for known in parameters().values() if not places(known.basis)]
    return "\n".join([*lines, "## 实践", "", *_table(practice)])


def _entry(entry: Entry) -> Iterator[str]:
    for label, ids in sorted(entry.rules.items()):
        yield f"- 规则 `{label}`" + (f"：{_listed(f'`{one}`' for one in sorted(ids))}" if ids else "")
    for file, labels in sorted(entry.rows.items()):
        yield f"- 数据 `{file}`：{_listed(labels)}"
    for subject, names in sorted(entry.cases.items()):
        yield f"- 用例 `{subject}`："
        yield from (f"  - {name}" for name in names)
    yield ""
    if entry.parameters:
        yield from _table(entry.parameters)


def _listed(words: Iterable[str]) -> str:
    return "、".join(words)


def _table(known: list[Parameter]) -> Iterator[str]:
    yield "| 参数 | 含义 | 数值 | 起 | 状态 | 来源 |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for one in known:
        for dated in one.values:
            cells = (
                f"`{one.key}`",
                one.description,
                _value(one, dated.value),
                str(dated.since),
                STANDINGS[one.standing],
                dated.source,
            )
            yield f"| {' | '.join(cells)} |"
    yield ""


def _value(known: Parameter, value: int | None) -> str:
    if value is None:
        return "不再适用"
    if known.unit is Unit.SWITCH:
        return "是" if value else "否"
    return f"{value}{UNITS[known.unit]}"


def main() -> None:
    """Writes the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
