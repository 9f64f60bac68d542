"""Those who ask (申请人): they do not exist, and their identity numbers can be nobody's (no such area, no such day)."""

from dataclasses import dataclass

from gongkai.inforequests.actions.intake import PartyFacts
from gongkai.inforequests.choices import IdentityKind, Part

_NAMES = (
    *("周明远", "何秀珍", "沈立群", "高月华", "范志勇", "方雨晴", "石海涛", "姚桂兰", "邱国平", "秦晓燕"),
    *("江文博", "史玉梅", "顾长林", "侯春生", "邵丽娟", "孟庆丰", "龙小军", "万淑芬", "段永刚", "雷佳怡"),
    *("钱树林", "汤美玲", "尹卫东", "黎思敏", "易水生", "常玉芳", "武建军", "乔念慈", "贺天成", "赖秋菊"),
)
_ORGANISATIONS = (
    ("青禾县恒丰建材有限公司", "company"),
    ("丰野市宏远置业有限公司", "company"),
    ("青禾县绿源农业有限公司", "company"),
    ("丰野市城乡发展研究所", "research"),
    ("青禾县爱心助学促进会", "public_welfare"),
    ("丰野市清和律师事务所", "legal_service"),
    ("青禾县柳溪镇养殖合作社", "other"),
)


@dataclass(frozen=True, slots=True)
class Applicants:
    """People and organisations by number, always the same."""

    def person(self, number: int) -> PartyFacts:
        """A person who asks."""
        number %= len(_NAMES)
        return PartyFacts(
            kind="natural_person",
            name=_NAMES[number],
            identity_kind=IdentityKind.RESIDENT,
            identity=f"0000001900023{number:04d}X",
            phone=f"000-5550{number:04d}",
            email=f"applicant{number}@qinghe.example",
            address=f"青禾县柳溪镇和平路{number + 1}号",
            postcode="000000",
        )

    def organisation(self, number: int) -> PartyFacts:
        """An organisation that asks."""
        name, kind = _ORGANISATIONS[number % len(_ORGANISATIONS)]
        return PartyFacts(
            kind=kind,
            name=name,
            identity_kind=IdentityKind.CREDIT_CODE,
            identity=f"0000000000DEMO{number % len(_ORGANISATIONS):04d}",
            representative=_NAMES[(number * 7) % len(_NAMES)],
            contact=_NAMES[(number * 7 + 3) % len(_NAMES)],
            phone=f"000-5560{number:04d}",
            email=f"organisation{number}@qinghe.example",
            address=f"青禾县青禾大道{number + 20}号",
            postcode="000000",
        )

    def agent(self, number: int) -> PartyFacts:
        """Somebody who asks for another."""
        name = _NAMES[(number + 11) % len(_NAMES)]
        return PartyFacts(
            kind="natural_person",
            name=name,
            part=Part.AGENT,
            identity_kind=IdentityKind.RESIDENT,
            identity=f"0000001900024{number:04d}X",
            phone=f"000-5570{number:04d}",
        )
