"""What a file hides, as findings: what must be cleared away before release, what is worth a look. Knows no Django.

F-HIDDEN    content that its reader does not see, and that leaves the house with the file; blocks release
F-META      names in the file's properties
F-UNCHECKED nothing could be looked for
"""

from collections.abc import Iterator

from gongkai.files.probing import Probed
from gongkai.findings import Finding, Severity

_SEEN = frozenset({"脚注", "尾注", "页眉", "页脚"})
"""Readers tell them apart from the text; on paper everybody reads them."""
_TITLES = frozenset({"title"})
_PROPERTIES = {"creator": "作者", "author": "作者", "lastModifiedBy": "最后修改人"}
_WORTH_A_LOOK = frozenset({"扫描件的识别文字", "旧版本", "裁剪过的图片", "批注图形下的文字"})
_BASIS = "条例第十七条"
_NO_MARK = "涉密标志未检查，请人工核对"


def findings_of(probed: Probed) -> list[Finding]:
    """The findings, each once."""
    return list(dict.fromkeys(_findings(probed)))


def _findings(probed: Probed) -> Iterator[Finding]:
    if probed.unchecked:
        yield _finding("F-UNCHECKED", Severity.HINT, "文件", f"{probed.unchecked}，{_NO_MARK}")
    elif probed.textless_pages:
        pages = "、".join(map(str, probed.textless_pages))
        yield _finding("F-UNCHECKED", Severity.HINT, f"第{pages}页", f"第{pages}页是扫描页，没有文字，未检查")
    for kind, where, text in probed.hidden:
        if kind == "metadata":
            if where not in _TITLES:
                name = _PROPERTIES.get(where, where)
                yield _finding("F-META", Severity.HINT, name, f"文件属性中的{name}：{text}", text)
        elif kind in _WORTH_A_LOOK:
            yield _finding("F-HIDDEN", Severity.HINT, where, f"{kind}：{text}", text)
        elif kind not in _SEEN:
            message = f"{kind}，发出后仍能看到：{text}"
            yield _finding("F-HIDDEN", Severity.WARNING, where, message, text, blocks=True)


def _finding(
    rule: str, severity: Severity, where: str, message: str, found: str | None = None, *, blocks: bool = False
) -> Finding:
    return Finding(rule=rule, severity=severity, where=where, message=message, found=found, basis=_BASIS, blocks=blocks)
