"""An agency's own way of approving a kind of notice (审签设置), within what the law leaves it."""

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.agencies.actions.acting import Actor, changed, require_standing
from gongkai.agencies.actions.acting import journal as agency_journal
from gongkai.agencies.roles import Role
from gongkai.inforequests.models import NoticeSetting
from gongkai.inforequests.notices.kinds import KINDS
from gongkai.inforequests.permissions import SET_NOTICES
from gongkai.kernel.reasons import ActionRefused, Reason

if TYPE_CHECKING:
    from gongkai.agencies.models import Agency

_REVIEW = "《中华人民共和国政府信息公开条例》第十七条"
_CONSENT = "《中华人民共和国政府信息公开条例》第三十三条第二款"


@transaction.atomic
def set_notice(
    actor: Actor, agency: "Agency", kind: str, *, secrecy: bool, legality: bool, signer: str, reason: str
) -> NoticeSetting:
    """Sets how an agency approves a kind of notice, with the reason; notices under review go on as they began."""
    author = actor.author(SET_NOTICES, agency)
    default = KINDS[kind]
    if not reason.strip():
        raise ActionRefused([Reason("reason", "还没有写明理由", "请写明为何这样设置")])
    if Role(signer) not in default.signers:
        only = "、".join(role.label for role in default.signers)
        basis = _CONSENT if len(default.signers) == 1 else ""
        raise ActionRefused([Reason("signer", f"“{default.name}”应由{only}签发", "请改选签发人", basis)])
    if default.releases and not secrecy:
        raise ActionRefused([Reason("secrecy", f"“{default.name}”随附公开的信息，应当审查", "请保留保密审查", _REVIEW)])
    require_standing(agency)
    found = NoticeSetting.objects.filter(agency=agency, kind=kind).first()
    row = found or NoticeSetting(agency=agency, kind=kind)
    set_so = changed(row, {"secrecy": secrecy, "legality": legality, "signer": signer, "reason": reason.strip()})
    if found is not None and not set_so:
        return row
    row.save()
    changes = {
        "kind": (None, default.name),
        "secrecy": (None, "是" if secrecy else "否"),
        "legality": (None, "是" if legality else "否"),
        "signer": (None, Role(signer).label),
        "reason": (None, row.reason),
    }
    agency_journal("inforequests.set_notice", author, agency.public_id, agency, changes)
    return row
