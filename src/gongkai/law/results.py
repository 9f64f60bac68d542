"""The 21 results of an information request (办理结果): their rows in table 3, their articles, notices and remedies."""

from dataclasses import dataclass
from enum import StrEnum


class RemedyClass(StrEnum):
    """Which way of redress stands open: reconsideration before a lawsuit (复议前置), or either of both.

    A field of its own beside the statistics row: 行政查询事项 stands under 不予公开 in the form, but is no refusal on
    grounds of Articles 14 to 16 of the Regulation. Since when, `law.remedies` knows.
    """

    RECONSIDERATION_FIRST = "reconsideration_first"
    FREE_CHOICE = "free_choice"


@dataclass(frozen=True, slots=True)
class Result:
    """One way in which a request ends: `key` in data, `label` on the form, `group` the heading above it (or empty).

    `key` is the statistics row. `articles` are what the reply cites, the ground first; `notices` the keys of letters
    that may tell it (`law.notices`), each with what it must state. `remedy` is that of the usual letter; of a partly
    granted request it is that of the part withheld (`law.remedies`).
    """

    key: str
    label: str
    group: str = ""
    articles: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    remedy: RemedyClass = RemedyClass.FREE_CHOICE


_REFUSED = "（三）不予公开"
_UNAVAILABLE = "（四）无法提供"
_UNPROCESSED = "（五）不予处理"
_OTHER = "（六）其他处理"

_FORM = "国办公开办函〔2021〕30号"
_FEE_LAPSE = "国办函〔2020〕109号第六条"
_FIRST = RemedyClass.RECONSIDERATION_FIRST


def _rule(*places: str) -> tuple[str, ...]:
    return tuple(f"《中华人民共和国政府信息公开条例》{place}" for place in places)


_REFUSAL = "第三十六条第（三）项"
_ARTICLE_14 = _rule("第十四条", _REFUSAL)
_ARTICLE_15 = _rule("第十五条", "第三十二条", _REFUSAL)
_ARTICLE_16_1 = _rule("第十六条第一款", _REFUSAL)
_ARTICLE_16_2 = _rule("第十六条第二款", _REFUSAL)

RESULTS = (
    Result(
        "granted",
        "（一）予以公开",
        articles=_rule("第三十六条第（二）项", "第三十六条第（一）项"),
        notices=("granted", "already_public"),
    ),
    Result(
        "partly_granted",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        articles=_rule("第三十七条"),
        notices=("partly_granted",),
        remedy=_FIRST,
    ),
    Result("refused_state_secret", "1.属于国家秘密", _REFUSED, _ARTICLE_14, ("refused",), _FIRST),
    Result("refused_by_law", "2.其他法律行政法规禁止公开", _REFUSED, _ARTICLE_14, ("refused",), _FIRST),
    Result("refused_security", "3.危及“三安全一稳定”", _REFUSED, _ARTICLE_14, ("refused",), _FIRST),
    Result("refused_third_party", "4.保护第三方合法权益", _REFUSED, _ARTICLE_15, ("refused",), _FIRST),
    Result("refused_internal", "5.属于三类内部事务信息", _REFUSED, _ARTICLE_16_1, ("refused",), _FIRST),
    Result("refused_process", "6.属于四类过程性信息", _REFUSED, _ARTICLE_16_2, ("refused",), _FIRST),
    Result("refused_enforcement_file", "7.属于行政执法案卷", _REFUSED, _ARTICLE_16_2, ("refused",), _FIRST),
    Result("refused_query_matter", "8.属于行政查询事项", _REFUSED, _rule("第三十六条第（七）项"), ("query_matter",)),
    Result(
        "unavailable_not_held",
        "1.本机关不掌握相关政府信息",
        _UNAVAILABLE,
        _rule("第三十六条第（四）项", "第三十六条第（五）项"),
        ("not_existing", "not_responsible", "archived"),
    ),
    Result(
        "unavailable_to_be_created",
        "2.没有现成信息需要另行制作",
        _UNAVAILABLE,
        _rule("第三十八条"),
        ("to_be_created",),
    ),
    Result(
        "unavailable_still_unclear",
        "3.补正后申请内容仍不明确",
        _UNAVAILABLE,
        _rule("第三十条"),
        ("still_unclear",),
    ),
    Result("unprocessed_petition", "1.信访举报投诉类申请", _UNPROCESSED, _rule("第三十九条第一款"), ("petition",)),
    Result("unprocessed_repeat", "2.重复申请", _UNPROCESSED, _rule("第三十六条第（六）项"), ("repeat",)),
    Result(
        "unprocessed_publication",
        "3.要求提供公开出版物",
        _UNPROCESSED,
        _rule("第三十九条第二款"),
        ("publication",),
    ),
    Result("unprocessed_excessive", "4.无正当理由大量反复申请", _UNPROCESSED, _rule("第三十五条"), ("excessive",)),
    Result(
        "unprocessed_confirmation",
        "5.要求行政机关确认或重新出具已获取信息",
        _UNPROCESSED,
        (_FORM,),
        ("confirmation",),
    ),
    Result(
        "other_clarification_lapsed",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        _OTHER,
        _rule("第三十条"),
        ("clarification_lapsed",),
    ),
    Result(
        "other_fee_unpaid",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        _OTHER,
        (_FEE_LAPSE,),
        ("fee_unpaid",),
    ),
    Result("other_other", "3.其他", _OTHER, (_FORM,), ("withdrawn", "not_information")),
)
"""In the order of the form (国办公开办函〔2021〕30号, 第三部分表格)."""

RESULT_KEYS = tuple(result.key for result in RESULTS)

_BY_KEY = {result.key: result for result in RESULTS}


def result(key: str) -> Result:
    """The result of that key. Raises KeyError for an unknown one."""
    return _BY_KEY[key]
