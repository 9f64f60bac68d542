"""What an officer types of a letter that came on paper, by fax, by e-mail or over the counter (条例第二十九条).

A letter that lacks something is taken in all the same: what it lacks is asked of the applicant afterwards (第三十条).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.files.inspection import Inspected
from gongkai.files.purposes import Purpose
from gongkai.files.uploads import UploadField
from gongkai.inforequests.actions.intake import Letter, PartyFacts
from gongkai.inforequests.choices import Channel, IdentityKind, LetterKind, Medium, Part, Way
from gongkai.inforequests.forms import day, one_of, written
from gongkai.inforequests.models.letters import LONGEST_TEXT
from gongkai.law.applicants import APPLICANT_KINDS
from gongkai.ui.adding import AddingForm
from gongkai.ui.forms import Choices, Hinted, OfferingForm

if TYPE_CHECKING:
    from gongkai.agencies.models import Agency

_CHANNELS = [
    (Channel.IN_PERSON.value, Hinted("当面提交", "提交之日就是收到申请之日")),
    (Channel.SIGNED_MAIL.value, Hinted("挂号信、特快专递等要签收的邮件", "签收之日就是收到申请之日，收发室签收也算")),
    (Channel.ORDINARY_MAIL.value, Hinted("平信", "当日要与申请人确认，以确认之日为收到申请之日")),
    (Channel.FAX.value, Hinted("传真", "要与申请人确认，以双方确认之日为收到申请之日")),
    (Channel.INTERNET.value, Hinted("电子邮件", "要与申请人确认，以双方确认之日为收到申请之日")),
]
_KINDS = [(kind.key, Hinted(kind.label, kind.help.rstrip("。"))) for kind in APPLICANT_KINDS]
_SECTIONS = (
    ("怎样来的", ("agency", "channel", "arrived_on", "confirmed_on", "is_unreachable"), False),
    ("要什么", ("kind", "text", "description", "is_oral", "medium", "way"), False),
    (
        "谁申请的",
        (
            *("applicant_kind", "name", "identity_kind", "identity", "representative", "contact"),
            *("phone", "email", "address", "postcode"),
        ),
        False,
    ),
    ("共同申请人", ("others",), True),
    ("代理人", ("agent_name", "agent_identity", "agent_phone"), True),
    ("随申请来的材料", ("attachment", "proof", "more"), False),
)
_PARTED = re.compile(r"[，,、；;\t]+")
_MOST_JOINT = 30


class EnterForm(AddingForm, OfferingForm):
    """A letter as it came."""

    agency = forms.ChoiceField(label="受理机关", error_messages={"required": "请选择"})
    channel = one_of("收到的方式", _CHANNELS)
    arrived_on = day("到达日期", "当面提交、签收或者收到的那一天，不是今天的请改正")
    confirmed_on = day("与申请人确认的日期", "平信、传真和电子邮件才填；还没有确认的留空，登记后再办", required=False)
    is_unreachable = forms.BooleanField(
        label="联系不上申请人", help_text="先登记在案，恢复联系并确认后再起算", required=False
    )
    kind = one_of("申请什么", LetterKind.choices)
    text = written("申请内容", "照申请书的原文录入，不要概括", most=LONGEST_TEXT, rows=8)
    description = written("名称、文号或者其他特征", "申请书写明了才填，如：青水〔2025〕12号", most=300, required=False)
    is_oral = forms.BooleanField(
        label="口头提出，由本机关代为填写",
        help_text="申请人书写确有困难的；填好后读给申请人听，请他确认",
        required=False,
    )
    medium = one_of("要什么形式的信息", Medium.choices)
    way = one_of("怎样取得信息", Way.choices)
    applicant_kind = one_of("申请人类别", _KINDS)
    name = written("申请人姓名或者名称", most=120)
    identity_kind = one_of("身份证明", IdentityKind.choices, "申请书附了哪一种", required=False)
    identity = written("证件号码", "没有附身份证明的留空，登记后告知补正", most=60, required=False)
    representative = written("法定代表人或者负责人", "单位申请的才填", most=60, required=False)
    contact = written("联系人", "单位申请的才填", most=60, required=False)
    phone = written("联系电话", most=40, required=False)
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        max_length=120,
        error_messages={"invalid": "邮箱地址不对，应写作 name@example.com"},
    )
    address = written("通信地址", "邮寄答复的必须有", most=200, required=False)
    postcode = written("邮政编码", most=6, required=False)
    others = written(
        "共同申请人",
        "每行一人：姓名，证件号码。几个人一起申请的才填，按排在最前的申请人归类",
        most=3_000,
        required=False,
        rows=3,
    )
    agent_name = written("代理人姓名", "有人代办的才填", most=120, required=False)
    agent_identity = written("代理人证件号码", most=60, required=False)
    agent_phone = written("代理人电话", most=40, required=False)
    proof = UploadField(Purpose.IDENTITY, required=False, label="身份证明的复印件或者照片")
    attachment = UploadField(Purpose.APPLICATION, required=False, label="申请书扫描件或者附件")
    more = UploadField(Purpose.APPLICATION, required=False, label="其他附件")

    def __init__(self, *args: Any, offers: Mapping[str, Choices], **options: Any) -> None:
        super().__init__(*args, offers=offers, **options)
        if len(offers["agency"]) == 1:
            self.fields["agency"].widget = forms.HiddenInput()

    def sections(self) -> Iterator[dict[str, Any]]:
        """The parts of the page: their heading, their fields; what few letters have is folded until it is used."""
        for title, names, is_rare in _SECTIONS:
            shown = [name for name in names if not self[name].is_hidden]
            is_used = any(self[name].value() or self[name].errors for name in shown)
            yield {"title": title, "fields": self.components(*shown), "is_rare": is_rare, "is_used": is_used}

    def clean_others(self) -> list[tuple[str, str]]:
        """The names and numbers of joint applicants."""
        lines = [line for line in self.cleaned_data["others"].splitlines() if line.strip()]
        if len(lines) > _MOST_JOINT:
            raise forms.ValidationError(f"最多写{_MOST_JOINT}人，其余的请附名单")
        found = []
        for line in lines:
            name, *rest = (part.strip() for part in _PARTED.split(line.strip(), maxsplit=1))
            found.append((name, rest[0] if rest else ""))
        return found

    def clean(self) -> dict[str, Any]:
        """What belongs together: a way that needs an address, an agent's number without a name."""
        typed = super().clean() or self.cleaned_data
        if typed.get("way") == Way.POST and not typed.get("address"):
            self.add_error("address", "选了邮寄，请填写通信地址")
        if typed.get("identity") and not typed.get("identity_kind"):
            self.add_error("identity_kind", "填了证件号码，请选择是哪一种证件")
        if (typed.get("agent_identity") or typed.get("agent_phone")) and not typed.get("agent_name"):
            self.add_error("agent_name", "请填写代理人姓名")
        return typed

    def letter_for(self, agency: "Agency") -> Letter:
        """The letter, ready for the action."""
        typed = self.cleaned_data
        return Letter(
            agency=agency,
            channel=typed["channel"],
            kind=typed["kind"],
            text=typed["text"],
            description=typed["description"],
            medium=typed["medium"],
            way=typed["way"],
            parties=self._parties(),
            arrived_on=typed["arrived_on"],
            confirmed_on=typed["confirmed_on"],
            is_unreachable=typed["is_unreachable"],
            is_oral=typed["is_oral"],
            public_id=typed["new"].public_id,
        )

    @property
    def uploads(self) -> Sequence[Inspected]:
        """What came with the letter."""
        found = (self.cleaned_data[name] for name in ("proof", "attachment", "more"))
        return [file for file in found if file is not None]

    def _parties(self) -> list[PartyFacts]:
        typed = self.cleaned_data
        kind = typed["applicant_kind"]
        optional = ("representative", "contact", "phone", "email", "address", "postcode")
        first = PartyFacts(
            kind=kind,
            name=typed["name"],
            identity_kind=typed["identity_kind"] or IdentityKind.OTHER,
            identity=typed["identity"],
            **{name: typed[name] for name in optional},
        )
        parties = [first]
        for name, identity in typed["others"]:
            parties.append(PartyFacts(kind=kind, name=name, identity_kind=first.identity_kind, identity=identity))
        if typed["agent_name"]:
            parties.append(
                PartyFacts(
                    kind="natural_person",
                    name=typed["agent_name"],
                    identity_kind=IdentityKind.RESIDENT,
                    identity=typed["agent_identity"],
                    phone=typed["agent_phone"],
                    part=Part.AGENT,
                )
            )
        return parties
