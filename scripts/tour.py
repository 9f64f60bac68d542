"""What `make run` shows: the example reports checked, and one report written in every format."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
OUT = ROOT / "out"
COMMAND = str(Path(sys.executable).with_name("gongkai"))
_HEAD = 16
"""Lines of the check that are shown; the rest stands in the files."""
FORMATS = ("docx", "pdf", "html", "xlsx", "md")


def main() -> int:
    """Runs the commands a newcomer would type, telling each; 0 when they did what they should."""
    OUT.mkdir(exist_ok=True)
    say("一、检查 examples/2024 中的三份年度报告，并与 examples/2023 中的上年报告衔接核对")
    lists = ["--html", "out/检查结果.html", "--xlsx", "out/问题清单.xlsx"]
    checked = gongkai("report", "check", "examples/2024", "--previous", "examples/2023", *lists, quiet=True)
    lines = checked.stdout.splitlines()
    print("\n".join([*lines[:_HEAD], "……", *lines[-2:]]))
    say("二、读取一份报告，按规定格式写成各种文件")
    model = gongkai("report", "read", "examples/2024/linxi-water.txt", "--json", quiet=True)
    (OUT / "linxi-water.json").write_text(model.stdout, encoding="utf-8")
    written = [write(kind) for kind in FORMATS]
    print(f"读到的数据：{len(json.loads(model.stdout)['requests'])}行申请办理数据，见 out/linxi-water.json")
    print("生成的文件：" + "、".join(f"out/{name}" for name in written if name))
    print(f"批注过的全文（可打印，可在手机上看）：{OUT / '检查结果.html'}")
    print(f"问题清单：{OUT / '问题清单.xlsx'}")
    return 0 if checked.returncode == 1 and model.returncode == 0 else 1


def write(kind: str) -> str:
    """Writes the report in one format; the name of the file, empty where it could not be written."""
    name = f"linxi-water.{kind}"
    return name if not gongkai("report", "write", "out/linxi-water.json", "--to", f"out/{name}").returncode else ""


def gongkai(*arguments: str, quiet: bool = False) -> subprocess.CompletedProcess[str]:
    """Runs the command in the project's folder, told as it would be typed."""
    print("$ gongkai " + " ".join(arguments), flush=True)
    return subprocess.run(
        [COMMAND, *arguments], cwd=ROOT, check=False, text=True, stdout=subprocess.PIPE if quiet else None
    )


def say(text: str) -> None:
    """A heading between the steps."""
    print(f"\n{text}\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
