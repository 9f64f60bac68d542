"""Differences put both texts together without a loss."""

from hypothesis import given
from hypothesis import strategies as st

from gongkai.ui.differences import parts

TEXTS = st.text(alphabet="甲乙丙。\n a1", max_size=60)


def told(kinds: set[str], found: list[dict[str, str]]) -> str:
    return "".join(part["text"] for part in found if part["kind"] in kinds)


@given(TEXTS, TEXTS)
def test_each_text_can_be_read_back(before: str, after: str) -> None:
    found = parts(before, after)
    assert told({"same", "removed"}, found) == before
    assert told({"same", "added"}, found) == after


@given(TEXTS)
def test_the_same_text_has_no_differences(text: str) -> None:
    assert {part["kind"] for part in parts(text, text)} <= {"same"}


def test_a_long_text_is_compared_by_its_sentences() -> None:
    sentence = "本机关负责政府信息公开工作的组织协调。"
    before, after = sentence * 300, sentence * 150 + "新增一句。" + sentence * 150
    assert [part["kind"] for part in parts(before, after)] == ["same", "added", "same"]
    assert told({"added"}, parts(before, after)) == "新增一句。"
