"""Reading notices: who sees which, who approves, what was changed since, which files go out with an answer."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from gongkai.agencies.permissions import Authority
from gongkai.agencies.roles import Role
from gongkai.files.queries import NoSuchFile, file_of
from gongkai.inforequests.chains import chain_for
from gongkai.inforequests.models import Item, Notice, Release
from gongkai.inforequests.notices.kinds import KINDS
from gongkai.inforequests.queries import visible
from gongkai.ui.differences import parts

if TYPE_CHECKING:
    from gongkai.agencies.models import Agency

WORDS_OF_ROLES: Mapping[str, str] = {
    Role.SECRECY_REVIEWER: "保密审查",
    Role.LEGALITY_REVIEWER: "法制审核",
    Role.OFFICE_HEAD: "工作机构负责人",
    Role.DEPUTY_HEAD: "分管领导",
    Role.HEAD: "主要领导",
}
"""What each place in a chain is called."""
_WAITING, _CLEARED, _NOT_CLEARED = "待保密审查", "可以公开", "不得公开"


def notice_of(public_id: str, authority: Authority) -> Notice | None:
    """The notice of that public id; None where there is none, or no case of it is for these eyes."""
    rows = Notice.objects.filter(public_id=public_id, items__in=visible(authority).values("pk"))
    return rows.select_related("agency", "drafted_by", "sealed_by", "seal_confirmed_by", "consultation").first()


def chain_words(agency: "Agency", kind: str) -> str:
    """Who reviews a kind of notice at an agency before it goes out, in order."""
    return "送审：" + " → ".join(WORDS_OF_ROLES[place.role] for place in chain_for(agency, KINDS[kind]))


def entries_of_releases(notice: Notice, items: Sequence[Item], *, may_clear: bool) -> list[dict[str, Any]]:
    """The files that go out with a notice, as a list shows them; none where its kind gives nothing out."""
    if not KINDS[notice.kind].releases:
        return []
    return [one for item in items for one in released(item, may_clear=may_clear)]


def released(item: Item, *, may_clear: bool) -> list[dict[str, Any]]:
    """The files that go out with an answer, each with its state and where it is opened, and by whom may, reviewed."""
    return [
        {
            "what": name_of_release(row),
            "text": state_of_release(row) + (f"：{row.review}" if row.review else ""),
            "links": list(_links(item, row, may_clear=may_clear)),
        }
        for row in item.releases.select_related("item").order_by("id")
    ]


def _links(item: Item, row: Release, *, may_clear: bool) -> Iterator[dict[str, str]]:
    if row.file:
        yield {"label": "打开", "href": reverse("case_file", args=[item.public_id, row.file])}
    if may_clear and row.reviewed_at is None:
        yield {"label": "审查", "href": reverse("case_release_review", args=[item.public_id, row.public_id])}


def name_of_release(release: Release) -> str:
    """What a released file is called; a pointer tells where the carrier lies."""
    if release.is_pointer:
        return f"（不上传，只记存放处）{release.note}"
    try:
        return file_of(release.file, owner=release.item.public_id).name
    except NoSuchFile:
        return "（文件已清除）"


def state_of_release(release: Release) -> str:
    """How far its review has come."""
    if release.reviewed_at is None:
        return _WAITING
    return _CLEARED if release.is_cleared else _NOT_CLEARED


def changes_since_review(notice: Notice) -> list[dict[str, Any]]:
    """What differs from the words on which somebody last decided, part by part; empty where nothing does."""
    rows = notice.approvals.exclude(at=None).exclude(text=None).order_by("attempt", "order")
    last = rows.last()
    if last is None or last.text == notice.body:
        return []
    return list(_changed_paragraphs((last.text or "").split("\n"), notice.body.split("\n")))


def _changed_paragraphs(before: list[str], after: list[str]) -> Iterator[dict[str, Any]]:
    """The paragraphs that differ, by their place in the newer text; what is as it was is not shown."""
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            first, last = new_start + 1, max(new_end, new_start + 1)
            title = f"第{first}段" if first == last else f"第{first}段至第{last}段"
            yield {"title": title, "parts": parts("\n".join(before[start:end]), "\n".join(after[new_start:new_end]))}
