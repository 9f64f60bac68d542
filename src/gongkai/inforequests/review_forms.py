"""What is typed where a notice is reviewed, sealed, served, and where it is set who reviews it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.files.purposes import Purpose
from gongkai.files.uploads import UploadField
from gongkai.inforequests.choices import HandlingKind, Way
from gongkai.inforequests.forms import day, one_of, written
from gongkai.ui.forms import Form, Hinted

LONGEST_PROOF = 140
"""Characters: what proves that a notice was sent and that it arrived stand together in one column."""
CHECKS = {
    HandlingKind.SECRECY_REVIEWED: (
        ("国家秘密", Hinted("没有国家秘密", "看密级标志，也看内容；拿不准的退回，报有权机关确定")),
        ("工作秘密", Hinted("没有工作秘密", "内部管理中不宜公开的事项")),
        ("商业秘密", Hinted("没有商业秘密", "或者权利人已经同意、依法决定公开")),
        ("个人隐私", Hinted("没有个人隐私", "申请人以外的人的姓名、证件号码、住址、账号已经遮盖")),
        ("三安全一稳定", Hinted("不会危及“三安全一稳定”", "国家安全、公共安全、经济安全和社会稳定")),
    ),
    HandlingKind.LEGALITY_REVIEWED: (
        ("依据", Hinted("依据的条款正确", "条、款、项与认定的事实相符")),
        ("理由", Hinted("理由写明了事实", "经得起复议和诉讼，逐项有答复")),
        ("程序", Hinted("程序合法", "期限、告知、征求意见、检索记录都在案")),
        ("救济", Hinted("救济告知正确", "复议机关、法院和期限，是否复议前置")),
    ),
}
"""What each review looks at, one by one: the word for the record, the statement to be ticked with what to look for."""
_ALL_TO_TICK = "还有 {} 项没有勾选；有一项做不到的，请退回修改"


class ReviewForm(Form):
    """An opinion; before an agreement everything that the review looks at is ticked."""

    checks = forms.MultipleChoiceField(required=False)
    opinion = written("意见", "同意的可不填；退回的写明要修改什么", most=500, rows=3, required=False)

    def __init__(self, data: Any = None, files: Any = None, *, act: str, is_agreed: bool, **options: Any) -> None:
        super().__init__(data, files, **options)
        self.wanted = CHECKS.get(HandlingKind(act), ())
        self.is_agreed = is_agreed
        if self.wanted:
            self.fields["checks"] = _checks(self.wanted, required=is_agreed or data is None)
        else:
            del self.fields["checks"]

    def clean_checks(self) -> list[str]:
        """What was ticked; for an agreement all of it."""
        ticked: list[str] = self.cleaned_data["checks"]
        left = len(self.wanted) - len(ticked)
        if self.is_agreed and left:
            raise forms.ValidationError(_ALL_TO_TICK.format(left))
        return ticked

    def clean_opinion(self) -> str:
        """The opinion; a notice is not sent back without one."""
        opinion: str = self.cleaned_data["opinion"].strip()
        if not self.is_agreed and not opinion:
            raise forms.ValidationError("退回的，请写明要修改什么")
        return opinion

    @property
    def told(self) -> str:
        """The opinion as it goes on record, with what was looked at."""
        opinion: str = self.cleaned_data["opinion"]
        if not (self.wanted and self.is_agreed):
            return opinion
        looked_at = "、".join(word for word, _ in self.wanted)
        return f"{opinion or '同意'}（已逐项审查：{looked_at}）"


def _checks(wanted: Sequence[tuple[str, str]], *, required: bool) -> forms.MultipleChoiceField:
    hint = "同意的，每项都要看过并勾选"
    messages = {"invalid_choice": "请从列出的几项中选择", "required": _ALL_TO_TICK.format(len(wanted))}
    return forms.MultipleChoiceField(
        label="逐项审查", help_text=hint, choices=list(wanted), required=required, error_messages=messages
    )


class PaperForm(Form):
    """What somebody wrote on paper, entered for him."""

    person = one_of("签批人", ())
    decision = one_of("签批结果", (("agree", "同意"), ("return", "退回修改")))
    opinion = written("签批意见", "照纸质件原样录入；退回的必须填写", most=500, rows=3, required=False)
    on = day("签批日期", "纸质件上写的日期")
    scan = UploadField(
        Purpose.CASE, label="纸质签批的扫描件", help_text="供核对的人对照；纸质件仍归入案卷", required=False
    )

    def __init__(self, *given: Any, people: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["person"] = one_of("签批人", people)


class ReleaseForm(Form):
    """Whether a file may go out."""

    is_cleared = one_of("审查结论", (("yes", "可以公开"), ("no", "不可以公开")))
    review = written("审查意见", "写明结论和依据；不可以公开的，写明涉及什么", most=500, rows=3)


class ReasonedForm(Form):
    """Why something is done."""

    reason = written("理由", most=200, rows=3)


class SealForm(Form):
    """The sealed file."""

    file = UploadField(Purpose.CASE, label="用印后的文件")


class ServeForm(Form):
    """How a notice goes out."""

    way = one_of("送达方式", ())
    sent_on = day("送达日期", "邮寄的写交邮之日，当面的写签收之日；网上送达的是今天")
    tracking = written("邮件号码", "邮寄的填写，如：EA123456789CN", most=40, required=False)
    is_courier = forms.BooleanField(
        label="由邮政企业以外的快递企业寄送",
        help_text="不以交寄之日判断是否按期，以收到之日为准",
        required=False,
    )
    is_letter_only = forms.BooleanField(
        label="只送达告知书", help_text="所附文件暂缓提供的勾选；网上下载的不用勾选", required=False
    )
    proof = written("送达证明", "签收人、回证编号或者交寄凭证", most=LONGEST_PROOF, required=False)
    proof_file = UploadField(Purpose.CASE, label="证明材料", required=False)

    def __init__(self, *given: Any, ways: Sequence[Way], is_held: bool, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["way"] = one_of("送达方式", [(way, way.label) for way in ways])
        if not is_held:
            del self.fields["is_letter_only"]


class ProvideForm(Form):
    """How the documents were handed over that were held back."""

    way = one_of("提供方式", [(way, way.label) for way in Way if way is not Way.DOWNLOAD])
    on = day("提供日期", "邮寄的写交邮之日，当面的写签收之日")
    proof = written("提供的证明", "签收人、回证编号或者交寄凭证", most=LONGEST_PROOF)


class ReceivedForm(Form):
    """That a notice arrived."""

    on = day("收到日期", "签收之日；拒收的写拒收之日")
    proof = written("送达证明", "如：邮政查询结果“已签收”，签收人本人", most=LONGEST_PROOF)


class FailedForm(Form):
    """That a notice came back."""

    on = day("退回日期")
    failure = written("未送达的原因", "如：地址不详、查无此人、逾期未领", most=200)


class SettingForm(Form):
    """Who reviews and signs a kind of notice."""

    secrecy = forms.BooleanField(label="保密审查", required=False)
    legality = forms.BooleanField(label="法制审核", required=False)
    signer = one_of("签发人", ())
    reason = written("理由", "如：本机关没有法制机构，由工作机构负责人一并审核", most=200, rows=3)

    def __init__(self, *given: Any, signers: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["signer"] = one_of("签发人", signers)
