"""Random reports for round trips: any figures, blanks, agencies, titles and prose that an office could have written."""

from pathlib import Path

from hypothesis import strategies as st

from gongkai.documents.blocks import Paragraph
from gongkai.report.form import FORM_NAMES, CellForm, form
from gongkai.report.model import CellValue, Report, Section

PLACES = ("临溪县", "青禾县", "石桥市云岭区", "白沙市", "松江口区", "河湾自治州", "临溪县石桥镇", "云岭区北关街道")
OFFICES = (
    "人民政府",
    "人民政府办公室",
    "水利局",
    "交通运输局",
    "发展和改革委员会",
    "人力资源和社会保障局",
    "国有资产监督管理委员会",
    "政务服务和大数据管理局",
    "疾病预防控制中心",
    "城市管理行政执法大队",
)
TITLES = {
    1: ("总体情况", "概述", "工作开展情况"),
    2: ("主动公开政府信息情况", "主动公开信息情况"),
    3: ("收到和处理政府信息公开申请情况", "收到和办理政府信息公开申请的情况"),
    4: ("政府信息公开行政复议、行政诉讼情况", "因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
    5: ("存在的主要问题及改进情况", "政府信息公开工作存在的问题及整改措施", "存在问题和改进措施"),
    6: ("其他需要报告的事项", "其他需要说明的事项"),
}
_CLEAN = Path(__file__).parents[1].joinpath("data", "clean_prose.txt").read_text(encoding="utf-8").splitlines()
_OF_TABLES = ("勾稽关系", *(title for titles in TITLES.values() for title in titles[:1]))
PROSE = [line for line in _CLEAN if not any(words in line for words in _OF_TABLES)]
"""Sentences that could be neither the title of a section nor a row of a table."""

sentences = st.one_of(
    st.sampled_from(PROSE),
    st.builds(
        "{}{}件，{}{}件，占{}%。".format,
        st.sampled_from(("全年办结申请", "受理群众来信", "网站发布信息", "A类事项共", "编发简报")),
        st.integers(0, 99999),
        st.sampled_from(("其中依法公开", "比上年增加", "提前办结", "退回补正")),
        st.integers(0, 9999),
        st.decimals(0, 100, places=2),
    ),
    st.builds("详见www.linxi.example/zwgk?id={}&type=2。".format, st.integers(0, 10**6)),
)
openings = st.sampled_from(("", "", "", "（一）主动公开情况。", "（二）", "1.", "一是", "第三，"))
paragraphs = st.builds(
    lambda opening, parts: Paragraph(opening + "".join(parts)), openings, st.lists(sentences, min_size=1, max_size=5)
)
counts = st.one_of(st.just(0), st.integers(0, 9), st.integers(0, 999_999))
signs_for_nothing = st.sampled_from(("", "", "/", "-", "—", "无"))


def values_of(cell: CellForm) -> st.SearchStrategy[CellValue]:
    """What can stand in a cell of its kind."""
    match cell.kind:
        case "amount":
            return st.integers(0, 4).flatmap(lambda places: st.decimals(0, 999_999, places=places))
        case "change":
            return st.integers(-9999, 9999)
        case _:
            return counts


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report of either form; some sections and tables may be missing, some cells blank."""
    declared = form(draw(st.sampled_from((FORM_NAMES[0], *FORM_NAMES))))
    names = sorted(table.key.removesuffix("_2019") for table in declared.tables)
    absent = draw(st.one_of(st.just(frozenset[str]()), st.frozensets(st.sampled_from(names), max_size=2)))
    cells = {cell.id: draw(values_of(cell)) for cell in declared.cells.values()}
    blank = draw(st.dictionaries(st.sampled_from(sorted(cells)), signs_for_nothing, max_size=draw(st.integers(0, 40))))
    gone = {cell for cell in cells if cell.split(".")[0].removesuffix("_2019") in absent}
    wanted = draw(st.one_of(st.just(frozenset[int]()), st.frozensets(st.sampled_from((1, 4, 5, 6)), max_size=3)))
    return Report(
        agency=draw(st.sampled_from(PLACES)) + draw(st.sampled_from(OFFICES)),
        year=draw(st.integers(2021, 2027) if declared.name == "2021" else st.integers(2019, 2020)),
        form=declared.name,
        sections=tuple(
            Section(number, draw(st.sampled_from(titles)), tuple(draw(st.lists(paragraphs, max_size=4))))
            for number, titles in TITLES.items()
            if number not in wanted
        ),
        cells={cell: None if cell in gone or cell in blank else value for cell, value in cells.items()},
        blank_cells={cell: sign for cell, sign in blank.items() if cell not in gone},
        absent=absent,
    )
