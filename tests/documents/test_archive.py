"""The zip files that Office files are: what they unpack to is bounded, and each fault is one clear line."""

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents.packages import zipped

from gongkai.documents.archive import Archive
from gongkai.documents.limits import DEFAULT, Damaged, Encrypted, Limits, TooLarge, Unreadable

PARTS: dict[str, str | bytes] = {"a.xml": b"<a/>" * 50, "文件/b.bin": bytes(range(256)) * 9, "empty": b""}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("before", [b"", b"prepended bytes"])
def test_parts_are_read_by_name(method: int, before: bytes) -> None:
    archive = Archive(before + zipped(PARTS, method), DEFAULT)
    assert archive.names == set(PARTS)
    assert {name: archive.read(name) for name in PARTS} == PARTS
    assert archive.read("nothing") == b""


def test_of_two_parts_of_one_name_the_later_is_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a", b"first")
        with pytest.warns(UserWarning, match="Duplicate"):
            package.writestr("a", b"second")
    assert Archive(out.getvalue(), DEFAULT).read("a") == b"second"


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    bomb = Archive(zipped({"a": bytes(3 << 20)}), DEFAULT)
    with pytest.raises(TooLarge, match="压缩炸弹"):
        bomb.read("a")
    many = Archive(zipped({"a": bytes(900), "b": bytes(900)}, zipfile.ZIP_STORED), Limits(unpacked_size=1000))
    assert len(many.read("a")) == 900
    with pytest.raises(TooLarge):
        many.read("b")


def test_too_many_parts_are_refused() -> None:
    with pytest.raises(TooLarge, match="10000个"):
        Archive(zipped({str(i): b"" for i in range(10_001)}), DEFAULT)


def changed(at: bytes, offset: int, value: bytes, data: bytes | None = None) -> bytes:
    """The zip file with bytes changed at an offset of the first record that begins so."""
    data = zipped({"a": b"abc" * 100}) if data is None else data
    start = data.index(at) + offset
    return data[:start] + value + data[start + len(value) :]


LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"


@pytest.mark.parametrize(
    ("data", "error", "told"),
    [
        pytest.param(b"", Damaged, "不是完整的", id="nothing"),
        pytest.param(zipped(PARTS)[:-9], Damaged, "不是完整的", id="cut off"),
        pytest.param(changed(CENTRAL, 8, b"\x01"), Encrypted, "密码", id="encrypted"),
        pytest.param(changed(CENTRAL, 10, b"\x63"), Damaged, "压缩方式", id="unknown method"),
        pytest.param(changed(CENTRAL, 10, b"\x00"), Damaged, "无法解压", id="wrong method"),
        pytest.param(changed(CENTRAL, 16, b"\0\0\0\0"), Damaged, "无法解压", id="wrong sum"),
        pytest.param(changed(CENTRAL, 24, struct.pack("<I", 299)), TooLarge, "比声明的大", id="too little declared"),
        pytest.param(changed(CENTRAL, 24, struct.pack("<I", 999)), Damaged, "无法解压", id="too much declared"),
        pytest.param(changed(LOCAL, 0, b"XX"), Damaged, "无法解压", id="no record of the part"),
        pytest.param(changed(LOCAL, 26, b"\xff\xff"), Damaged, "无法解压", id="a name longer than the file"),
        pytest.param(changed(LOCAL, 31, b"\xff\xff\xff"), Damaged, "无法解压", id="broken data"),
        pytest.param(changed(CENTRAL, 42, b"\xff\xff\xff\x0f"), Damaged, "无法解压", id="a place behind the file"),
    ],
)
def test_a_fault_is_told_in_one_line(data: bytes, error: type[Unreadable], told: str) -> None:
    with pytest.raises(error, match=told) as caught:
        Archive(data, DEFAULT).read("a")
    assert "\n" not in str(caught.value)


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=9),
        st.binary(max_size=3000),
        max_size=4,
    )
)
def test_whatever_was_packed_is_read(parts: dict[str, bytes]) -> None:
    archive = Archive(zipped(dict(parts)), DEFAULT)
    assert {name: archive.read(name) for name in archive.names} == parts


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_file_with_a_few_other_bytes_is_read_rightly_or_refused(data: st.DataObject) -> None:
    packed = bytearray(zipped(PARTS))
    for _ in range(data.draw(st.integers(1, 3))):
        packed[data.draw(st.integers(0, len(packed) - 1))] = data.draw(st.integers(0, 255))
    try:
        archive = Archive(bytes(packed), DEFAULT)
        read = {name: archive.read(name) for name in archive.names}
    except Unreadable:
        return
    # A sum of the bytes stands beside them: what passes is what was packed, under whatever name.
    sums = {zlib.crc32(bytes(part) if isinstance(part, bytes) else part.encode()) for part in PARTS.values()}
    assert {zlib.crc32(part) for part in read.values()} <= sums
