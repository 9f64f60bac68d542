"""Which letter may be drafted in a case when, for whom, and why not."""

from datetime import date

from gongkai.agencies.actions.acting import Actor
from gongkai.inforequests.models import Decision, Item
from gongkai.inforequests.notices.kinds import KINDS
from gongkai.inforequests.permissions import HANDLE
from gongkai.inforequests.rules import CASE_ACTS, Against, CaseAct, open_notice, reasons_against
from gongkai.inforequests.steps import is_correction
from gongkai.kernel.reasons import Reason

_ACTS = {
    "clarification": "clarify",
    "extension": "extend",
    "reasons": "reasons",
    "deferral": "defer",
    "fee": "charge",
    "third_party_consultation": "consult",
    "organ_consultation": "consult",
    "confirmation_consultation": "consult",
    "correction": "decide",
}
"""The act on a case that drafts a kind of letter; the others have rules of their own below."""
_OF_CORRECTIONS = ("registration", "correction")
_ABOUT_CONSULTATIONS = ("consultation_told", "third_party_disclosure")


def reasons_against_drafting(item: Item, kind: str, actor: Actor, on: date) -> list[Reason]:
    """Why somebody may not draft a letter of a kind in a case on a day; empty where he may."""
    act = CASE_ACTS[_ACTS[kind]] if kind in _ACTS else CaseAct("letter", HANDLE, KINDS[kind].name, "", _letter(kind))
    found = reasons_against(act, item, actor, on)
    if not found and (kind not in _OF_CORRECTIONS if is_correction(item) else kind == "correction"):
        found = [Reason("kind", f"“{KINDS[kind].name}”不适用于这一件", "请选择别的文书")]
    return found


def _letter(kind: str) -> Against:
    """What is against the letters that no act of the table drafts."""

    def against(item: Item, _on: date) -> list[Reason]:
        name = KINDS[kind].name
        if KINDS[kind].is_reply and kind != "withdrawn":
            return [Reason("reply", f"“{name}”要先作出答复决定", "请从“作出答复”拟稿")]
        if item.request.registered_at is None:
            return [Reason("unregistered", "这一件还没有登记", "请先“登记”")]
        # Each third party is told by a letter of his own.
        if open_notice(item, kind) is not None and kind != "third_party_disclosure":
            return [Reason("under_way", f"“{name}”已经在办", "请在“文书”中继续")]
        if kind == "withdrawn" and not _is_withdrawn_untold(item):
            return [Reason("not_withdrawn", "没有登记申请人撤回", "请先“登记撤回”")]
        if kind in _ABOUT_CONSULTATIONS and not item.consultations.filter(notices__steps__isnull=False).exists():
            return [Reason("no_letter", "还没有发出征求意见书", "请先征求意见")]
        return []

    return against


def _is_withdrawn_untold(item: Item) -> bool:
    return Decision.objects.filter(item=item, round=item.round, outcome="withdrawn_end", notice=None).exists()
