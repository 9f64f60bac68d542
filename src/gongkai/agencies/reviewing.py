"""Who reviews an agency's acts, and which court (复议机关、管辖法院): computed from what it is, or set with a reason.

《中华人民共和国行政复议法》第二十四条至第二十八条, as `gongkai.law.organs` has them. Names decide where the kind of an
agency does not: a justice bureau (第二十八条), vertically led organs (第二十七条), a sub-district office.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.agencies.models import Agency
from gongkai.agencies.roles import Kind, Level
from gongkai.law.organs import COURT_NAMES, ORGANS, Court

_BY_NAME = {
    "海关": "customs",
    "税务局": "vertical",
    "国家安全局": "vertical",
    "司法局": "justice_bureau",
    "街道办事处": "dispatched_government",
    "管理委员会": "dispatched_government",
}
_BASIC_COURTS = ("县人民法院", "区人民法院", "市人民法院", "旗人民法院")
_BY_KIND = {
    Kind.GOVERNMENT: "local_government",
    Kind.OFFICE: "local_department",
    Kind.DEPARTMENT: "local_department",
    Kind.TOWNSHIP: "township",
    Kind.DISPATCHED: "department_branch",
    Kind.AUTHORISED: "authorised_organisation",
}


@dataclass(frozen=True, slots=True)
class Reviewing:
    """Whom to turn to against an agency: the reviewing organs (of two the applicant chooses), the court, and why.

    `is_named`: each reviewer is a name, not only words like 上一级人民政府. `court` is empty where none is on record;
    `court_level` is what it has to be. `reason` tells why the organ is not the one computed.
    """

    reviewers: tuple[str, ...]
    basis: str
    is_named: bool
    court: str
    court_level: str
    court_basis: str
    reason: str = ""

    @property
    def reviewer(self) -> str:
        """The reviewers as a sentence has them."""
        return "或者".join(self.reviewers)

    @property
    def is_court_too_low(self) -> bool:
        """Whether a basic court is on record where an intermediate one hears the suit (行政诉讼法第十五条)."""
        is_basic = self.court.endswith(_BASIC_COURTS) and "中级" not in self.court
        return is_basic and self.court_level == COURT_NAMES[Court.INTERMEDIATE]


def organ_key(agency: Agency, name: str) -> str:
    """The kind of organ in `law.organs` that an agency of that name is."""
    for ending, key in _BY_NAME.items():
        if name.endswith(ending) and agency.kind != Kind.GOVERNMENT:
            return key
    if agency.kind == Kind.GOVERNMENT and agency.level == Level.PROVINCE:
        return "province"
    if agency.kind == Kind.GOVERNMENT and agency.level == Level.TOWNSHIP:
        return "township"
    if agency.kind == Kind.DISPATCHED and agency.level == Level.CITY:
        return "municipal_branch"
    return _BY_KIND[Kind(agency.kind)]


def related_ids(agency: Agency) -> set[int]:
    """The agencies whose names `reviewing` needs."""
    ids = (_government_id(agency), agency.review_organ_id)
    return {found for found in ids if found is not None}


def reviewing(agency: Agency, name: str, names: Mapping[int, str]) -> Reviewing:
    """Who reviews the acts of an agency of that name; `names` of agencies by key (`related_ids`)."""
    organ = ORGANS[organ_key(agency, name)]
    set_name = agency.review_organ_name or names.get(agency.review_organ_id or 0, "")
    if set_name:
        reviewers: tuple[str, ...] = (set_name,)
        is_named = True
    else:
        found = [_named(words, agency, name, names) for words in organ.reviewers]
        reviewers = tuple(named or words for named, words in zip(found, organ.reviewers, strict=True))
        is_named = bool(found[0])
    return Reviewing(
        reviewers=reviewers,
        basis=organ.basis,
        is_named=is_named,
        court=agency.court,
        court_level=COURT_NAMES[organ.court],
        court_basis=organ.court_basis,
        reason=agency.review_organ_reason if set_name else "",
    )


def _named(words: str, agency: Agency, name: str, names: Mapping[int, str]) -> str:
    """The name of the organ that the words mean; empty where it is not on record."""
    if words == "该人民政府自身":
        return name
    if not words.endswith("人民政府") or "所在地" in words:
        return ""
    return names.get(_government_id(agency) or 0, "")


def _government_id(agency: Agency) -> int | None:
    """The government that an agency belongs to: the one on record, or the next that stands above it."""
    here, met = agency, set[int]()
    while here.pk not in met:
        if here.government_id is not None or here.parent is None:
            return here.government_id
        if here.parent.kind == Kind.GOVERNMENT:
            return here.parent.pk
        met.add(here.pk)
        here = here.parent
    return None
