"""Which rules, findings, parameters, data and cases rest on which article.

What cites an article is found in the code itself: strings, the names that stand for them, keys of parameters, and the
rows of data files. Documentation strings are no basis and are passed over.
"""

import ast
import pkgutil
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import gongkai.law
from gongkai.law import citations, numerals
from gongkai.law.parameters import Parameter, parameters

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests/law/cases"
DATA = ROOT / "src/gongkai/law/data"
VOCABULARY = frozenset({"gongkai.law.clock.articles", "gongkai.law.citations", "gongkai.law.document_numbers"})
"""Modules that only name articles and documents, and rest on none."""
NO_BASIS = frozenset({"documents.toml"})
_FINDING = re.compile(r"C-[A-Z]+(?:-[A-Z]+)*")
_PLACE = re.compile(
    r"[、和及]?第([一二三四五六七八九十百零]+)条(?:第([一二三四五六七八九十]+)款)?(?:第（([一二三四五六七八九十]+)）项)?"
)


class Place(NamedTuple):
    """An article of a document, or the document as a whole (article 0); paragraph and item where named, else 0."""

    document: str
    article: int = 0
    paragraph: int = 0
    item: int = 0

    def __str__(self) -> str:
        told = f"第{numerals.chinese(self.article)}条" if self.article else "全文"
        told += f"第{numerals.chinese(self.paragraph)}款" if self.paragraph else ""
        return told + (f"第（{numerals.chinese(self.item)}）项" if self.item else "")

    def covers(self, other: "Place") -> bool:
        """Whether a case on this place is one on the other: the same, or a part of it."""
        return all(theirs in ("", 0, ours) for ours, theirs in zip(self, other, strict=True))


@dataclass
class Entry:
    """What rests on a place."""

    rules: dict[str, set[str]] = field(default_factory=dict)
    rows: dict[str, list[str]] = field(default_factory=dict)
    parameters: list[Parameter] = field(default_factory=list)
    cases: dict[str, list[str]] = field(default_factory=dict)


def places(text: str) -> list[Place]:
    """The places that a text cites; an article that follows another one by 、 belongs to the same document."""
    found = []
    for citation in citations.parse(text):
        if not citation.title and not citation.number:
            continue  # the marks of a title that is filled in at run time
        document = _title(citation)
        start = citation.article_span[0] if citation.article_span else citation.end
        start -= text[start : start + 1] in ("、", "和", "及")
        match = _PLACE.match(text, start)
        if match is None:
            found.append(Place(document))
        while match is not None:
            found.append(Place(document, *(numerals.value(figure) if figure else 0 for figure in match.groups())))
            match = _PLACE.match(text, match.end())
    return found


def _title(citation: citations.Citation) -> str:
    """The document's title in the table. Raises LookupError for one that is not there."""
    by_number = citations.document_numbered(citation.number) if citation.number else None
    named = citations.documents_named(citation.title) if citation.title else ()
    if by_number is None and not named:
        raise LookupError(f"引用的文件不在 data/documents.toml 中：{citation.title or citation.number}")
    return (by_number or named[0]).title


def entries() -> dict[Place, Entry]:
    """What rests on each place that the code, its parameters and its data cite, in the order of the documents."""
    found: dict[Place, Entry] = {}
    for module in modules():
        for name, statement in _statements(module):
            _note(found, module, name, statement)
    for known in parameters().values():
        for place in places(known.basis):
            found.setdefault(place, Entry()).parameters.append(known)
    for file, label, text in _data_strings():
        for place in places(text):
            rows = found.setdefault(place, Entry()).rows.setdefault(file, [])
            rows += [] if label in rows else [label]
    for place, entry in found.items():
        for subject, name, article in cases():
            if any(case.covers(place) for case in places(article)):
                entry.cases.setdefault(subject, []).append(name)
    titles = [document.title for document in citations.documents()]
    return dict(sorted(found.items(), key=lambda pair: (titles.index(pair[0].document), *pair[0][1:])))


def modules() -> list[ModuleType]:
    """All modules of the law."""
    names = [info.name for info in pkgutil.walk_packages(gongkai.law.__path__, "gongkai.law.")]
    return [import_module(name) for name in sorted(names)]


def cases() -> Iterator[tuple[str, str, str]]:
    """Subject, name and article of every case of the tables."""
    for file in sorted(CASES.glob("*.toml")):
        for rows in tomllib.loads(file.read_text(encoding="utf-8")).values():
            yield from ((file.stem, row["name"], "；".join(_strings(row["article"]))) for row in rows)


# Reading the code -----------------------------------------------------------------------------------------------------


def _statements(module: ModuleType) -> Iterator[tuple[str, ast.stmt]]:
    """The functions, classes and tables of a module."""
    if module.__name__ in VOCABULARY:
        return
    for statement in ast.parse(_source(module)).body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            yield statement.name, statement
        elif isinstance(statement, ast.Assign | ast.AnnAssign):
            target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
            if isinstance(target, ast.Name) and not isinstance(vars(module)[target.id], str):
                yield target.id, statement


def _note(found: dict[Place, Entry], module: ModuleType, name: str, statement: ast.stmt) -> None:
    """Notes what a statement cites, its findings at the article that stands in the same call or row."""
    label = f"{module.__name__.removeprefix('gongkai.')}.{name}"
    cited = set(_cited(module, statement))
    if name.isupper() and not name.startswith("_") and not _reads_data(module):
        cited |= {place for text in _strings(vars(module)[name]) for place in places(text)}
    for place in cited:
        found.setdefault(place, Entry()).rules.setdefault(label, set())
    for node in ast.walk(statement):
        parts = node.args if isinstance(node, ast.Call) else node.elts if isinstance(node, ast.Tuple) else []
        ids = [part.value for part in parts if isinstance(part, ast.Constant) and _is_finding(part.value)]
        # A basis that was chosen before stands in a name of its own.
        is_chosen_before = any(isinstance(part, ast.Name) and part.id == "basis" for part in parts)
        for place in (cited if is_chosen_before else set(_cited(module, node))) if ids else ():
            found[place].rules[label].update(ids)


@cache
def _reads_data(module: ModuleType) -> bool:
    """Whether a module's tables come from data files, which are told by themselves."""
    return "data/" in _source(module)


@cache
def _source(module: ModuleType) -> str:
    return Path(str(module.__file__)).read_text(encoding="utf-8")


def _is_finding(value: object) -> bool:
    return isinstance(value, str) and _FINDING.fullmatch(value) is not None


def _cited(module: ModuleType, node: ast.AST) -> Iterator[Place]:
    """The places that a piece of code cites, by words, by a name that stands for them, or by a parameter's key."""
    for text in _texts(module, node):
        if "." in text and (keys := [key for key in parameters() if key == text or _is_begun(key, text)]):
            yield from (place for key in keys for place in places(parameters()[key].basis))
        else:
            # The bare title of a law with articles is a name, no basis.
            yield from (place for place in places(text) if place.article or not _has_articles(place.document))


def _is_begun(key: str, text: str) -> bool:
    """Whether the text is what a key that is put together at run time begins with."""
    return text.endswith((".", "_")) and key.startswith(text)


def _has_articles(title: str) -> bool:
    return any(document.articles for document in citations.documents_named(title))


def _texts(module: ModuleType, node: ast.AST) -> Iterator[str]:
    """The strings in a piece of code and those that its names stand for; of a table only where it is looked up in."""
    if isinstance(node, ast.Constant):
        yield from [node.value] if isinstance(node.value, str) else []
        return
    if isinstance(node, ast.JoinedStr | ast.Name | ast.Attribute):
        told = _evaluated(module, node)
        if isinstance(told, str):
            yield told
            return
    if isinstance(node, ast.Subscript) and not _reads_data(module):
        yield from _strings(_evaluated(module, node.value), is_deep=False)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a documentation string
    for child in ast.iter_child_nodes(node):
        yield from _texts(module, child)


def _evaluated(module: ModuleType, node: ast.expr) -> object:
    """What a name or a text with names in it stands for in its module; None where that is known at run time alone."""
    try:
        return eval(compile(ast.Expression(node), "<law>", "eval"), dict(vars(module)))
    except Exception:  # noqa: BLE001 - a local name, and whatever computing with it may raise
        return None


def _strings(value: object, *, is_deep: bool = True) -> Iterator[str]:
    """All strings in a value; those in records only where `is_deep`."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _strings(tuple(value.values()), is_deep=is_deep)
    elif isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from _strings(one, is_deep=is_deep)
    elif is_deep and is_dataclass(value) and not isinstance(value, type):
        yield from _strings(tuple(getattr(value, one.name) for one in fields(value)))


def _data_strings() -> Iterator[tuple[str, str, str]]:
    """File, row and text of every string in the data files."""
    for file in sorted(DATA.glob("*.toml")):
        if file.name in NO_BASIS:
            continue
        for key, rows in tomllib.loads(file.read_text(encoding="utf-8")).items():
            for row in rows if isinstance(rows, list) else [rows]:
                label = next((str(row[name]) for name in ("key", "id", "name") if name in row), key)
                yield from ((file.name, label, text) for text in _strings(row))
