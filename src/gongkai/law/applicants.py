"""The kinds of applicant that the annual report counts (申请人情况)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ApplicantKind:
    """A column of table 3: `key` in data, `label` on the form, `group` the heading above it (or empty)."""

    key: str
    label: str
    group: str = ""


_ORGANISATION = "法人或其他组织"

APPLICANT_KINDS = (
    ApplicantKind("natural_person", "自然人"),
    ApplicantKind("company", "商业企业", _ORGANISATION),
    ApplicantKind("research", "科研机构", _ORGANISATION),
    ApplicantKind("public_welfare", "社会公益组织", _ORGANISATION),
    ApplicantKind("legal_service", "法律服务机构", _ORGANISATION),
    ApplicantKind("other", "其他", _ORGANISATION),
)
"""The six kinds, in the order of the form (国办公开办函〔2021〕30号, 第三部分表格)."""

TOTAL = ApplicantKind("total", "总计")
