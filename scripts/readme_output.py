"""Puts the real output of its commands into the README files: `make readme`. A test holds them current."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md")
_BLOCK = re.compile(r"(<!-- output -->\n```console\n\$ (.+)\n)(?:[^`]*\n)?(?=```)")


def renewed(text: str) -> str:
    """The page with each marked command followed by what it says now."""
    return _BLOCK.sub(lambda match: match[1] + said(match[2]), text)


def said(command: str) -> str:
    """What a command prints, white space at the ends of lines left out."""
    _, *arguments = shlex.split(command)
    gongkai = Path(sys.executable).with_name("gongkai")
    out = subprocess.run(
        [gongkai, *arguments], cwd=ROOT, check=False, text=True, capture_output=True, env={**os.environ, "COLUMNS": ""}
    )
    return "".join(f"{line.rstrip()}\n" for line in out.stdout.splitlines())


if __name__ == "__main__":
    for name in READMES:
        page = ROOT / name
        page.write_text(renewed(page.read_text("utf-8")), "utf-8")
