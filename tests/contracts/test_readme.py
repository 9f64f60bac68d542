"""The README files show what the commands really say, and lead to files that exist."""

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = runpy.run_path(str(ROOT / "scripts" / "readme_output.py"))


@pytest.mark.parametrize("name", README["READMES"])
def test_the_output_shown_is_the_real_one(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert text.count("<!-- output -->") == 2
    assert text == README["renewed"](text), "run make readme"


@pytest.mark.parametrize(
    "page", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", *map(str, ROOT.glob("docs/**/*.md"))]
)
def test_links_to_files_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#\s]+)\)", text) if "://" not in target]
    assert not [target for target in targets if not ((ROOT / page).parent / target).exists()]
