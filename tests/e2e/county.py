"""A small county to walk through with a browser: every page has something on it, long names among them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from openpyxl import load_workbook
from tests.inforequests.cases import a_letter
from tests.inforequests.issuing import FIELDS

from gongkai.agencies.actions import office, people, tree
from gongkai.agencies.actions.acting import Actor
from gongkai.agencies.exchange import uploads
from gongkai.agencies.exchange.export import export
from gongkai.agencies.exchange.reading import read_book
from gongkai.agencies.exchange.uploads import Upload
from gongkai.agencies.models import Agency, Channel, GuideText, LeadingGroupMember, Unit, User
from gongkai.agencies.roles import ChannelKind, Kind, Level, Role
from gongkai.inforequests.actions import handling, intake
from gongkai.inforequests.actions.drafting import draft_notice
from gongkai.kernel.clock import at

_VARIABLE = re.compile(r"{\w+}")
PASSWORD = "qinghe-2026-demo"
SYSTEM = Actor(None)
FOUNDED, SINCE = date(2019, 3, 1), date(2026, 3, 2)
LONG_TEXT = (
    "申请公开青禾县老旧小区改造2025年度项目清单，包括小区名称、改造内容、计划投资和开工、竣工日期。\n"
    "其中清河路18号院（https://example.com/qinghe/laojiuxiaoqugaizao/2025/18haoyuan.html）的预算，请一并提供。"
)
LONG_NAME = "青禾县工业和信息化局（青禾县中小企业服务局、青禾县大数据发展中心）"
FUNCTIONS = "企业技术改造和设备更新补助、中小企业服务、通信基站建设协调、民爆行业安全监管。"
STAFF = (
    ("李建国", Role.HEAD),
    ("欧阳慧敏", Role.DEPUTY_HEAD),
    ("赵刚", Role.OFFICE_HEAD),
    ("王敏", Role.CLERK),
    ("陈静", Role.SECRECY_REVIEWER),
    ("周海涛", Role.LEGALITY_REVIEWER),
)
OFFICER_ROLES = (Role.CLERK, Role.OFFICE_HEAD, Role.SECRECY_REVIEWER, Role.SEAL_KEEPER)
"""What the one who opens the pages of requests is: a small office's all-rounder."""
ADMINS = {"system": Role.SYSTEM_ADMIN, "security": Role.SECURITY_ADMIN, "audit": Role.AUDIT_ADMIN}


@dataclass(frozen=True, slots=True)
class County:
    """What addresses need: the value of each variable part, and the users by what they are."""

    parts: dict[str, str]
    users: dict[str, User]

    def addresses(self) -> Iterator[tuple[str, str]]:
        """The name and address of every page that can be opened by a link."""
        for name, pattern, variables in _patterns(get_resolver().url_patterns):
            if not name.startswith(_NOT_PAGES) and name != "ledger":
                yield name, "/" + pattern.format(**{part: self._value(name, part) for part in variables})

    def user_for(self, name: str) -> User | None:
        """Who opens a page: nobody the sign-in page, the security administrator accounts, and so on."""
        if name == "account_login" or not pattern_of(name).startswith("office/"):
            return None
        if pattern_of(name).startswith(("office/cases/", "office/notices/")):
            return self.users["officer"]
        if name.startswith(("account_", "accounts")) or name == "account":
            return self.users["security"]
        return self.users["audit" if name.startswith("journal") else "system"]

    def _value(self, name: str, part: str) -> str:
        group = "account" if name == "account" or name.startswith("account_") else name
        return self.parts.get(f"{group}.{part}") or self.parts[part]


_NOT_PAGES = ("apply_", "query_", "case_file", "notice_file", "health", "public_guide_file", "exchange_blank", "mfa_download", "mfa_authenticate", "mfa_reauthenticate", "mfa_signup", "mfa_login", "mfa_trust", "mfa_edit", "mfa_remove")  # fmt: skip
"""Pages of a draft or an open case (test_apply), signs of life, downloads, steps of a sign-in under way, and passkeys, which need one that is registered."""


def build() -> County:
    """Builds the county through the acts of the office."""
    with at(SINCE):
        government = _agency("青禾县人民政府", "QH", Kind.GOVERNMENT, None)
        general = _agency("青禾县人民政府办公室", "QH-ZFB", Kind.OFFICE, government)
        bureau = _agency(
            LONG_NAME, "QH-GXJ", Kind.DEPARTMENT, general, short_names="工信局 工信委", functions=FUNCTIONS
        )
        merged = _agency("青禾县科学技术局", "QH-KJJ", Kind.DEPARTMENT, general)
        tree.merge_agency(SYSTEM, merged, into=[bureau], on=date(2026, 3, 1), basis="青编〔2026〕3号")
        unit = tree.open_unit(SYSTEM, bureau, name="政策法规股", from_on=FOUNDED, duties="法制审核、行政复议和应诉。")
        parts = {"public_id": bureau.public_id, "unit_id": unit.public_id}
        for place, (name, role) in enumerate(STAFF):
            person = people.add_person(SYSTEM, bureau, name=name, phone=f"0375-805123{place}")
            people.give_post(SYSTEM, person, bureau, title="二级主任科员", from_on=FOUNDED)
            row = people.appoint(SYSTEM, person, role, agency=bureau, from_on=SINCE, basis="青工信人〔2026〕2号")
            if role is Role.CLERK:
                parts |= {"person_id": person.public_id, "appointment_id": row.public_id}
                account = _user(bureau, "wangmin", person=person)
        _office(bureau)
        officer = people.add_person(SYSTEM, bureau, name="何平")
        for role in OFFICER_ROLES:
            people.appoint(SYSTEM, officer, role, agency=bureau, from_on=SINCE)
        people.appoint(SYSTEM, officer, Role.UNIT_HANDLER, agency=bureau, unit=unit, from_on=SINCE)
        users = {"clerk": account, "officer": _user(bureau, "heping", person=officer)}
        parts |= _case(bureau, unit)
        for name, role in ADMINS.items():
            person = people.add_person(SYSTEM, general, name=f"{role.label[:2]}员甲")
            people.appoint(SYSTEM, person, role, agency=None, from_on=SINCE)
            users[name] = _user(general, name, person=person)
        candidate = people.add_person(SYSTEM, bureau, name="孙悦")
        channel = Channel.objects.filter(agency=bureau).order_by("id")[0]
        parts |= {"part": GuideText.Part.OBTAINING, "kind": "channel", "row_id": channel.public_id}
        parts |= {"account.public_id": account.public_id, "account.person_id": candidate.public_id}
    parts |= {
        "exchange_trial.upload_id": _upload(phone="0375-8051240", role="局长"),
        "exchange_confirm.upload_id": _upload(phone="0375-8051240", role="主要领导"),
    }
    return County(parts, users)


def _case(bureau: Agency, unit: Unit) -> dict[str, str]:
    """A case given to a unit, with a secret carrier pointed to and a notice drafted: what its addresses need."""
    filed = intake.file_request(a_letter(bureau, text=LONG_TEXT))
    intake.register_request(SYSTEM, filed.request, opinion="请政策法规股查找后提出意见。")
    case = filed.request.items.get()
    handling.assign(SYSTEM, case, units=[unit], due_on=date(2026, 3, 16), task="请提供项目清单，并提出能否公开的意见")
    release = handling.add_release(SYSTEM, case, file=None, note="机要柜3号", is_pointer=True)
    notice = draft_notice(SYSTEM, case, "clarification", fields=FIELDS)
    return {
        "case_id": case.public_id,
        "release_id": release.public_id,
        "notice_id": notice.public_id,
        "notice_kind": "granted",
        "letter_kind": "registration",
    }


def session_of(user: User) -> dict[str, str]:
    """The cookie of a session in which a user is wholly signed in."""
    client = Client()
    client.force_login(user)
    request = RequestFactory().get("/")
    request.session = client.session
    record_authentication(request, user, "password")
    request.session.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}


def pattern_of(name: str) -> str:
    """The address of a name, with its variable parts in braces."""
    return next(pattern for each, pattern, _ in _patterns(get_resolver().url_patterns) if each == name)


def _patterns(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, str, list[str]]]:
    for each in patterns:
        route = before + _braced(str(each.pattern))
        if isinstance(each, URLResolver):
            yield from _patterns(each.url_patterns, route)
        elif each.name:
            yield each.name, route, [part[1:-1] for part in _VARIABLE.findall(route)]


def _braced(route: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)


def _agency(name: str, code: str, kind: Kind, parent: Agency | None, **values: str) -> Agency:
    return tree.found_agency(
        SYSTEM, name=name, code=code, kind=kind, level=Level.COUNTY, parent=parent, from_on=FOUNDED, **values
    )


def _office(bureau: Agency) -> None:
    address = "青禾县人民路 88 号 3 楼 306 室"
    office.set_office(
        SYSTEM, bureau, from_on=FOUNDED, name=f"{LONG_NAME}办公室", address=address, phone="0375-8051234",
        hours="工作日 8:30—12:00，14:30—17:30",
    )  # fmt: skip
    office.open_channel(SYSTEM, bureau, kind=ChannelKind.WINDOW, details=address, from_on=FOUNDED)
    office.open_channel(SYSTEM, bureau, kind=ChannelKind.POST, details=f"邮编 467200，{address}", from_on=FOUNDED)
    text = "本机关主动公开的政府信息包括机构职能、规范性文件、财政预决算、行政许可等。\n按主题和时间编排。"
    office.write_guide_text(SYSTEM, bureau, part=GuideText.Part.INFORMATION, text=text, from_on=FOUNDED)
    people_of = list(bureau.appointments.order_by("id"))
    office.add_office_member(SYSTEM, bureau, people_of[3].person, from_on=SINCE, is_full_time=True, is_established=True)
    office.add_group_member(
        SYSTEM, bureau, people_of[0].person, from_on=SINCE, part=LeadingGroupMember.Part.LEADER, duties="全面负责"
    )


def _upload(*, phone: str, role: str) -> str:
    """A workbook of the organisation in which somebody's phone and role are others."""
    workbook = load_workbook(BytesIO(export(SYSTEM)))
    workbook["人员"]["E2"] = phone
    workbook["任用"]["E2"] = role
    changed = BytesIO()
    workbook.save(changed)
    return uploads.keep(Upload("青禾县机构和人员资料.xlsx", read_book(changed.getvalue())))


def _user(agency: Agency, username: str, **values: object) -> User:
    user = User.objects.create_user(username, PASSWORD, **values)
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    return user
