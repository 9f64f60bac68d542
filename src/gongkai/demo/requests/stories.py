"""The year's letters (一年的申请): what was asked of whom, and how it went. Every result of table 3 is among them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gongkai.demo.requests import paths
from gongkai.demo.requests.paths import Case, Piece
from gongkai.inforequests.actions.progress import record_clarified, withdraw
from gongkai.kernel.clock import today

Way = Callable[[Case], Piece]
_ROOM = "青禾县青禾大道1号行政中心一楼政务公开窗口"


@dataclass(frozen=True, slots=True)
class Ending:
    """How a plain case ends: outcome, the answer to what was asked, its ground, the fields of the notice."""

    outcome: str
    answer: str
    ground: str = ""
    fields: Mapping[str, str] | None = None
    is_found: bool = True
    releases: bool = False


ENDINGS = {
    "granted": Ending(
        "granted", "予以公开，文件随本告知书提供。", fields={"information": "所申请的文件随本告知书提供"}, releases=True
    ),
    "already_public": Ending(
        "already_public_end",
        "该信息已经主动公开。",
        fields={"where_public": "请登录 https://www.qinghe.example/gkml/ “政策文件”栏目查阅、下载"},
    ),
    "partly": Ending(
        "partly_internal",
        "项目清单和资金总额予以公开；内部审核人员的意见不予公开。",
        "内部审核意见属于内部工作流程信息，依照《中华人民共和国政府信息公开条例》第十六条第一款可以不予公开。",
        fields={
            "open_part": "项目清单、资金总额和竣工日期",
            "withheld_reasons": "内部审核人员的意见属于内部工作流程信息，"
            "依照《中华人民共和国政府信息公开条例》第十六条第一款不予公开",
        },
        releases=True,
    ),
    "not_existing": Ending(
        "not_existing",
        "经检索，本机关没有制作、获取过该信息，该信息不存在。",
        fields={
            "not_existing": "经检索业务系统和机关档案室，没有所申请的信息，该信息不存在",
            "search_record": "以文件名称、年份和项目名称为关键词，检索了业务系统和机关档案室2019年以来的目录",
        },
        is_found=False,
    ),
    "not_responsible": Ending(
        "not_responsible",
        "该信息不属于本机关负责公开。",
        fields={
            "reason": "所申请的信息由丰野市水务局制作，本机关没有制作也没有保存",
            "other_organ": "丰野市水务局，电话0000-6130001，地址丰野市人民路8号",
        },
        is_found=False,
    ),
    "archived": Ending(
        "archived_end",
        "该批文已按期移交青禾县档案馆，按照档案管理的规定办理。",
        fields={"archive": "青禾县档案馆（青禾大道3号，电话0000-6120088），凭有效身份证件按照档案管理的规定查阅"},
    ),
    "to_be_created": Ending(
        "to_be_created",
        "没有现成的统计表，需要另行汇总、分析。",
        fields={"processing": "本机关只有各村逐户的登记册，没有按申请的口径汇总的数据，需要对现有信息加工、分析"},
        is_found=False,
    ),
    "state_secret": Ending(
        "refused_state_secret",
        "该信息属于国家秘密，不予公开。",
        "依照《中华人民共和国政府信息公开条例》第十四条不予公开。",
        fields={
            "ground": "依照《中华人民共和国政府信息公开条例》第十四条，依法确定为国家秘密的政府信息不予公开",
            "reason": "所申请的信息已依法定密",
            "secret_level": "秘密，保密期限十年",
        },
    ),
    "by_law": Ending(
        "refused_by_law",
        "法律规定不得公开，不予公开。",
        "依照《中华人民共和国政府信息公开条例》第十四条不予公开。",
        fields={
            "ground": "依照《中华人民共和国政府信息公开条例》第十四条，法律、行政法规禁止公开的政府信息不予公开",
            "reason": "《中华人民共和国统计法》规定，统计调查中获得的能够识别单个调查对象身份的资料不得对外提供",
        },
    ),
    "security": Ending(
        "refused_security",
        "公开后可能危及公共安全，不予公开。",
        "依照《中华人民共和国政府信息公开条例》第十四条不予公开。",
        fields={
            "ground": "依照《中华人民共和国政府信息公开条例》第十四条，公开后可能危及公共安全的政府信息不予公开",
            "reason": "所申请的信息含有燃气储配站的安防布局，公开后可能被用于破坏",
        },
    ),
    "internal": Ending(
        "refused_internal",
        "属于内部工作流程信息，不予公开。",
        "依照《中华人民共和国政府信息公开条例》第十六条第一款不予公开。",
        fields={
            "ground": "依照《中华人民共和国政府信息公开条例》第十六条第一款，内部事务信息可以不予公开",
            "reason": "所申请的是本机关内部的人事管理材料，对外不产生约束力",
        },
    ),
    "process": Ending(
        "refused_process",
        "属于讨论记录，不予公开。",
        "依照《中华人民共和国政府信息公开条例》第十六条第二款不予公开。",
        fields={
            "ground": "依照《中华人民共和国政府信息公开条例》第十六条第二款，讨论记录等过程性信息可以不予公开",
            "reason": "所申请的是方案确定前的讨论记录，公开会影响今后的讨论",
        },
    ),
    "enforcement_file": Ending(
        "refused_enforcement_file",
        "属于行政执法案卷信息，不予公开。",
        "依照《中华人民共和国政府信息公开条例》第十六条第二款不予公开。",
        fields={
            "ground": "依照《中华人民共和国政府信息公开条例》第十六条第二款，行政执法案卷信息可以不予公开",
            "reason": "所申请的是正在办理的行政处罚案件的案卷材料",
        },
    ),
    "query_matter": Ending(
        "query_matter_end",
        "不动产登记资料依照专门的规定查询。",
        fields={"special_law": "依照《不动产登记暂行条例》，请到青禾县不动产登记中心（青禾大道5号）申请查询"},
    ),
    "petition": Ending(
        "petition_end",
        "所提的是对学校收费的投诉，不作为政府信息公开申请处理。",
        fields={
            "not_a_request": "您要求查处学校乱收费，属于投诉、举报，不作为政府信息公开申请处理",
            "right_channel": "请拨打12345热线，或者向青禾县教育体育局信访室反映",
        },
    ),
    "repeat": Ending(
        "repeat_end",
        "您已就相同的信息提出过申请，本机关已经答复，不予重复处理。",
        fields={"earlier_reply": "本机关已于此前就相同的申请作出答复，并送达您本人"},
    ),
    "publication": Ending(
        "publication_end",
        "所申请的是公开出版物，请按告知的途径获取。",
        fields={"publication_source": "《青禾年鉴》可以在新华书店购买，也可以到青禾县图书馆借阅"},
    ),
    "confirmation": Ending(
        "confirmation_end",
        "所要求确认的信息您已经获取，不再重新出具。",
        fields={"earlier_reply": "您已于上年从本机关取得该文件的复印件"},
    ),
    "not_information": Ending(
        "not_information_end",
        "所提的是政策咨询，不属于政府信息公开申请。",
        fields={
            "reason": "您询问的是办事需要什么材料，属于咨询，不是申请获取已有的政府信息",
            "right_channel": f"请到{_ROOM}或者拨打本机关电话咨询",
        },
    ),
    "still_unclear": Ending(
        "still_unclear_end",
        "补正后仍不能确定您要的是哪一份信息，无法提供。",
        fields={"still_unclear": "补正后仍没有写明项目的名称、年份或者其他便于查询的特征"},
    ),
}


def plain(case: Case, ending: str) -> Piece:
    """The ordinary way: registered, searched, answered, closed."""
    yield from paths.arrive(case)
    yield from paths.register(case)
    yield from finish(case, ENDINGS[ending])
    yield from paths.close(case)


def finish(case: Case, ending: Ending) -> Piece:
    """From the search to the service of the answer."""
    told = "已找到所申请的信息，建议按程序答复" if ending.is_found else "查遍业务系统和档案目录，没有找到"
    yield from paths.search(case, is_found=ending.is_found, outcome=told)
    if ending.releases:
        yield from paths.hand_in(case, case.it.text[:40])
    yield from paths.answer(
        case, ending.outcome, paths.points(case, ending.answer, ending.ground), dict(ending.fields or {})
    )


def clarified(case: Case, ending: str, *, answers: bool = True) -> Piece:
    """What is asked is not clear: the applicant is told once what to put right; he does, or lets the days pass."""
    yield from paths.arrive(case)
    yield from paths.register(case)
    fields = {
        "guidance": "请写明项目的全称或者文号，以及需要哪一年度的信息",
        "all_defects": "没有写明项目名称和年度，无法确定所申请的政府信息",
        "consequence": "逾期不补正又没有正当理由的，视为放弃申请，本机关不再处理",
    }
    yield from paths.write_letter(case, "clarification", fields)
    if not answers:
        yield case.days.after(12)
        told = paths.points(case, "逾期没有补正，视为放弃申请。")
        yield from paths.answer(case, "clarification_lapsed", told, paths.earlier_letter(case, "clarification"))
        return
    yield case.days.after(5)
    record_clarified(None, case.it, on=today(), text="要的是2024年度的批准文件，项目名称见附图。")
    yield case.days.after(1)
    yield from finish(case, ENDINGS[ending])
    yield from paths.close(case)


def extended(case: Case, ending: str) -> Piece:
    """It takes longer: the head of the office agrees to more days, and the applicant is told in time."""
    yield from paths.arrive(case)
    yield from paths.register(case)
    yield case.days.after(9)
    fields = {"reason": "所申请的信息数量较多，需要逐件核对"}
    yield from paths.write_letter(case, "extension", fields, argument="15")
    yield case.days.after(6)
    yield from finish(case, ENDINGS[ending])


def taken_back(case: Case) -> Piece:
    """The applicant takes his letter back on the web."""
    yield from paths.arrive(case)
    yield from paths.register(case)
    yield case.days.after(2)
    withdraw(None, case.it, on=today())


def until(case: Case, stop: str) -> Piece:
    """A case that is still under way on the last day: it stops at a stage."""
    yield from paths.arrive(case)
    if stop == "unread":
        return
    yield from paths.register(case)
    if stop == "registered":
        return
    yield from finish(case, ENDINGS["granted"])


def excessive(case: Case) -> Piece:
    """Far too much is asked; reasons are asked for, and are none."""
    yield from paths.arrive(case)
    yield from paths.register(case)
    fields = {"excess": "一年内就同类信息提出三十余件申请，范围涵盖二十余年的全部发文"}
    yield from paths.write_letter(case, "reasons", fields)
    yield from paths.explain(case, "没有什么特别的用途，就是想了解一下。", 4)
    yield case.days.after(7)
    told = {
        "excess": "一年内就同类信息提出三十余件申请，数量、频次明显超过合理范围",
        "reasons_rejected": "所说“想了解一下”的理由不足以说明需要如此大量的信息",
    }
    yield from paths.answer(case, "excessive_end", paths.points(case, "申请理由不合理，不予处理。"), told)
