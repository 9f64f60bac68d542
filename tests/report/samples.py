"""Whole reports with consistent figures and plausible prose, made from a random source: for benches and round trips."""

from decimal import Decimal
from random import Random

from gongkai.documents.blocks import Paragraph
from gongkai.law.applicants import APPLICANT_KINDS
from gongkai.law.results import RESULT_KEYS
from gongkai.report.form import form
from gongkai.report.model import CellValue, Report, Section

PLACES = ("临溪县", "青禾县", "石桥县", "云岭区", "白沙市", "松江口区")
OFFICES = ("水利局", "交通运输局", "农业农村局", "教育体育局", "民政局", "统计局", "林业局", "审计局")
SENTENCES = (
    "认真执行《中华人民共和国政府信息公开条例》，把公开要求落实到办文、办会、办事各环节",
    "围绕群众关心的事项编制主动公开清单，明确责任股室和更新时间",
    "通过县政府网站、政务新媒体和办事大厅公开信息，方便群众查询",
    "对拟公开的信息逐条开展保密审查，做到先审查、后公开",
    "组织业务培训，讲解申请办理的程序、时限和文书要求",
    "定期检查栏目更新情况，发现问题及时整改",
    "召开座谈会听取企业和群众意见，改进解读方式",
    "建立工作台账，对每项任务明确完成时间和检查人",
    "加强与司法行政部门的沟通，及时掌握规范性文件的效力变化",
    "把公开工作纳入年度考核，考核结果在单位内部通报",
    "对照上级要求梳理公开目录，补齐缺项，规范格式",
    "安排专人值守查阅点，为老年人提供纸质材料和现场讲解",
    "邀请人大代表和市民代表走进办公场所，了解办事流程",
    "把政策文件和解读材料同步起草、同步审签、同步发布",
    "公开重大项目的批准、实施和验收信息，接受群众监督",
    "对网民反映的问题逐条核实，答复前由分管负责人审定",
    "梳理办事指南，去除重复材料，标明咨询电话和办公时间",
    "开展应急演练，检查突发情况下信息发布的流程",
    "与档案管理部门共同清理历史文件，标注效力状态",
    "设立意见箱和监督电话，定期汇总办理结果",
)


def sample_report(source: Random, *, year: int = 2024) -> Report:
    """A report whose figures hold every relation of the form."""
    cells = sample_cells(source)
    received, done = cells["requests.received.total"], cells["requests.processed_total.total"]
    heads = form("2021").sections
    chosen = source.sample(SENTENCES, k=len(SENTENCES))
    told = f"全年新收政府信息公开申请{received}件，办结{done}件。"
    texts = {
        1: [
            f"（一）主动公开情况。全年公开信息{source.randint(20, 400)}条。" + prose(chosen[:4], source),
            "（二）依申请公开情况。" + told,
        ],
        5: ["存在的主要问题：" + prose(chosen[12:14], source), "改进情况：" + prose(chosen[14:18], source)],
        6: ["本年度没有收取信息处理费，没有其他需要报告的事项。"],
    }
    topics = ("政府信息管理情况", "政府信息公开平台建设情况", "监督保障情况")
    for index, topic in enumerate(topics):
        texts[1].append(f"（{'三四五'[index]}）{topic}。" + prose(chosen[4 + 3 * index : 7 + 3 * index], source))
    sections = tuple(Section(s.number, s.title, tuple(map(Paragraph, texts.get(s.number, ())))) for s in heads)
    return Report(source.choice(PLACES) + source.choice(OFFICES), year, "2021", sections, cells)


def prose(sentences: list[str], source: Random) -> str:
    """The sentences with a figure each, so that no two reports are alike."""
    return "".join(f"{sentence}，全年共{source.randint(2, 99)}次。" for sentence in sentences)


def sample_cells(source: Random) -> dict[str, CellValue]:
    """Every cell of the form of 2021, with sums that hold."""
    cells: dict[str, CellValue] = dict.fromkeys(form("2021").cells, 0)
    for key in ("licences", "penalties", "coercive_measures"):
        cells[f"proactive.{key}"] = source.randint(0, 500)
    cells["proactive.charges"] = Decimal(source.randint(0, 99999)) / 100
    for name in ("issued", "repealed", "in_force"):
        cells[f"proactive.normative_documents.{name}"] = source.randint(0, 40)
    for kind in APPLICANT_KINDS:
        _applicant(source, cells, kind.key)
    for row in {cell.split(".")[1] for cell in cells if cell.startswith("requests.")}:
        cells[f"requests.{row}.total"] = sum(int(cells[f"requests.{row}.{k.key}"] or 0) for k in APPLICANT_KINDS)
    for group in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
        parts = {key: source.randint(0, 4) for key in ("upheld", "corrected", "other", "pending")}
        cells |= {f"remedies.{group}.{key}": value for key, value in parts.items()}
        cells[f"remedies.{group}.total"] = sum(parts.values())
    return cells


def _applicant(source: Random, cells: dict[str, CellValue], column: str) -> None:
    results = {key: source.choice((0, 0, 0, 1, 2, 5)) for key in RESULT_KEYS}
    done = sum(results.values())
    left = source.randint(0, 3)
    carried = source.randint(0, min(3, done + left))
    rows = {**results, "processed_total": done, "carried_out": left, "carried_in": carried}
    rows["received"] = done + left - carried
    cells |= {f"requests.{row}.{column}": value for row, value in rows.items()}
