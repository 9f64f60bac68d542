"""Opening the zip files that office formats are: sizes are held before anything is inflated, and while it is."""

import io
import struct
import zipfile
import zlib

from gongkai.documents.limits import Damaged, Encrypted, Limits, TooLarge

_ENTRIES = 10_000
_SMALL = 1 << 20
_ENCRYPTED_FLAG = 0x1
_ENTRY = b"PK\x03\x04"
# Of the header before a part only the lengths of its name and of its extra field are needed.
_HEADER = struct.Struct("<26xHH")
_DAMAGED_PART = "文件已损坏，内部数据无法解压，请从原文件重新保存"
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    OverflowError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)


class Archive:
    """A zip file whose parts are read one by one. Raises Damaged, Encrypted or TooLarge with a clear line."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.unpacked_size
        self._data = data
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                entries = archive.infolist()
        except _BROKEN as error:
            raise Damaged("文件已损坏，不是完整的 Office 文档，请从原文件重新保存") from error
        if len(entries) > _ENTRIES:
            raise TooLarge(f"文件内部有{len(entries)}个部分，超过{_ENTRIES}个的上限")
        if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
            raise Encrypted("文件有密码保护，请解除密码后再试")
        self._entries = {entry.filename: entry for entry in entries}

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset(self._entries)

    def read(self, name: str) -> bytes:
        """The bytes of a part; empty when there is none of that name."""
        entry = self._entries.get(name)
        if entry is None:
            return b""
        if entry.compress_type not in _METHODS:
            raise Damaged("文件使用了 Office 不用的压缩方式，无法解压，请从原文件重新保存")
        if entry.file_size > self._left or (
            entry.file_size > _SMALL and entry.file_size > self._limits.ratio * max(entry.compress_size, 1)
        ):
            raise TooLarge("文件解压后过大，可能是压缩炸弹，没有读取")
        data = self._inflated(entry)
        if len(data) > entry.file_size:
            raise TooLarge("文件解压后比声明的大，没有读取")
        if len(data) < entry.file_size or zlib.crc32(data) != entry.CRC:
            raise Damaged(_DAMAGED_PART)
        self._left -= len(data)
        return data

    def _inflated(self, entry: zipfile.ZipInfo) -> bytes:
        """The bytes of a part, one more than it declares where its header lies."""
        # Straight from the bytes: ZipFile.open takes longer than the small parts of a file are worth.
        header = self._data[entry.header_offset : entry.header_offset + _HEADER.size]
        if len(header) < _HEADER.size or not header.startswith(_ENTRY):
            raise Damaged(_DAMAGED_PART)
        start = entry.header_offset + _HEADER.size + sum(_HEADER.unpack(header))
        packed = self._data[start : start + entry.compress_size]
        if entry.compress_type == zipfile.ZIP_STORED:
            return packed
        try:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, entry.file_size + 1)
        except zlib.error as error:
            raise Damaged(_DAMAGED_PART) from error
