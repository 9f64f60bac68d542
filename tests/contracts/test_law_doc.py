"""The page that leads from an article to its rules, numbers and cases; and the examples for developers outside."""

import re
from datetime import date
from pathlib import Path

import pytest
from scripts import law_doc
from scripts.law_places import CASES, Place, cases, entries, places

from gongkai.law import citations

ROOT = Path(__file__).parents[2]
ENTRIES = entries()
RULES = ROOT / "src/gongkai/law/clock/rules.py"
FINDINGS = sorted(
    set(re.findall(r'"(C-[A-Z-]+)"', "".join(path.read_text(encoding="utf-8") for path in RULES.parent.glob("*.py"))))
)


def test_the_page_is_current():
    assert law_doc.PAGE.read_text(encoding="utf-8") == law_doc.page(), "请运行 make docs"


@pytest.mark.parametrize("place", ENTRIES, ids=lambda place: f"{place.document}{place}")
def test_every_article_cited_has_a_case(place):
    assert ENTRIES[place].cases


@pytest.mark.parametrize("place", ENTRIES, ids=lambda place: f"{place.document}{place}")
def test_every_article_cited_exists(place):
    text = f"《{place.document}》{place if place.article else ''}"
    assert not [slip for citation in citations.parse(text) for slip in citations.check(citation)]


def test_every_case_stands_on_an_article_or_on_practice():
    assert not [name for _, name, article in cases() if article != "实践" and not places(article)]


@pytest.mark.parametrize("finding", FINDINGS)
def test_every_finding_of_the_clock_is_told_on_the_page_or_rests_on_practice(finding):
    told = {one for entry in ENTRIES.values() for ids in entry.rules.values() for one in ids}
    assert finding in told or finding in {"C-DECIDED-TWICE", "C-NOT-ENDED", "C-NO-LETTER", "C-NO-RECEIPT"}


@pytest.mark.parametrize("finding", FINDINGS)
def test_every_finding_of_the_clock_has_a_case(finding):
    assert f'"{finding}"' in (CASES / "clock.toml").read_text(encoding="utf-8")


def test_places_are_read_as_they_are_written():
    regulation = "中华人民共和国政府信息公开条例"
    assert places(f"《{regulation}》第三十三条第三款、第三十二条") == [Place(regulation, 33, 3), Place(regulation, 32)]
    assert places("国办函〔2020〕109号第六条") == [Place("政府信息公开信息处理费管理办法", 6)]
    assert places(f"《{regulation}》第三十六条第（三）项") == [Place(regulation, 36, 0, 3)]
    assert places("实践") == []
    with pytest.raises(LookupError, match="某某县不存在的办法"):
        places("《某某县不存在的办法》第三条")


def test_a_case_on_a_part_covers_the_whole_and_no_other():
    law = "中华人民共和国政府信息公开条例"
    assert Place(law, 33, 2).covers(Place(law, 33))
    assert not Place(law, 33, 2).covers(Place(law, 33, 3))
    assert not Place(law, 33).covers(Place(law, 33, 2))
    assert not Place(law, 33).covers(Place(law, 34))


# Pages with examples --------------------------------------------------------------------------------------------------

PAGES = ("docs/dev/law.md", "docs/guide/workdays.md")


@pytest.mark.parametrize("page", PAGES)
def test_examples_run(page, monkeypatch):
    monkeypatch.chdir(ROOT)
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert blocks
    known = {"date": date}
    for block in blocks:
        exec(compile(block, page, "exec"), known)


@pytest.mark.parametrize("page", PAGES)
def test_files_that_a_page_links_to_exist(page):
    path = ROOT / page
    links = re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8"))
    assert not [link for link in links if "://" not in link and not (path.parent / link).exists()]
