"""The guide for requests: its tables and numbers are those of the code."""

import re
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

import pytest

from gongkai.inforequests import drafts, public_sessions, queries, recovering, reminders, texts, throttling
from gongkai.inforequests.actions.serving import DOWNLOAD_DAYS
from gongkai.inforequests.chains import chain
from gongkai.inforequests.models.letters import LONGEST_TEXT
from gongkai.inforequests.notice_queries import WORDS_OF_ROLES
from gongkai.inforequests.notices.kinds import KINDS, Kind
from gongkai.inforequests.throttling import Limit
from gongkai.law.parameters import parameter

PAGE = (Path(__file__).parents[2] / "docs/guide/requests.md").read_text(encoding="utf-8")
MB = 2**20


def table(head: str) -> list[list[str]]:
    """The rows of the table whose head begins so."""
    lines = PAGE.partition(f"\n| {head} |")[2].splitlines()[2:]
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    assert rows, head
    return rows


def approved(kind: Kind) -> list[str]:
    places = chain(secrecy=kind.secrecy, legality=kind.legality, signer=kind.signer)
    who = " → ".join(WORDS_OF_ROLES[place.role] for place in places)
    return [kind.name, who, "、".join(WORDS_OF_ROLES[role] for role in kind.signers)]


def test_each_notice_is_approved_as_the_guide_says() -> None:
    assert table("文书 | 默认的审签程序") == [approved(kind) for kind in KINDS.values()]


def hourly(limit: Limit) -> str:
    return f"每小时 {limit.most} 次" if limit.seconds == 3600 else f"每 {limit.seconds // 60} 分钟 {limit.most} 次"


def test_limits_are_those_of_the_code() -> None:
    assert dict(table("项目")) == {
        "申请内容": f"{LONGEST_TEXT} 字",
        "申请人上传的文件": f"最多 {drafts.MOST_FILES} 个，合计 {drafts.MOST_BYTES // MB} MB",
        "共同申请人（网上）": f"最多 {drafts.MOST_JOINT} 人",
        "没有提交的申请保留": f"{drafts.HOURS} 小时",
        "回执和查询码显示": f"{public_sessions.RECEIPT_MINUTES} 分钟",
        "查询后不操作": f"{public_sessions.CASE_MINUTES} 分钟退出",
        "找回查询码的链接": f"{recovering.MINUTES} 分钟内有效，只用一次",
        "网上下载": f"送达后 {DOWNLOAD_DAYS} 天",
        "办件清单": f"每页 {queries.PAGE} 件，最多列 {queries.MOST} 件",
    }


def test_throttles_are_those_of_the_code() -> None:
    mails = f"同一件每天 {throttling.RECOVERY_MAILS.most} 封邮件"
    assert dict(table("操作")) == {
        "开始填写申请": hourly(throttling.DRAFTS),
        "上传文件": hourly(throttling.UPLOADS),
        "查询": hourly(throttling.QUERIES),
        "找回查询码": f"{hourly(throttling.RECOVERIES)}；{mails}",
    }


def test_every_text_that_leaves_the_system_is_told_once_and_when() -> None:
    rows = {row[0]: row[1] for row in table("提醒")}
    assert sorted(rows) == sorted(template.subject for template in (*texts._ALL, recovering.MAIL))
    first, second, _ = reminders.BEFORE_DUE
    assert rows[texts.DUE_SOON.subject] == f"届满以前{first}个、{second}个工作日"
    assert rows[texts.UNREAD.subject] == f"收到后超过{reminders.UNREAD_AFTER}个工作日"
    for template in (texts.CLARIFY_SOON, texts.EXTEND_SOON):
        assert rows[template.subject] == f"最后一日以前{reminders.BEFORE_LIMIT}个工作日"


PERIODS = {
    "收到之日起{}个工作日内，一次": "clock.clarification_notice",
    "最多延长{}个工作日": "clock.extension",
    "第三方{}个工作日内答复": "clock.third_party_answer",
    "文件在告知后{}个工作日以后才提供": "replies.hold_for_third_party",
    "系统建议{}个工作日，办好后拟更正告知书": "replies.correction",
    "{}个工作日内确认": "receipt.online_confirmation",
}


@pytest.mark.parametrize("sentence", PERIODS)
def test_periods_are_the_newest_of_the_law(sentence: str) -> None:
    newest = parameter(PERIODS[sentence]).values[-1].value
    assert sentence.format(newest) in PAGE


def clock_rules() -> Iterable[str]:
    root = Path(str(files("gongkai.law")))
    for source in (*root.glob("clock/*.py"), root / "receipt.py"):
        yield from re.findall(r'"(C-[A-Z-]+)"', source.read_text(encoding="utf-8"))


def test_every_rule_of_the_clock_stands_in_the_guide_once() -> None:
    assert sorted(row[0] for row in table("规则 | 后果")) == sorted(set(clock_rules()))


def test_words_in_quotation_marks_stand_on_the_pages() -> None:
    root = Path(str(files("gongkai")))
    sources = [path for ending in ("py", "html", "toml") for path in root.rglob(f"*.{ending}")]
    said = "".join(path.read_text(encoding="utf-8") for path in sources)
    assert [word for word in re.findall("“([^”]+)”", PAGE) if word not in said] == []
