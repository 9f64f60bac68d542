"""Sealed files: what went in comes out, whatever its size; what was changed, cut, moved or swapped does not."""

import io
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.files.sealing import PIECE, seal, unsealed
from gongkai.kernel import keys
from gongkai.kernel.crypto import Unsealable

SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 7]
HEAD, SEALED_PIECE = 18, PIECE + 16


def sealed(plain: bytes, context: str = "sealed/aa/1") -> bytes:
    out = io.BytesIO()
    assert seal(io.BytesIO(plain), out, context=context) == keys.newest_data_key_id()
    return out.getvalue()


def opened(data: bytes, context: str = "sealed/aa/1") -> bytes:
    return b"".join(unsealed(io.BytesIO(data), context=context))


def content(size: int) -> bytes:
    return bytes(n * 7 % 251 for n in range(1024)) * (size // 1024 + 1)


@pytest.mark.parametrize("size", SIZES)
def test_every_size_round_the_edges_of_pieces_comes_back(size: int) -> None:
    plain = content(size)[:size]
    data = sealed(plain)
    assert opened(data) == plain
    assert len(data) == HEAD + size + 16 * max(1, -(-size // PIECE))


@given(st.binary(max_size=3000))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_any_content_comes_back_and_is_not_in_the_sealed_file(plain: bytes) -> None:
    data = sealed(plain)
    assert opened(data) == plain
    assert len(plain) < 8 or plain not in data


def test_memory_holds_a_piece_at_a_time() -> None:
    pieces = list(unsealed(io.BytesIO(sealed(content(3 * PIECE)[: 3 * PIECE])), context="sealed/aa/1"))
    assert [len(piece) for piece in pieces] == [PIECE] * 3


def test_sealing_and_opening_take_no_memory_to_speak_of(tmp_path: Path) -> None:
    plain, kept = tmp_path / "plain", tmp_path / "sealed"
    with plain.open("wb") as file:
        file.truncate(30 * 2**20)
    tracemalloc.start()
    try:
        with plain.open("rb") as source, kept.open("wb") as target:
            seal(source, target, context="x")
        with kept.open("rb") as source:
            assert sum(len(piece) for piece in unsealed(source, context="x")) == 30 * 2**20
        assert tracemalloc.get_traced_memory()[1] < 2 * 2**20
    finally:
        tracemalloc.stop()


def test_a_new_key_seals_new_files_and_old_ones_still_open(settings: Any, tmp_path: Path) -> None:
    settings.GONGKAI_KEYS = str(tmp_path)
    with fresh_keys():
        old = sealed(b"old")
        (tmp_path / "data-2.key").write_bytes(b"2" * 32)
        keys.newest_data_key_id.cache_clear()
        new = sealed(b"new")
        assert (int.from_bytes(old[:2]), int.from_bytes(new[:2])) == (1, 2)
        assert (opened(old), opened(new)) == (b"old", b"new")


@contextmanager
def fresh_keys() -> Iterator[None]:
    """Keys are read once in a process: within, and afterwards, they are read anew."""
    try:
        keys.newest_data_key_id.cache_clear()
        keys.data_key.cache_clear()
        yield
    finally:
        keys.newest_data_key_id.cache_clear()
        keys.data_key.cache_clear()


def test_the_same_content_is_never_sealed_the_same() -> None:
    assert sealed(b"same")[2:] != sealed(b"same")[2:]


@given(st.integers(0, 10**6), st.integers(1, 255))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_a_changed_byte_is_noticed(place: int, change: int) -> None:
    data = bytearray(sealed(content(PIECE + 100)[: PIECE + 100]))
    place = 2 + place % (len(data) - 2)  # the key id names a key that may not exist
    data[place] ^= change
    with pytest.raises(Unsealable):
        opened(bytes(data))


PLAIN = content(3 * PIECE)[: 3 * PIECE]
WHOLE = {
    "cut between pieces": lambda d: d[: HEAD + SEALED_PIECE],
    "cut within a piece": lambda d: d[:-1],
    "only its head": lambda d: d[:HEAD],
    "nothing": lambda _: b"",
    "a piece dropped": lambda d: d[:HEAD] + d[HEAD + SEALED_PIECE :],
    "two pieces swapped": lambda d: d[:HEAD] + d[HEAD + SEALED_PIECE : HEAD + 2 * SEALED_PIECE] + d[HEAD : HEAD + SEALED_PIECE] + d[HEAD + 2 * SEALED_PIECE :],
    "something added": lambda d: d + b"\0" * 16,
}  # fmt: skip


@pytest.mark.parametrize("harm", WHOLE)
def test_pieces_cannot_be_dropped_swapped_or_added(harm: str) -> None:
    with pytest.raises(Unsealable):
        opened(WHOLE[harm](sealed(PLAIN)))


def test_a_file_that_was_moved_does_not_open() -> None:
    with pytest.raises(Unsealable):
        opened(sealed(b"text"), "sealed/aa/2")
