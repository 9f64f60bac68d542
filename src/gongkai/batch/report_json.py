"""The contract's JSON over many files, written as it comes."""

from collections.abc import Iterable, Iterator

import msgspec

from gongkai.batch.results import FileResult, Summary


def json_parts(results: Iterable[FileResult], skipped: list[str], summary: Summary) -> Iterator[bytes]:
    """The object `{"files", "skipped", "summary"}` in parts; `summary` is counted on the way."""
    yield b'{"files":['
    for index, result in enumerate(results):
        summary.add(result)
        yield (b",\n" if index else b"\n") + result.as_json()
    yield b'\n],"skipped":' + msgspec.json.encode(skipped) + b',"summary":' + msgspec.json.encode(summary) + b"}\n"
