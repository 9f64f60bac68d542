"""`gongkai audit verify`: what it says and what its status tells a script."""

import json

import pytest
from click.testing import CliRunner, Result
from tests.audit.tampering import tamper

from gongkai.audit.actions import Author, record
from gongkai.cli import main

pytestmark = pytest.mark.django_db


def verify(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["audit", "verify", *arguments])


@pytest.fixture(autouse=True)
def _written() -> None:
    for number in range(3):
        changes = {"state": (None, str(number))}
        record("case.change", author=Author("zhao"), subject="case", chain="water", changes=changes)
    record("case.change", author=Author("zhao"), subject="case", chain="forest")


def test_what_nobody_touched_is_proven() -> None:
    done = verify("--values")
    assert done.exit_code == 0
    assert done.output == "forest：共 1 条，未发现改动\nwater：共 3 条，未发现改动\n"


def test_what_was_changed_is_told() -> None:
    tamper("UPDATE audit_entry SET actor = 'li' WHERE number = 2")
    done = verify()
    assert done.exit_code == 1
    assert "water：共 3 条，发现 1 处问题\n  日志第2条：内容与记录时的校验值不符，条目被改动\n" in done.output


def test_one_chain_alone_is_proven_by_its_name() -> None:
    tamper("UPDATE audit_entry SET actor = 'li' WHERE number = 2")
    assert verify("forest").exit_code == 0


def test_a_chain_that_is_not_there_is_no_success() -> None:
    done = verify("lake")
    assert done.exit_code == 2
    assert "没有这个日志：lake" in done.output


def test_a_program_reads_it_as_json() -> None:
    tamper("DELETE FROM audit_entryvalues")
    done = verify("--json", "--values")
    told = json.loads(done.output)
    assert done.exit_code == 1
    assert [(one["chain"], one["entries"], len(one["findings"])) for one in told["chains"]] == [
        ("forest", 1, 0),
        ("water", 3, 3),
    ]
    assert told["chains"][1]["findings"][0]["rule"] == "J-CHAIN"
