"""Who may do what with requests: each act, the roles that do it, how far they reach.

`TURN` acts are done by whose turn it is: the role, and where the case lies with a unit, that unit.
"""

from collections.abc import Iterable

from gongkai.agencies.permissions import Authority
from gongkai.agencies.roles import Role
from gongkai.kernel.registry import Act, Scope

_OFFICE: dict[str, str] = {Role.CLERK: Scope.OWN, Role.OFFICE_HEAD: Scope.OWN}
_REVIEWERS: tuple[str, ...] = (
    Role.OFFICE_HEAD,
    Role.DEPUTY_HEAD,
    Role.HEAD,
    Role.SECRECY_REVIEWER,
    Role.LEGALITY_REVIEWER,
)
_INSIDE: dict[str, str] = {
    **dict.fromkeys(
        map(str, (*_REVIEWERS, Role.CLERK, Role.WINDOW_CLERK, Role.SEAL_KEEPER, Role.ARCHIVIST)), Scope.OWN
    ),
    Role.UNIT_HANDLER: Scope.UNIT,
    Role.SECTION_HEAD: Scope.UNIT,
}

BELONG = Act("inforequests.belong", "在本机关办理", _INSIDE)
"""Being of the office that handles a case, in whatever role: who oversees it looks on from outside."""
SEE = Act("inforequests.see", "查看办件", {**_INSIDE, Role.SUPERVISOR: Scope.BELOW})
READ_NOTICES = Act(
    "inforequests.read_notices", "查看文书", {role: scope for role, scope in _INSIDE.items() if scope == Scope.OWN}
)
"""A notice names its addressee: whoever only searches for the information, or oversees the office, does without."""
ENTER = Act("inforequests.enter", "登记收到的申请", {**_OFFICE, Role.WINDOW_CLERK: Scope.OWN})
HANDLE = Act("inforequests.handle", "办理申请", _OFFICE)
"""Confirming, registering, assigning, asking the applicant, deciding, drafting, serving, recording what came."""
ANSWER = Act("inforequests.answer", "承办", {Role.UNIT_HANDLER: Scope.UNIT, Role.SECTION_HEAD: Scope.UNIT})
"""Searching, handing in documents and an opinion, returning what is not the unit's."""
WORK = Act("inforequests.work", "提交检索记录和材料", {**_OFFICE, **ANSWER.scopes})
"""Done by the office, or by the unit while the case is given to it."""
CLEAR = Act("inforequests.clear", "审查拟公开的文件", {Role.SECRECY_REVIEWER: Scope.OWN, Role.OFFICE_HEAD: Scope.OWN})
REVIEW = Act("inforequests.review", "审签", dict.fromkeys(_REVIEWERS, Scope.TURN))
SEAL = Act("inforequests.seal", "用印", {Role.SEAL_KEEPER: Scope.OWN})
CONFIRM = Act(
    "inforequests.confirm_original",
    "与原件核对",
    {**_OFFICE, Role.WINDOW_CLERK: Scope.OWN, Role.SEAL_KEEPER: Scope.OWN, Role.ARCHIVIST: Scope.OWN},
)
"""Comparing what another entered with the paper that it was entered from."""
FILE = Act("inforequests.file", "归档", {**_OFFICE, Role.ARCHIVIST: Scope.OWN})
OPEN_IDENTITY = Act("inforequests.open_identity", "查看申请人身份信息", {**_OFFICE, Role.WINDOW_CLERK: Scope.OWN})
CORRECT = Act("inforequests.correct", "更正办理步骤", {Role.OFFICE_HEAD: Scope.OWN})
EXPORT = Act("inforequests.export", "导出台账", {**_OFFICE, Role.HEAD: Scope.OWN, Role.DEPUTY_HEAD: Scope.OWN})
SET_NOTICES = Act("inforequests.set_notices", "设置审签", {Role.OFFICE_HEAD: Scope.OWN})

OWN_ACTS = (
    READ_NOTICES,
    *(SEE, ENTER, HANDLE, ANSWER, WORK, CLEAR, REVIEW, SEAL, CONFIRM),
    *(FILE, OPEN_IDENTITY, CORRECT, EXPORT, SET_NOTICES),
)


def units_of(authority: Authority, roles: Iterable[str]) -> frozenset[int]:
    """The units in which somebody has one of the roles; the cases given to them are his."""
    wanted = set(roles)
    return frozenset(row.unit_id for row in authority.standings if row.role in wanted and row.unit_id is not None)
