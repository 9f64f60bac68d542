"""The kinds of applicant that the annual report counts (申请人情况), and who counts as which."""

from dataclasses import dataclass

from gongkai.law.parameters import Standing

_REGULATION = "《中华人民共和国政府信息公开条例》"
_FORM = "国办公开办函〔2021〕30号"


@dataclass(frozen=True, slots=True)
class ApplicantKind:
    """A column of table 3: `key` in data, `label` on the form, `group` the heading above it (or empty).

    `help` tells a clerk who belongs there; the form only gives the labels, so it is a default (口径).
    """

    key: str
    label: str
    group: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Belonging:
    """Who counts as which kind: `who` in plain words; `kinds` the keys that are possible, the recommended one first.

    `standing` and `basis` tell how that is known: the form is silent, so most are common practice.
    """

    who: str
    kinds: tuple[str, ...]
    help: str
    basis: str
    standing: Standing


_ORGANISATION = "法人或其他组织"

APPLICANT_KINDS = (
    ApplicantKind("natural_person", "自然人", help="以个人名义申请的人，不问国籍、住所和用途。"),
    ApplicantKind("company", "商业企业", _ORGANISATION, "公司和其他以营利为目的的企业。"),
    ApplicantKind("research", "科研机构", _ORGANISATION, "以科学研究为业的院所。"),
    ApplicantKind("public_welfare", "社会公益组织", _ORGANISATION, "基金会、慈善组织等公益性组织。"),
    ApplicantKind("legal_service", "法律服务机构", _ORGANISATION, "以机构自己的名义申请的律师事务所等。"),
    ApplicantKind("other", "其他", _ORGANISATION, "以上各类以外的法人和其他组织。"),
)
"""The six kinds, in the order of the form (国办公开办函〔2021〕30号, 第三部分表格)."""

TOTAL = ApplicantKind("total", "总计", help="六类之和。")

BELONGINGS = (
    Belonging(
        "任何公民、法人或者其他组织",
        tuple(kind.key for kind in APPLICANT_KINDS),
        "都可以申请，不必说明与信息的关系或者用途；按申请书上的申请人归类。",
        f"{_REGULATION}第二十七条",
        Standing.TEXT,
    ),
    Belonging(
        "律师事务所，或者代表事务所申请的律师",
        ("legal_service",),
        "申请人是事务所的，计入法律服务机构。",
        _FORM,
        Standing.GENERAL,
    ),
    Belonging(
        "代理具名委托人申请的律师",
        tuple(kind.key for kind in APPLICANT_KINDS),
        "申请人是委托人，按委托人的类别计算；委托人多是自然人。",
        _FORM,
        Standing.GENERAL,
    ),
    Belonging(
        "个体工商户",
        ("natural_person", "company"),
        "各地口径不一，计入自然人或者商业企业都有；选定一种，写入本机关口径，前后一致。",
        _FORM,
        Standing.GENERAL,
    ),
    Belonging(
        "几名申请人共同提出一件申请",
        tuple(kind.key for kind in APPLICANT_KINDS),
        "计为一件，按排在第一位的申请人归类。",
        _FORM,
        Standing.GENERAL,
    ),
)
"""What a clerk asks most often. Standing `general`: common practice, no text was found that orders it."""


def applicant_kind(key: str) -> ApplicantKind:
    """The kind of that key, the total among them. Raises KeyError for an unknown one."""
    return _BY_KEY[key]


_BY_KEY = {kind.key: kind for kind in (*APPLICANT_KINDS, TOTAL)}
