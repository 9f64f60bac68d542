"""Programs of the distribution that some tests need: absent ones are named, never passed over in silence."""

import os
import shutil

import pytest


def require_program(name: str) -> str:
    """The path of a program; without it the test is left out by name, or fails where everything is required."""
    path = shutil.which(name)
    if path is None:
        leave_out(f"程序 {name} 未安装")
    return str(path)


def leave_out(reason: str) -> None:
    """Skips the running test with its reason; fails it where `GONGKAI_REQUIRE_ALL` is set."""
    if os.environ.get("GONGKAI_REQUIRE_ALL"):
        pytest.fail(f"必须具备而缺少：{reason}")
    pytest.skip(reason)
