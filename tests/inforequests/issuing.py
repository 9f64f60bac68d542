"""A notice on its way: agreed to by everybody, sealed, served, as an office does it."""

from datetime import date

from tests.inforequests.cases import Office

from gongkai.agencies.roles import Role
from gongkai.files.inspection import Inspected
from gongkai.files.purposes import Purpose
from gongkai.files.queries import pieces_of
from gongkai.files.uploads import inspect_made
from gongkai.inforequests.actions.approving import review_notice
from gongkai.inforequests.actions.deciding import PointFacts, decide
from gongkai.inforequests.actions.drafting import submit_notice
from gongkai.inforequests.actions.sealing import seal_notice
from gongkai.inforequests.actions.serving import serve_notice
from gongkai.inforequests.choices import Way
from gongkai.inforequests.models import Item, Notice, Service
from gongkai.inforequests.notice_rules import waiting_place
from gongkai.kernel.clock import today
from gongkai.law.questions import FIRST, Outcome, follow

FIELDS = {
    "guidance": "可以写明文件名称、文号",
    "all_defects": "所申请的材料是哪一年度的",
    "reason": "所申请的材料涉及三个科室的档案，需要逐份核对",
    "excess": "2026年3月您提出申请四十件",
    "consulted_content": "2025年农村饮水工程合同的单价",
    "touched_rights": "合同单价可能涉及商业秘密",
    "fee_payment": "到青禾县政务服务中心3号窗口缴纳",
    "disclosed_content": "2025年农村饮水工程合同总价",
    "disclosure_reason": "合同总价已经公示",
    "correction_result": "已将3.2亩更正为2.3亩",
    "information": "2025年资金安排文件电子文件1份",
    "where_public": "青禾县人民政府网站“财政预决算”栏目",
    "open_part": "合同总价",
    "withheld_reasons": "结算账户属于经营信息",
    "ground": "该材料是内部讨论形成的过程稿",
    "search_record": "以“农村饮水”检索了公文办理系统",
    "archive": "青禾县档案馆，凭本人身份证件查阅",
    "processing": "现有各村按季度上报的表格，需要重新计算",
    "still_unclear": "没有写明需要哪一份文件",
    "special_law": "依照《不动产登记暂行条例》查询",
    "earlier_reply": "青水公开〔2026〕1号",
    "reasons_rejected": "没有说明为何需要反复提出",
    "right_channel": "青禾县信访局来访接待室",
    "publication_source": "青禾县图书馆二楼",
    "earlier_notice": "补正告知书于2026年3月4日送达，期限于2026年3月18日届满",
    "withdrawal": "2026年3月4日书面提出",
    "other_organ": "青禾县自然资源局，地址：青禾县人民路8号，电话：0000-5550108",
}


def path_to(outcome: str) -> list[bool]:
    """The shortest answers that lead to an outcome."""
    waiting: list[tuple[list[bool], str]] = [([], FIRST.id)]
    while waiting:
        answers, here = waiting.pop(0)
        found = follow(here)
        if isinstance(found, Outcome):
            if found.id == outcome:
                return answers
            continue
        waiting += [([*answers, True], found.yes), ([*answers, False], found.no)]
    raise AssertionError(outcome)


def decided(office: Office, item: Item, outcome: str = "granted") -> Notice:
    """A decision of that outcome with its draft."""
    points = [PointFacts(item.text, "按所附文件提供")]
    fields = FIELDS | ({"secret_level": "秘密级，保密期限10年"} if outcome.endswith("state_secret") else {})
    return decide(office.actor(Role.CLERK), item, answers=path_to(outcome), points=points, fields=fields)


def agreed(office: Office, notice: Notice) -> Notice:
    """Submitted, and agreed to by everybody of its chain."""
    submit_notice(office.actor(Role.CLERK), notice)
    notice.refresh_from_db()
    while (place := waiting_place(notice)) is not None:
        review_notice(office.actor(place.role), notice, is_agreed=True)
        notice.refresh_from_db()
    return notice


def stamped(notice: Notice) -> Inspected:
    """The signed file as it comes back from the seal."""
    data = b"".join(pieces_of(notice.final_file, owner=notice.public_id))
    return inspect_made(data, name="用印后.pdf", purpose=Purpose.CASE)


def sealed(office: Office, notice: Notice) -> Notice:
    """Agreed to and sealed."""
    notice = agreed(office, notice)
    return seal_notice(office.actor(Role.SEAL_KEEPER), notice, file=stamped(notice))


def served(office: Office, notice: Notice, way: Way = Way.WINDOW, *, on: date | None = None) -> Service:
    """Sealed and on its way, or there."""
    notice = sealed(office, notice)
    return serve_notice(
        office.actor(Role.CLERK),
        notice,
        way=way,
        sent_on=on or today(),
        tracking="1234567890123" if way == Way.POST else "",
        proof="本人签收" if way in (Way.WINDOW, Way.READING) else "",
    )
