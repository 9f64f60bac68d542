"""Blocks to write in tests: tables shaped like the official ones, strategies of prose and tables, and reading back."""

from hypothesis import strategies as st

from gongkai.documents.blocks import Block, Cell, Document, Grid, Paragraph, Style
from gongkai.documents.docx import read_docx
from gongkai.documents.html import read_html
from gongkai.documents.limits import DEFAULT
from gongkai.documents.text import read_text

APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
RESULTS = {
    "（三）不予公开": 8,
    "（四）无法提供": 3,
    "（五）不予处理": 5,
    "（六）其他处理": 3,
}


def read_back(data: bytes, to: str) -> Document:
    match to:
        case "docx":
            return read_docx(data, DEFAULT)
        case "html":
            return read_html(data, DEFAULT)
        case _:
            return read_text(data, DEFAULT, markdown=True)


def proactive() -> Grid:
    """Table 2: blocks under a heading across its four columns."""
    cells: list[Cell] = []
    row = 0
    for heading, rows in (("第二十条第（一）项", ["规章", "行政规范性文件"]), ("第二十条第（五）项", ["行政许可"])):
        cells.append(Cell(heading, row, 0, 1, 4, header=True))
        cells.append(Cell("信息内容", row + 1, 0, header=True))
        names = ["本年制发件数", "本年废止件数", "现行有效件数"] if len(rows) > 1 else ["本年处理决定数量"]
        wide = 3 // len(names)
        cells += [Cell(name, row + 1, 1 + i * wide, 1, wide, header=True) for i, name in enumerate(names)]
        for label in rows:
            cells.append(Cell(label, row + 2, 0, header=True))
            cells += [Cell(str(12 * i + row), row + 2, 1 + i * wide, 1, wide) for i in range(len(names))]
            row += 1
        row += 2
    return Grid(tuple(cells), caption="主动公开政府信息情况表", widths=(3, 2, 2, 2))


def requests() -> Grid:
    """Table 3: three header rows, three label columns with spans of 22, 8, 3, 5 and 3 rows, seven columns of figures."""
    cells = [
        Cell("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 0, 0, 3, 3, header=True),
        Cell("申请人情况", 0, 3, 1, 7, header=True),
        Cell("自然人", 1, 3, 2, 1, header=True),
        Cell("法人或其他组织", 1, 4, 1, 5, header=True),
        Cell("总计", 1, 9, 2, 1, header=True),
        *(Cell(name, 2, 4 + i, header=True) for i, name in enumerate(APPLICANTS[1:6])),
        Cell("一、本年新收政府信息公开申请数量", 3, 0, 1, 3, header=True),
        Cell("二、上年结转政府信息公开申请数量", 4, 0, 1, 3, header=True),
        Cell("三、本年度办理结果", 5, 0, 22, 1, header=True),
        Cell("（一）予以公开", 5, 1, 1, 2, header=True),
        Cell("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", 6, 1, 1, 2, header=True),
    ]
    row = 7
    for group, rows in RESULTS.items():
        cells.append(Cell(group, row, 1, rows, 1, header=True))
        cells += [Cell(f"{i + 1}.属于第{i + 1}种情形的申请", row + i, 2, header=True) for i in range(rows)]
        row += rows
    cells.append(Cell("（七）总计", row, 1, 1, 2, header=True))
    cells.append(Cell("四、结转下年度继续办理", row + 1, 0, 1, 3, header=True))
    cells += [Cell(str(7 * r + c), r, c) for r in range(3, row + 2) for c in range(3, 10)]
    return Grid(_in_order(cells), caption="收到和处理政府信息公开申请情况表", widths=(1.2, 1.6, 4.2, *[1] * 7))


def remedies() -> Grid:
    """Table 4: three header rows, one row of fifteen figures."""
    cells = [
        Cell("行政复议", 0, 0, 1, 5, header=True),
        Cell("行政诉讼", 0, 5, 1, 10, header=True),
        Cell("未经复议直接起诉", 1, 5, 1, 5, header=True),
        Cell("复议后起诉", 1, 10, 1, 5, header=True),
    ]
    cells += [Cell(name, 1, i, 2, 1, header=True) for i, name in enumerate(OUTCOMES)]
    cells += [Cell(name, 2, 5 + i, header=True) for i, name in enumerate(OUTCOMES * 2)]
    cells += [Cell(str(i), 3, i) for i in range(15)]
    return Grid(_in_order(cells), caption="政府信息公开行政复议、行政诉讼情况表")


def _in_order(cells: list[Cell]) -> tuple[Cell, ...]:
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))


REPORT: tuple[Block, ...] = (
    Paragraph("临溪县水利局2024年政府信息公开工作年度报告", style=Style.TITLE),
    Paragraph("一、总体情况", style=Style.HEADING),
    Paragraph("（一）主动公开情况", style=Style.SUBHEADING),
    Paragraph("2024年，我局坚持“以公开为常态、不公开为例外”，主动公开政府信息1,286条。"),
    Paragraph("二、主动公开政府信息情况", style=Style.HEADING),
    proactive(),
    Paragraph("三、收到和处理政府信息公开申请情况", style=Style.HEADING),
    requests(),
    Paragraph("四、政府信息公开行政复议、行政诉讼情况", style=Style.HEADING),
    remedies(),
    Paragraph("五、存在的主要问题及改进情况", style=Style.HEADING),
    Paragraph("存在的主要问题：一是解读形式较为单一；二是平台栏目更新不够及时。"),
    Paragraph("注：本报告数据统计期限为2024年1月1日至12月31日。", style=Style.NOTE),
)

CLAUSES = (
    "我局认真落实《中华人民共和国政府信息公开条例》",
    "全年主动公开政府信息{}条",
    "受理依申请公开{}件，均在法定期限内答复",
    "按照“谁公开、谁审查”的原则开展保密审查",
    "依据国办函〔2020〕{}号文件收取信息处理费",
    "组织业务培训{}场次，参训人员达1,200人次",
    "完成率为98.5%",
    "网址为www.example.gov.cn/zwgk?id={}&type=2",
    "指标A<B时另行说明",
    "满意度*按抽样[{}]计算",
)

clauses = st.builds(lambda clause, number: clause.format(number), st.sampled_from(CLAUSES), st.integers(0, 9999))
openings = st.sampled_from(["", "", "", "（一）", "1.", "1．", "一是", "# ", "- ", "> ", "12) ", "+", "--- ", "    "])
prose = st.builds(
    lambda opening, parts: opening + "，".join(parts) + "。", openings, st.lists(clauses, min_size=1, max_size=6)
)
paragraphs = st.builds(Paragraph, prose, style=st.sampled_from(Style))
words = st.sampled_from(
    ["规章", "自然人", "结果\n维持", "1.属于国家秘密", "/", "无", "a|b", "<br>", "*", "\\", "-", "#1", ""]
)
figures = st.one_of(st.integers(0, 10**9).map(str), st.sampled_from(["3.14", "12.5", "0.07"]))


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """A table of at least two by two places with figures in its corner, and rectangles merged at random."""
    height, width = draw(st.integers(2, 7)), draw(st.integers(2, 8))
    free = {(row, column) for row in range(height) for column in range(width)} - {(height - 1, width - 1)}
    cells = [Cell(draw(figures), height - 1, width - 1)]
    while free:
        row, column = min(free)
        rows, columns = draw(st.integers(1, 3)), draw(st.integers(1, 3))
        covered = {(row + r, column + c) for r in range(rows) for c in range(columns)}
        # Each row keeps a cell of its own in the last column: HTML has no rows without cells.
        if not covered <= free or (rows > 1 and column + columns == width):
            rows, columns, covered = 1, 1, {(row, column)}
        header = row == 0 or column == 0
        cells.append(Cell(draw(words if header else figures), row, column, rows, columns, header=header))
        free -= covered
    return Grid(_in_order(cells), caption=draw(st.sampled_from(["", "情况表", 'a<b "c" & d'])))


documents = st.lists(st.one_of(paragraphs, paragraphs, grids()), min_size=1, max_size=8)


def texts(blocks: tuple[Block, ...] | list[Block]) -> list[str]:
    """The prose without its white space, empty paragraphs left out."""
    found = ["".join(block.text.split()) for block in blocks if isinstance(block, Paragraph)]
    return [text for text in found if text]


def places(blocks: tuple[Block, ...] | list[Block]) -> list[list[tuple[str, int, int, int, int]]]:
    """The cells of each grid with their spans."""
    return [
        [("".join(cell.text.split()), cell.row, cell.column, cell.rows, cell.columns) for cell in block.cells]
        for block in blocks
        if isinstance(block, Grid)
    ]


def first_places(blocks: tuple[Block, ...] | list[Block]) -> list[list[list[str]]]:
    """The rows of each grid, the words of a spanning cell in its first place only."""
    grids = [block for block in blocks if isinstance(block, Grid)]
    tables = [[[""] * grid.width for _ in range(grid.height)] for grid in grids]
    for table, grid in zip(tables, grids, strict=True):
        for cell in grid.cells:
            table[cell.row][cell.column] = "".join(cell.text.split())
    return tables
