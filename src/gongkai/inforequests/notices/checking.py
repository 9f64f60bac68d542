"""The check of a letter before issue: nothing goes out that is addressed, numbered, dated or grounded wrongly.

`where` of a finding is a part of the letter (`addressee`, `number`, `date`, `body`, `attachments`) or LINE:COLUMN of
the text, a line for each paragraph.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from gongkai.documents.blocks import Paragraph
from gongkai.findings import Finding
from gongkai.inforequests.notices.citing import citing_findings
from gongkai.inforequests.notices.facts import Facts
from gongkai.inforequests.notices.layout import Letter
from gongkai.inforequests.notices.needing import need_findings
from gongkai.inforequests.notices.redress_check import redress_findings
from gongkai.inforequests.notices.told import COMMON_BASIS, doubtful, wrong
from gongkai.inforequests.notices.wording import answer_days, quoted, written
from gongkai.proofing.engine import proof

FORMAT = "GB/T 9704-2012"
REGISTRATION = "registration"
TO_THIRD_PARTIES = frozenset({"third_party_consultation", "third_party_disclosure"})

_NUMBER = re.compile(r"[一-龥]{1,15}〔(20\d\d)〕[1-9]\d{0,4}号")
_REGISTER = re.compile(r"(20\d\d)-\d{1,6}(?:-\d{1,3})?(?:、\1-\d{1,6}(?:-\d{1,3})?)*")
_REGISTERED = re.compile(r"登记编号(?:：|为)?\s*([0-9A-Za-z〔〕、-]+)")
_DAY = r"(\d{4}年\d{1,2}月\d{1,2}日)"
_RECEIVED = re.compile(f"收到申请之日为{_DAY}")
_DUE = re.compile(f"{_DAY}（答复期限届满日）")
_NEW_DUE = re.compile(f"(?:延长至|延迟至){_DAY}")
_DAYS = re.compile(r"(?:次日|之日)起(\d+)个工作日")
_MARK = re.compile("【请填写：([^】]*)】")
_CLASSIFIED = "refused_state_secret"
_EXTENSION = "《中华人民共和国政府信息公开条例》第三十三条第二款"


def check(letter: Letter, facts: Facts, *, others: Sequence[str] = (), is_draft: bool = False) -> list[Finding]:
    """What stands against issuing the letter, and what should be looked at.

    `others` are the names of other agencies, which have no business in it unless the facts name them. Of a draft
    (`is_draft`) number and date are not asked for yet.
    """
    if not letter.body:
        return [wrong("L-EMPTY", "body", "正文是空的，请写明告知的内容", basis=COMMON_BASIS)]
    found = [*_addressee(letter, facts), *_register(letter, facts), *_dates(letter, facts)]
    if not is_draft:
        found += _signed(letter, facts)
    found += _days(letter, facts)
    found += _marks(letter)
    found += need_findings(letter, facts)
    found += citing_findings(letter, facts)
    found += redress_findings(letter, facts)
    found += _secret(letter, facts)
    found += _agencies(letter, facts, others)
    return found + _proofread(letter, facts)


def _addressee(letter: Letter, facts: Facts) -> Iterator[Finding]:
    if not letter.addressee:
        yield wrong("L-ADDRESSEE", "addressee", "没有写收件人，请写明姓名或者名称", basis=COMMON_BASIS)
    elif letter.addressee != facts.addressee:
        message = "收件人与登记的不一致，请按登记的姓名或者名称改正"
        yield wrong("L-ADDRESSEE", "addressee", message, basis=COMMON_BASIS)
    if facts.kind not in TO_THIRD_PARTIES:
        return
    message = "给第三方的文书不写申请人的姓名或者名称，请删去"
    basis = "《中华人民共和国政府信息公开条例》第三十二条"
    for where, text in (("addressee", letter.addressee), *_lines(letter)):
        if any(name and name in text for name in facts.applicants):
            yield wrong("L-APPLICANT-NAMED", where, message, basis=basis)


def _register(letter: Letter, facts: Facts) -> Iterator[Finding]:
    if not _REGISTER.fullmatch(facts.register_number):
        yield wrong("L-REGISTER", "body", "登记编号不完整，应如“2026-12”，请核对登记", found=facts.register_number)
        return
    lines = [*_lines(letter), *(("body", text) for row in letter.table for text in row)]
    if not any(facts.register_number in text for _, text in lines):
        message = "正文没有写明登记编号，请补上"
        yield wrong("L-REGISTER", "body", message, basis=COMMON_BASIS, expected=facts.register_number)
    for where, text in lines:
        for other in _REGISTERED.findall(text):
            if other != facts.register_number:
                message = "登记编号与本件不一致，请改正"
                yield wrong("L-REGISTER", where, message, expected=facts.register_number, found=other)


def _signed(letter: Letter, facts: Facts) -> Iterator[Finding]:
    """Number and date, which are there from the signing on. The receipt bears the register number instead."""
    if letter.dated_on is None:
        yield wrong("L-DATE", "date", "没有成文日期，请在签发后填写", basis=FORMAT)
    if facts.kind == REGISTRATION:
        return
    if not letter.number:
        yield wrong("L-NUMBER", "number", "没有文号，请先编文号", basis=COMMON_BASIS)
        return
    form = _NUMBER.fullmatch(letter.number)
    if form is None:
        message = "文号的写法不对，应如“青农公开〔2026〕12号”：年份用六角括号，序号不加“第”、不编虚位"
        yield wrong("L-NUMBER", "number", message, basis=FORMAT, found=letter.number)
    elif letter.dated_on and int(form[1]) != letter.dated_on.year:
        message = "文号的年份与成文日期不一致，请核对"
        yield wrong("L-NUMBER", "number", message, basis=FORMAT, expected=str(letter.dated_on.year), found=form[1])
    if letter.number != facts.number:
        message = "文号与登记的不一致，请核对"
        yield wrong("L-NUMBER", "number", message, expected=facts.number, found=letter.number)


def _dates(letter: Letter, facts: Facts) -> Iterator[Finding]:
    received, dated = facts.received_on, letter.dated_on
    if received is None:
        yield wrong("L-DATE", "body", "收到申请之日还没有确定，请先确认", basis=COMMON_BASIS)
        return
    if dated and dated < received:
        message = f"成文日期早于收到申请之日{written(received)}，请核对"
        yield wrong("L-DATE", "date", message, found=written(dated))
    yield from _differing(letter, _RECEIVED, received, "L-DATE", "收到申请之日与登记的不一致，请改正")
    yield from _differing(letter, _DUE, facts.due_on, "L-DUE", "答复期限届满日不对，请改正")
    yield from _differing(letter, _NEW_DUE, facts.new_due_on, "L-DUE", "延长或者延迟后的日期不对，请改正")
    if facts.due_on and facts.due_on <= received:
        yield wrong("L-DUE", "body", "答复期限届满日不晚于收到申请之日，请核对登记", basis=_EXTENSION)
    if facts.new_due_on and facts.due_on and facts.new_due_on <= facts.due_on:
        message = f"延长或者延迟后的日期不晚于原届满日{written(facts.due_on)}，请核对"
        yield wrong("L-DUE", "body", message, basis=_EXTENSION, found=written(facts.new_due_on))
    if dated and facts.due_on and dated > facts.due_on and not facts.new_due_on:
        message = f"成文日期已经超过答复期限届满日{written(facts.due_on)}，请在案卷中说明原因，并尽快送达"
        yield doubtful("L-LATE", "date", message, basis=_EXTENSION)
    if facts.kind == "extension" and dated and facts.due_on and dated > facts.due_on:
        message = f"延期应当在答复期限届满日{written(facts.due_on)}以前告知，现在已经不能延期"
        yield wrong("L-LATE", "date", message, basis=_EXTENSION)


def _differing(
    letter: Letter, pattern: re.Pattern[str], day: date | None, rule: str, message: str
) -> Iterator[Finding]:
    """The dates told by a pattern that are not the one of the facts."""
    expected = written(day) if day else ""
    for line, text in enumerate(letter.body, 1):
        for found in pattern.finditer(text):
            if found[1] != expected:
                where = f"{line}:{found.start(1) + 1}"
                yield wrong(rule, where, message, basis=COMMON_BASIS, expected=expected or None, found=found[1])


def _days(letter: Letter, facts: Facts) -> Iterator[Finding]:
    """A period to answer that is not the one that will be reckoned with."""
    expected = answer_days(facts)
    for line, text in enumerate(letter.body, 1):
        for found in _DAYS.finditer(text) if expected else ():
            if found[1] != expected:
                where, message = f"{line}:{found.start(1) + 1}", f"期限应为{expected}个工作日，请改正"
                yield wrong("L-DUE", where, message, basis=COMMON_BASIS, expected=expected, found=found[1])
    if facts.answer_days is not None and not any(f"{expected}个工作日" in text for text in letter.body):
        message = f"正文没有写明期限是{expected}个工作日，请补上"
        yield wrong("L-DUE", "body", message, basis=COMMON_BASIS, expected=expected)


def _marks(letter: Letter) -> Iterator[Finding]:
    for where, text in (*_lines(letter), *(("body", text) for row in letter.table for text in row)):
        for mark in _MARK.finditer(text):
            yield wrong("L-PLACEHOLDER", where, f"这里还没有填写：{mark[1]}", basis=COMMON_BASIS, found=mark[0])


def _secret(letter: Letter, facts: Facts) -> Iterator[Finding]:
    """A refusal for state secrecy names level and period, and brings nothing along."""
    if _CLASSIFIED not in (facts.result, *facts.withheld):
        return
    level = facts.fields.get("secret_level", "").strip()
    basis = "法释〔2025〕8号第六条"
    if not level or not any(level.rstrip("。") in text for text in letter.body):
        yield wrong("L-SECRET", "body", "属于国家秘密的，请写明密级和保密期限，不写秘密的内容", basis=basis)
    if facts.result == _CLASSIFIED and letter.attachments:
        yield wrong("L-SECRET", "attachments", "属于国家秘密的，不能带附件，请删去", basis=basis)


def _agencies(letter: Letter, facts: Facts, others: Sequence[str]) -> Iterator[Finding]:
    if letter.agency != facts.agency:
        message = "文书的机关名称不是本机关，请改正"
        yield wrong("L-OTHER-AGENCY", "head", message, expected=facts.agency, found=letter.agency)
    answers = [words for part in facts.answers for words in (part.point, part.answer)]
    typed = (*facts.fields.values(), *facts.attachments, *answers)
    known = "\n".join((facts.addressee, facts.request_text, *typed))
    own = sorted({facts.agency, facts.office, facts.reviewer, facts.court} - {""}, key=len, reverse=True)
    foreign = [name for name in others if name and name not in own and name not in known]
    for where, text in _lines(letter):
        for name in own:
            text = text.replace(name, "")
        for name in foreign:
            if name in text:
                message = f"正文提到“{name}”，登记的事实中没有这一机关，请核对是否从别的文书中带来"
                yield doubtful("L-OTHER-AGENCY", where, message)


def _proofread(letter: Letter, facts: Facts) -> list[Finding]:
    """What proofreading finds, but for the applicant's own words."""
    paragraphs = [Paragraph(text, line) for line, text in enumerate(letter.body, 1)]
    request = quoted(facts.request_text)
    spans = {str(line): text.find(request) + 1 for line, text in enumerate(letter.body, 1) if request in text}
    return [one for one in proof(paragraphs) if not _is_within(one.where, spans, len(request))]


def _is_within(where: str, spans: dict[str, int], length: int) -> bool:
    line, _, column = where.partition(":")
    return bool(length) and line in spans and 0 <= int(column) - spans[line] < length


def _lines(letter: Letter) -> Iterator[tuple[str, str]]:
    for line, text in enumerate(letter.body, 1):
        yield f"{line}:1", text
    for text in letter.attachments:
        yield "attachments", text
