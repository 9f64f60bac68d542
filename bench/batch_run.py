"""10,000 distinct reports checked by one and by two supervised children, beside a bare loop on one and two cores.

The reports differ in agency, figures and sentences. A PDF takes half a second to lay out, so 40 are laid out and each
is made into 50 with other figures in its tables; their sums no longer hold, so that these have findings to tell.
"""

import io
import random
import re
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.report.samples import sample_report

from bench.timing import seconds
from gongkai.batch.collect import batches, check_files
from gongkai.batch.results import Summary
from gongkai.documents.writing import write
from gongkai.report.layout import blocks_of, title_text

SHARES = {"docx": 4000, "pdf": 2000, "html": 2000, "txt": 2000}
ROUNDS = 3
LAID_OUT = 40
LOOP = 20_000_000
COMMAND = Path(sys.executable).with_name("gongkai")


def rows() -> Iterator[tuple[str, float, str]]:
    """The speed-up of two cores beside that of a bare loop, reports a second, and the start of the command."""
    with TemporaryDirectory(prefix="gongkai-bench-") as folder, ProcessPoolExecutor(2) as makers:
        shards = [Path(folder, str(number)) for number in range(ROUNDS)]
        _make(shards, makers)
        speed_ups, shares, rates = [], [], []
        for shard in shards:
            alone, together = _seconds(partial(_checked, shard, 1)), _seconds(partial(_checked, shard, 2))
            loop = _seconds(partial(_loops, makers, 1)) * 2 / _seconds(partial(_loops, makers, 2))
            speed_ups.append(alone / together)
            shares.append(alone / together / loop)
            rates.append(len(list(shard.iterdir())) / together)
    total = sum(SHARES.values())
    yield f"batch: reports a second, {total:,} mixed ones on two cores", median(rates), ""
    yield "batch: speed-up of two cores", median(speed_ups), ""
    yield "batch: speed-up of two cores / that of a bare loop", median(shares), "≥ 0.85"
    yield "gongkai --help, seconds", seconds(partial(_run, str(COMMAND), "--help")), "≤ 0.3"
    yield "python -c pass, seconds", seconds(partial(_run, sys.executable, "-c", "pass")), ""


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def _checked(folder: Path, jobs: int) -> None:
    summary = Summary()
    with batches(jobs) as running:
        for result in check_files(running, [folder]).results:
            summary.add(result)
    if summary.unreadable:
        raise RuntimeError(f"{summary.unreadable} of {summary.files} reports were not read")


def _loops(cores: ProcessPoolExecutor, count: int) -> None:
    list(cores.map(_loop, [LOOP] * count))


def _loop(turns: int) -> None:
    while turns:
        turns -= 1


def _run(*command: str) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def _make(shards: list[Path], makers: ProcessPoolExecutor) -> None:
    """Writes the reports, evenly into the shards."""
    for shard in shards:
        shard.mkdir()
    edges = range(0, max(SHARES.values()) + 1, 100)
    work = [makers.submit(_write, shards, kind, *edge) for kind in ("docx", "html", "txt") for edge in pairwise(edges)]
    work += [makers.submit(_write_pdfs, shards, seed) for seed in range(LAID_OUT)]
    for one in work:
        one.result()


def _write(shards: list[Path], kind: str, start: int, stop: int) -> None:
    for seed in range(start, min(stop, SHARES[kind])):
        _place(shards, kind, seed).write_bytes(_report(kind, seed))


def _report(kind: str, seed: int) -> bytes:
    report = sample_report(random.Random(f"{kind}{seed}"))
    return write(blocks_of(report), to={"txt": "md"}.get(kind, kind), title=title_text(report))


def _place(shards: list[Path], kind: str, seed: int) -> Path:
    return shards[seed % len(shards)] / f"{seed:05}.{kind}"


def _write_pdfs(shards: list[Path], seed: int) -> None:
    """One report laid out, then written again and again with other digits in its tables."""
    import pypdfium2

    plain = io.BytesIO()
    # Saved by PDFium the file has one object after another, which can be replaced by later ones (ISO 32000-1, 7.5.6).
    pypdfium2.PdfDocument(_report("pdf", seed)).save(plain)
    data = plain.getvalue()
    pages = list(_pages(data))
    each = SHARES["pdf"] // LAID_OUT
    for number in range(seed * each, (seed + 1) * each):
        digits = [b"00%02x" % (0x11 + digit) for digit in range(10)]
        changed = dict(zip(digits[1:], random.Random(number).sample(digits[1:], 9), strict=True))
        _place(shards, "pdf", number).write_bytes(_with(data, [(at, _changed(page, changed)) for at, page in pages]))


_STREAM = re.compile(rb"(\d+) 0 obj\r?\n(<<[^>]*/Filter/FlateDecode/Length (\d+)[^>]*>>)\s*stream\r?\n")
_FIGURE = re.compile(rb"\[(?:<00(?:1[1-9a])>0)+\] TJ")
"""A cell's figure: digits and nothing else. The fonts of the print style number the glyphs of 0 to 9 from 0x11."""
_DIGIT = re.compile(rb"<(00..)>")


def _pages(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The number and the content of each stream that shows figures."""
    for match in _STREAM.finditer(data):
        content = zlib.decompress(data[match.end() : match.end() + int(match[3])])
        if _FIGURE.search(content):
            yield int(match[1]), content


def _changed(content: bytes, digits: dict[bytes, bytes]) -> bytes:
    def figure(match: re.Match[bytes]) -> bytes:
        return _DIGIT.sub(lambda digit: b"<%s>" % digits.get(digit[1], digit[1]), match[0])

    return _FIGURE.sub(figure, content)


def _with(data: bytes, objects: list[tuple[int, bytes]]) -> bytes:
    """The file with those streams in place of its own, added at its end."""
    before = data.rindex(b"startxref")
    trailer = data[data.rindex(b"trailer") : before].rstrip().removesuffix(b">>")
    out = bytearray(data)
    table = b"xref\n"
    for number, content in objects:
        packed = zlib.compress(content, 1)
        table += b"%d 1\n%010d 00000 n \n" % (number, len(out))
        out += b"%d 0 obj\n<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream\nendobj\n" % (
            number,
            len(packed),
            packed,
        )
    end = b"%s/Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, data[before:].split()[1], len(out))
    return bytes(out) + table + end
