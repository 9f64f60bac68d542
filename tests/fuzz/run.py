"""Runs atheris on one target, in a process of its own. Usage: python -m tests.fuzz.run TARGET FOLDER LIBFUZZER-OPTION...

FOLDER gets the seeds and what was found on the way. Ends with a status other than 0 at the first fault.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["gongkai"]):
    # What a target imports when it runs is instrumented only if it is loaded here.
    from tests.fuzz.targets import TARGETS, tried

    import gongkai.documents.docx
    import gongkai.documents.html
    import gongkai.documents.office
    import gongkai.documents.pdf
    import gongkai.documents.reading
    import gongkai.documents.text
    import gongkai.documents.xlsx
    import gongkai.documents.xml
    import gongkai.proofing
    import gongkai.report.check
    import gongkai.report.reading  # noqa: F401  the line covers all of them


def main(name: str, folder: Path, options: list[str]) -> None:
    """Fuzzes until the options say that it is enough."""
    target = TARGETS[name]
    seeds = folder / "seeds"
    seeds.mkdir()
    for number, data in enumerate(target.seeds()):
        (seeds / str(number)).write_bytes(data)
    words = folder / "words"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in target.words))
    arguments = ["fuzz", f"-dict={words}", f"-artifact_prefix={folder}/", *options, str(seeds)]
    atheris.Setup(arguments, lambda data: tried(target, data))
    atheris.Fuzz()


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
