import tomllib
from pathlib import Path

import pytest

from gongkai.law.errors import RuleError
from gongkai.law.parameters import Standing
from gongkai.law.replies import correction_by, hold_until, reasons_by
from gongkai.law.workdays import calendar

CASES = tomllib.loads((Path(__file__).parent / "cases/replies.toml").read_text(encoding="utf-8"))["case"]
ASKED = {"reasons": reasons_by, "correction": correction_by, "hold": hold_until}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case):
    if "refused" in case:
        with pytest.raises(RuleError, match=case["refused"]):
            ASKED[case["ask"]](case["since"], calendar=calendar(), days=case.get("days"))
        return
    found = ASKED[case["ask"]](case["since"], calendar=calendar(), days=case.get("days"))
    assert found.last_on == case["last_on"]
    assert found.provisional is case.get("provisional", False)
    assert found.basis == case["article"]
    assert found.standing is Standing.DEFAULT
    assert "没有法定期限" in found.explanation
    assert str(found.last_on) in found.explanation
