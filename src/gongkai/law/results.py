"""The 21 results of an information request (办理结果) and their rows in table 3 of the annual report."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One way in which a request ends: `key` in data, `label` on the form, `group` the heading above it (or empty)."""

    key: str
    label: str
    group: str = ""


_REFUSED = "（三）不予公开"
_UNAVAILABLE = "（四）无法提供"
_UNPROCESSED = "（五）不予处理"
_OTHER = "（六）其他处理"

RESULTS = (
    Result("granted", "（一）予以公开"),
    Result("partly_granted", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    Result("refused_state_secret", "1.属于国家秘密", _REFUSED),
    Result("refused_by_law", "2.其他法律行政法规禁止公开", _REFUSED),
    Result("refused_security", "3.危及“三安全一稳定”", _REFUSED),
    Result("refused_third_party", "4.保护第三方合法权益", _REFUSED),
    Result("refused_internal", "5.属于三类内部事务信息", _REFUSED),
    Result("refused_process", "6.属于四类过程性信息", _REFUSED),
    Result("refused_enforcement_file", "7.属于行政执法案卷", _REFUSED),
    Result("refused_query_matter", "8.属于行政查询事项", _REFUSED),
    Result("unavailable_not_held", "1.本机关不掌握相关政府信息", _UNAVAILABLE),
    Result("unavailable_to_be_created", "2.没有现成信息需要另行制作", _UNAVAILABLE),
    Result("unavailable_still_unclear", "3.补正后申请内容仍不明确", _UNAVAILABLE),
    Result("unprocessed_petition", "1.信访举报投诉类申请", _UNPROCESSED),
    Result("unprocessed_repeat", "2.重复申请", _UNPROCESSED),
    Result("unprocessed_publication", "3.要求提供公开出版物", _UNPROCESSED),
    Result("unprocessed_excessive", "4.无正当理由大量反复申请", _UNPROCESSED),
    Result("unprocessed_confirmation", "5.要求行政机关确认或重新出具已获取信息", _UNPROCESSED),
    Result("other_clarification_lapsed", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", _OTHER),
    Result("other_fee_unpaid", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", _OTHER),
    Result("other_other", "3.其他", _OTHER),
)
"""In the order of the form (国办公开办函〔2021〕30号, 第三部分表格)."""

RESULT_KEYS = tuple(result.key for result in RESULTS)
