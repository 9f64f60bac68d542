"""The contract's JSON over many files, written as it comes."""

from collections.abc import Iterable, Iterator

import msgspec

from gongkai.batch.results import FileResult, Summary


def json_parts(results: Iterable[FileResult], skipped: list[str], summary: Summary) -> Iterator[bytes]:
    """The object `{"files", "skipped", "summary"}` in parts; `summary` is counted on the way.

    Each file is a whole line as soon as it is known, so that whoever reads lines need not wait for the next one.
    """
    yield b'{"files":[\n'
    for index, result in enumerate(results):
        summary.add(result)
        yield (b"," if index else b"") + result.as_json() + b"\n"
    yield b'],"skipped":' + msgspec.json.encode(skipped) + b',"summary":' + msgspec.json.encode(summary) + b"}\n"
