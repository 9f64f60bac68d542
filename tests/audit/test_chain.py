"""The journal as a proof: whatever is changed in the database afterwards is told, and where."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError
from tests.audit.tampering import tamper

from gongkai.audit.actions import Author, close_chain, erase, record
from gongkai.audit.appending import ChainClosed
from gongkai.audit.hashing import algorithm
from gongkai.audit.models import Chain, Entry, EntryValues
from gongkai.audit.queries import proof, values_of

pytestmark = pytest.mark.django_db
ZHAO = Author("zhao", "clerk")
CHAIN = "water"


def told(*, values: bool = False) -> list[str]:
    return [finding.message for finding in proof(CHAIN, values=values)]


def write(count: int = 5, subject: str = "case") -> None:
    for number in range(count):
        record("case.change", author=ZHAO, subject=subject, chain=CHAIN, changes={"state": (None, f"第{number}步")})


def test_what_nobody_touched_is_proven() -> None:
    write()
    assert told(values=True) == []
    entry = Entry.objects.get(number=3)
    assert values_of(entry) == {"state": (None, "第2步")}
    assert entry.algorithm == algorithm()


def test_an_entry_tells_neither_values_nor_whether_two_are_equal() -> None:
    record("case.change", author=ZHAO, subject="one", chain=CHAIN, changes={"name": (None, "张三")})
    record("case.change", author=ZHAO, subject="two", chain=CHAIN, changes={"name": (None, "张三")})
    one, two = Entry.objects.order_by("number")
    assert one.macs["name"] != two.macs["name"]
    assert "张三".encode() not in b"".join(bytes(row.sealed) for row in EntryValues.objects.all())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "li"),
        ("role", "head"),
        ("act", "case.close"),
        ("subject", "other"),
        ("at", "2020-01-01 00:00:00+00:00"),
        ("macs", '{"state": "00"}'),
        ("macs", "{}"),
        ("algorithm", "sha512"),
        ("hash", "00"),
    ],
)
def test_a_changed_entry_is_told(column: str, value: str) -> None:
    write()
    tamper(f"UPDATE audit_entry SET {column} = %s WHERE number = 3", value)
    assert "日志第3条：内容与记录时的校验值不符，条目被改动" in told()


def test_a_changed_link_is_told() -> None:
    write()
    tamper("UPDATE audit_entry SET previous = hash WHERE number = 3")
    assert "日志第3条：与前一条接不上，前一条被改动或换掉" in told()


@pytest.mark.parametrize("number", [1, 3])
def test_a_gap_is_told(number: int) -> None:
    write()
    tamper("DELETE FROM audit_entryvalues")
    tamper("DELETE FROM audit_entry WHERE number = %s", number)
    assert f"日志第{number + 1}条：序号不连续，中间的条目不见了" in told()


def test_a_closed_gap_is_told() -> None:
    """Whoever numbers the rest anew breaks their hashes, for the number is a part of them."""
    write()
    tamper("DELETE FROM audit_entryvalues")
    tamper("DELETE FROM audit_entry WHERE number = 3")
    tamper("UPDATE audit_entry SET number = number - 1 WHERE number = 4")
    assert "日志第3条：内容与记录时的校验值不符，条目被改动" in told()


def test_a_cut_end_is_told() -> None:
    write()
    tamper("DELETE FROM audit_entryvalues")
    tamper("DELETE FROM audit_entry WHERE number > 3")
    assert told() == ["日志第3条：链尾与登记的最后一条不符，末尾的条目被删去或登记被改动"]


def test_a_cut_end_is_told_when_the_head_is_set_back_to_fit() -> None:
    write()
    tamper("DELETE FROM audit_entryvalues")
    tamper("DELETE FROM audit_entry WHERE number > 3")
    tamper("UPDATE audit_chain SET last_number = 3, last_hash = %s", Entry.objects.get(number=3).hash)
    assert told() == ["日志第3条：链尾与登记的最后一条不符，末尾的条目被删去或登记被改动"]


def test_an_entry_forged_with_the_database_alone_is_told() -> None:
    """The forger copies all that he sees, and hashes as the program does, but without the key."""
    write()
    last = Entry.objects.get(number=5)
    columns = "chain_id, number, at, actor, role, act, subject, macs, algorithm, previous, hash"
    tamper(
        f"INSERT INTO audit_entry ({columns}) SELECT chain_id, 6, at, actor, role, act, subject, macs, algorithm, hash, %s"
        " FROM audit_entry WHERE number = 5",
        last.hash[::-1],
    )
    tamper("UPDATE audit_chain SET last_number = 6, last_hash = %s", last.hash[::-1])
    assert told()[0] == "日志第6条：内容与记录时的校验值不符，条目被改动"


def test_a_deleted_head_is_told() -> None:
    write()
    tamper("UPDATE audit_chain SET last_number = 0, last_hash = '', seal = ''")
    assert told() == ["日志第0条：链尾与登记的最后一条不符，末尾的条目被删去或登记被改动"]


def swap() -> None:
    one, two = (bytes(row.sealed) for row in EntryValues.objects.order_by("entry_id")[:2])
    tamper("UPDATE audit_entryvalues SET sealed = %s WHERE sealed = %s", two, one)


def change() -> None:
    tamper("UPDATE audit_entryvalues SET sealed = %s", b"0" * 60)


@pytest.mark.parametrize(
    ("touch", "message"),
    [
        (swap, "日志第1条：附带的内容与条目中的校验值不符"),
        (change, "日志第1条：附带的内容打不开，已被改动"),
    ],
)
def test_changed_values_are_told_by_the_longer_proof(touch: Callable[[], None], message: str) -> None:
    write(2)
    touch()
    assert told() == []
    assert message in told(values=True)


def test_values_that_are_gone_without_an_erasure_are_told() -> None:
    write(2)
    tamper("DELETE FROM audit_entryvalues WHERE entry_id = %s", Entry.objects.get(number=1).pk)
    assert told() == []
    assert told(values=True) == ["日志第1条：附带的内容不见了，而没有依规清除的记录"]


def test_erasing_a_subject_leaves_the_chain_provable() -> None:
    write(3)
    record("case.change", author=ZHAO, subject="other", chain=CHAIN, changes={"state": (None, "在办")})
    with transaction.atomic():
        erase("case", author=ZHAO, chain=CHAIN)
    assert told(values=True) == []
    assert [values_of(entry) for entry in Entry.objects.filter(subject="case")] == [None] * 4
    assert values_of(Entry.objects.get(subject="other")) == {"state": (None, "在办")}


def test_an_erased_subject_may_be_written_about_again() -> None:
    write(2)
    erase("case", author=ZHAO, chain=CHAIN)
    write(1)
    assert told(values=True) == []
    assert [values_of(entry) for entry in Entry.objects.order_by("number")] == [
        None,
        None,
        None,
        {"state": (None, "第0步")},
    ]


@pytest.mark.parametrize("is_erased", [False, True])
def test_an_entry_thought_to_be_the_first_of_its_subject_is_proven_where_it_is_not(is_erased: bool) -> None:
    write(2)
    if is_erased:
        erase("case", author=ZHAO, chain=CHAIN)
    for subject in ("case", "new"):
        changes = {"state": (None, "again")}
        record("case.change", author=ZHAO, subject=subject, chain=CHAIN, changes=changes, is_first=True)
    assert told(values=True) == []
    said = [values_of(entry) for entry in Entry.objects.order_by("number")]
    assert said[-2:] == [{"state": (None, "again")}] * 2
    assert (said[0] is None) is is_erased


def test_a_closed_chain_takes_no_more() -> None:
    write(2)
    close_chain(CHAIN, author=ZHAO)
    with pytest.raises(ChainClosed):
        write(1)
    assert told(values=True) == []
    assert Chain.objects.get(key=CHAIN).last_number == 3


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_of_the_transaction_of_its_act_is_refused() -> None:
    with pytest.raises(TransactionManagementError):
        write(1)


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_leaves_no_entry() -> None:
    with transaction.atomic():
        write(2)

    def act() -> None:
        write(1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        transaction.atomic(act)()
    assert Chain.objects.get(key=CHAIN).last_number == 2
    assert told(values=True) == []


def test_chains_don_t_touch_one_another() -> None:
    write(2)
    record("case.change", author=ZHAO, subject="case", chain="forest")
    write(1)
    assert told() == []
    assert list(proof("forest")) == []
    assert [entry.number for entry in Entry.objects.filter(chain=CHAIN).order_by("number")] == [1, 2, 3]
