import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.decoding import decode, recognise
from gongkai.documents.limits import DEFAULT, Damaged, Limits, TooLarge, Unknown, Unreadable

PROSE = (
    "某县工业和信息化局2024年政府信息公开工作年度报告\r\n"
    "一、总体情况\n本年度收到政府信息公开申请12件，均已按期办结。\n\t0\t0\n“三安全一稳定”〔2021〕30号\n"
)
ENCODINGS = ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be")

# Words of reports: what any encoding must bring back. Rare characters are tried with those that can be told for sure.
official = st.text("政府信息公开工作年度报告收到申请件，。、（）一二三四0123456789 \n\t", min_size=1, max_size=60).map(
    lambda text: "政府信息公开" + text
)
anything = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff"), max_size=200)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_report_reads_the_same_in_every_encoding(encoding: str) -> None:
    assert decode(PROSE.encode(encoding), DEFAULT) == PROSE


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_bytes_are_called_utf_8_only_where_they_are_the_text_s_own(encoding: str) -> None:
    assert recognise(PROSE.encode(encoding), DEFAULT) == (PROSE, encoding == "utf-8")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_single_label_reads_the_same_in_every_encoding(encoding: str) -> None:
    assert decode("规章\n".encode(encoding), DEFAULT) == "规章\n"


@pytest.mark.parametrize("encoding", ENCODINGS)
@settings(max_examples=60, deadline=None)
@given(text=official)
def test_official_text_round_trips(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), DEFAULT) == text


@settings(max_examples=200, deadline=None)
@given(text=anything)
def test_text_with_a_mark_of_its_encoding_round_trips_or_is_refused_as_garbled(text: str) -> None:
    marked = (codecs.BOM_UTF8 + text.encode(), codecs.BOM_UTF16_BE + text.encode("utf-16-be"))
    for data in marked:
        try:
            assert decode(data, DEFAULT) == text
        except Damaged:
            assert any(sign in text for sign in "?\ufffd") or not text.isascii()


@settings(max_examples=300, deadline=None)
@given(data=st.binary(max_size=400))
def test_any_bytes_give_text_or_a_clear_refusal(data: bytes) -> None:
    try:
        text = decode(data, DEFAULT)
    except Unreadable as error:
        text = str(error)
    assert "\0" not in text


def test_the_mark_of_gb18030_is_not_part_of_the_text() -> None:
    assert decode("\ufeff规章".encode("gb18030"), DEFAULT) == "规章"


def test_a_character_beyond_gbk_is_read_from_gb18030() -> None:
    text = "本机关位于𠮷祥街道㐂字路，联系人䶮某。"
    assert decode(text.encode("gb18030"), DEFAULT) == text


def test_traditional_text_in_gbk_stays_chinese() -> None:
    text = "政府資訊公開工作年度報告，本年度收到申請三件。"
    assert decode(text.encode("gbk"), DEFAULT) == text


def test_short_gbk_words_that_look_like_utf8_are_chinese() -> None:
    assert decode("一".encode("gbk"), DEFAULT) == "一"


def test_utf16_without_mark_and_with_ascii_only() -> None:
    assert decode("total 12\n".encode("utf-16-be"), DEFAULT) == "total 12\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_stray_bytes_under_one_in_a_thousand_become_replacement_characters(encoding: str) -> None:
    data = (PROSE * 40).encode(encoding)
    place = len(PROSE.encode(encoding)) * 7
    text = decode(data[:place] + b"\xff" + data[place:], DEFAULT)
    assert text.count("\ufffd") == 1
    assert text.replace("\ufffd", "") == PROSE * 40


def test_a_character_cut_off_at_the_end_is_one_replacement_character() -> None:
    assert decode("本年度收到申请。".encode()[:-1], DEFAULT) == "本年度收到申请\ufffd"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_many_invalid_bytes_are_damage(encoding: str) -> None:
    pieces = [PROSE[start : start + 20].encode(encoding) for start in range(0, len(PROSE), 20)]
    with pytest.raises(Damaged, match="编码已损坏"):
        decode(b"\xff\xff".join(pieces * 20), DEFAULT)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PROSE.encode().decode("gbk", "ignore"), id="UTF-8 opened as GBK"),
        pytest.param(PROSE.encode().decode("gbk", "replace"), id="UTF-8 opened as GBK, losses marked"),
        pytest.param(PROSE.encode("gbk").decode("latin-1"), id="GBK opened as Latin 1"),
        pytest.param(PROSE.encode().decode("latin-1"), id="UTF-8 opened as Latin 1"),
        pytest.param(PROSE.encode("gbk").decode("utf-8", "replace"), id="GBK opened as UTF-8"),
    ],
)
def test_mojibake_is_refused(text: str) -> None:
    data = "\n".join(line for line in text.splitlines() if not line.isspace()).encode()
    with pytest.raises(Damaged, match="乱码"):
        decode(data, DEFAULT)


def test_characters_turned_to_question_marks_are_refused() -> None:
    with pytest.raises(Damaged, match="问号"):
        decode(PROSE.encode("ascii", "replace"), DEFAULT)


def test_a_few_question_marks_are_text() -> None:
    assert decode("收到申请? 0 件".encode(), DEFAULT) == "收到申请? 0 件"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"PK\x03\x04" + bytes(range(256)) * 4, id="archive"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(60), id="picture"),
        pytest.param(bytes(range(1, 32)) * 20, id="control characters"),
        pytest.param(b"text\0" * 30, id="zeros"),
    ],
)
def test_binary_content_is_unknown(data: bytes) -> None:
    with pytest.raises(Unknown, match="二进制"):
        decode(data, DEFAULT)


def test_page_breaks_and_the_end_mark_of_dos_are_text() -> None:
    assert decode("第一页\f第二页\x0b\x1a".encode(), DEFAULT) == "第一页\f第二页\x0b\x1a"


def test_a_declared_encoding_is_taken_where_the_bytes_allow_it() -> None:
    text = "政府資訊公開年度報告，收到申請三件。"
    assert decode(text.encode("big5"), DEFAULT, declared="Big5") == text


def test_a_wrong_declaration_loses_against_the_bytes() -> None:
    assert decode(PROSE.encode(), DEFAULT, declared="big5") == PROSE
    assert decode(PROSE.encode("gbk"), DEFAULT, declared="utf-8") == PROSE
    assert decode(PROSE.encode("gbk"), DEFAULT, declared="unicode_escape") == PROSE


def test_too_many_bytes_or_characters_are_refused() -> None:
    with pytest.raises(TooLarge, match="字节"):
        decode(b"a" * 11, Limits(file_size=10))
    with pytest.raises(TooLarge, match="字符"):
        decode("公开".encode() * 6, Limits(characters=10))


def test_an_empty_file_is_an_empty_text() -> None:
    assert decode(b"", DEFAULT) == ""
