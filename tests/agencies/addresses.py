"""One line per address: which role may open it at its own agency, at one below, at another; all others get 403.

`ANYWHERE` is own, below and other; an address that belongs to no agency has only `ANYWHERE`. Who is not signed in is
led to the sign-in page (302), but for the public pages.
"""

from dataclasses import dataclass, field

from gongkai.agencies.roles import Role

OWN, BELOW, OTHER = "own", "below", "other"
ANYWHERE = (OWN, BELOW, OTHER)
NONE = "none"
"""Somebody with a login who is appointed to nothing."""
ROLES = (*(str(role) for role in Role), NONE)


@dataclass(frozen=True, slots=True)
class Line:
    """Role → the places where it gets 200; `nobody` is the status without a session.

    `everybody`: what a GET gets whoever asks, for pages of the public face that need a draft, an open case, or a form.
    `sees`: role → the places whose cases it may see at all; elsewhere what is asked for is not there (404).
    """

    may: dict[str, tuple[str, ...]] = field(default_factory=dict)
    nobody: int = 302
    everybody: int = 0
    sees: dict[str, tuple[str, ...]] | None = None

    def status(self, role: str, place: str) -> int:
        """What a role gets at a place."""
        if self.everybody or place in self.may.get(role, ()):
            return self.everybody or 200
        return 403 if self.sees is None or place in self.sees.get(role, ()) else 404


def may(**roles: tuple[str, ...]) -> Line:
    return Line(roles)


SEES = {
    **dict.fromkeys(
        (
            *("clerk", "office_head", "deputy_head", "head", "secrecy_reviewer", "legality_reviewer"),
            *("window_clerk", "seal_keeper", "archivist"),
        ),
        (OWN,),
    ),
    "supervisor": (OWN, BELOW),
}
"""Who sees the cases of which places; the people of a unit see only what was given to it."""


def on_case(*roles: str) -> Line:
    """An act on a case, or on a notice of it, that these roles do at their own agency."""
    return Line(dict.fromkeys(roles, (OWN,)), sees=SEES)


PUBLIC = Line(dict.fromkeys(ROLES, ANYWHERE), nobody=200)
LED_BACK = Line(everybody=302)
"""To the page where a draft or a case begins."""
ONLY_SENT = Line(everybody=405)
STAFF = Line(dict.fromkeys(ROLES, ANYWHERE))
APPOINTED = Line({role: ANYWHERE for role in ROLES if role != NONE})
SECURITY = may(security_admin=ANYWHERE)
TREE = may(system_admin=ANYWHERE)
KEEPERS = may(system_admin=ANYWHERE, office_head=(OWN,), clerk=(OWN,))
APPOINTERS = may(system_admin=ANYWHERE, head=(OWN,), office_head=(OWN,))
MISSING = may(system_admin=ANYWHERE, office_head=ANYWHERE, clerk=ANYWHERE, supervisor=ANYWHERE)

SEEN = Line(SEES, sees=SEES)
READ = Line({role: places for role, places in SEES.items() if role != "supervisor"}, sees=SEES)
HANDLED = on_case("clerk", "office_head")
COMPARED = on_case("clerk", "office_head", "window_clerk", "seal_keeper", "archivist")
DESK = may(**dict.fromkeys((*SEES, "unit_handler", "section_head"), ANYWHERE))
ENTERED = may(clerk=ANYWHERE, office_head=ANYWHERE, window_clerk=ANYWHERE)

ADDRESSES = {
    "health": PUBLIC,
    "county": PUBLIC,
    "public_agency": PUBLIC,
    "public_guide": PUBLIC,
    "public_guide_file": PUBLIC,
    "apply": PUBLIC,
    "apply_content": LED_BACK,
    "apply_applicant": LED_BACK,
    "apply_sort": LED_BACK,
    "apply_joint": LED_BACK,
    "apply_joint_change": Line(everybody=404),
    "apply_agent": LED_BACK,
    "apply_delivery": LED_BACK,
    "apply_check": LED_BACK,
    "apply_receipt": PUBLIC,
    "apply_receipt_file": LED_BACK,
    "apply_discard": ONLY_SENT,
    "query": PUBLIC,
    "query_case": LED_BACK,
    "query_how": LED_BACK,
    "query_clarify": LED_BACK,
    "query_explain": LED_BACK,
    "query_withdraw": LED_BACK,
    "query_other": ONLY_SENT,
    "query_file": LED_BACK,
    "query_close": ONLY_SENT,
    "query_recover": PUBLIC,
    "query_recover_asked": PUBLIC,
    "query_recover_code": Line(everybody=404),
    "desk": DESK,
    "find": ENTERED,
    "enter": ENTERED,
    "entered": ENTERED,
    "ledgers": may(clerk=ANYWHERE, office_head=ANYWHERE, head=ANYWHERE, deputy_head=ANYWHERE),
    "ledger": may(clerk=(OWN,), office_head=(OWN,), head=(OWN,), deputy_head=(OWN,)),
    "case": SEEN,
    "case_clock": SEEN,
    "case_file": SEEN,
    "case_evidence": SEEN,
    "case_identity": on_case("clerk", "office_head", "window_clerk"),
    **dict.fromkeys(
        (
            *("case_confirm", "case_register", "case_split", "case_assign", "case_search", "case_release"),
            *("case_clarified", "case_explained", "case_consulted", "case_paid", "case_withdraw", "case_reopen"),
            *("case_decide", "case_clarify", "case_consult", "case_extend", "case_reasons", "case_defer"),
            *("case_charge", "case_letters", "case_letter"),
        ),
        HANDLED,
    ),
    "case_answer": on_case(),
    "case_clear": on_case("secrecy_reviewer", "office_head"),
    "case_release_review": on_case("secrecy_reviewer", "office_head"),
    "case_correct": on_case("office_head"),
    "case_archive": on_case("clerk", "office_head", "archivist"),
    "notice": READ,
    "notice_file": READ,
    **dict.fromkeys(
        (
            *("notice_change", "notice_submit", "notice_discard", "notice_enter_paper", "notice_serve"),
            *("notice_received", "notice_failed", "notice_provide"),
        ),
        HANDLED,
    ),
    "notice_review": on_case("office_head", "deputy_head", "head", "secrecy_reviewer", "legality_reviewer"),
    "notice_seal": on_case("seal_keeper"),
    **dict.fromkeys(("notice_confirm_paper", "notice_confirm_seal"), COMPARED),
    "notice_settings_index": may(office_head=ANYWHERE),
    "notice_settings": may(office_head=(OWN,)),
    "notice_setting": may(office_head=(OWN,)),
    "office": STAFF,
    "gallery": STAFF,
    "accounts": SECURITY,
    "account_candidates": SECURITY,
    "account_issue": SECURITY,
    "account": SECURITY,
    "account_renew_password": SECURITY,
    "account_switch_off": SECURITY,
    "account_switch_on": SECURITY,
    "account_reset_second_factor": SECURITY,
    "account_end_sessions": SECURITY,
    "journal": may(audit_admin=ANYWHERE, office_head=ANYWHERE, supervisor=ANYWHERE),
    "journal_installation": may(audit_admin=ANYWHERE),
    "journal_agency": may(audit_admin=ANYWHERE, office_head=(OWN,), supervisor=(OWN, BELOW)),
    "agencies": APPOINTED,
    "agencies_missing": MISSING,
    "agency_found": TREE,
    "exchange": TREE,
    "exchange_export": TREE,
    "exchange_blank": TREE,
    "exchange_upload": TREE,
    "exchange_trial": TREE,
    "exchange_confirm": TREE,
    "agency": APPOINTED,
    "agency_units": APPOINTED,
    "agency_office": APPOINTED,
    "agency_guide": APPOINTED,
    "agency_people": APPOINTED,
    "person": APPOINTED,
    "agency_change": KEEPERS,
    "agency_move": TREE,
    "agency_review_organ": TREE,
    "agency_rename": TREE,
    "agency_merge": TREE,
    "unit_open": KEEPERS,
    "unit_change": KEEPERS,
    "unit_close": KEEPERS,
    "office_set": KEEPERS,
    "office_member_add": KEEPERS,
    "group_member_add": KEEPERS,
    "guide_write": KEEPERS,
    "channel_open": KEEPERS,
    "row_correct": KEEPERS,
    "row_end": KEEPERS,
    "person_add": KEEPERS,
    "people_find": APPOINTERS,
    "person_change": KEEPERS,
    "person_post": KEEPERS,
    "person_appoint": APPOINTERS,
    "person_leave": APPOINTERS,
    "person_hand_over": APPOINTERS,
    "appointment_end": APPOINTERS,
    "appointment_delegate": APPOINTERS,
}
BY_PREFIX = {"office/sign-in/": (200,), "office/account/": (200, 302)}
"""Addresses of allauth: what they answer to somebody without a session. None tells anything of the house."""
