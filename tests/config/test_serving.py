"""`gongkai serve` as an operator meets it: a real server and worker, watched, on this machine alone."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from pytest_django import DjangoDbBlocker
from tests import databases

from gongkai.config.serving import Child, is_loopback

# In one worker, so that there is one first start.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite, pytest.mark.xdist_group("serving")]
COMMAND = [sys.executable, "-c", "from gongkai.cli import main; main()"]
SECONDS = 120


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An installation whose database is there already: migrating is tested elsewhere and takes long."""
    return _migrated(tmp_path)


@pytest.fixture(scope="module")
def first_start(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> tuple[Path, "subprocess.CompletedProcess[str]"]:
    """An installation that was started once, and what was told then. Collecting static files takes most of a start."""
    with django_db_blocker.unblock():
        home = _migrated(tmp_path_factory.mktemp("started"))
    return home, run(home, "serve", "--port", str(free_port()), "--once")


@pytest.fixture
def started(first_start: tuple[Path, "subprocess.CompletedProcess[str]"]) -> Path:
    return first_start[0]


def _migrated(home: Path) -> Path:
    (home / "data").mkdir()
    databases.copy_to(home / "data" / "gongkai.sqlite3")
    return home


def environment(home: Path, **more: str) -> dict[str, str]:
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "DJANGO_"))}
    return {**outside, "GONGKAI_HOME": str(home), **more}


def run(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        env=environment(home, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(home: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    server = subprocess.Popen(
        [*COMMAND, "serve", "--port", str(port)],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield server
    finally:
        if server.poll() is None:
            server.terminate()
        server.communicate(timeout=SECONDS)


def fetched(address: str) -> tuple[str, str]:
    """What is there, and how long it may be kept."""
    with urlopen(address) as answer:
        return answer.read().decode(), str(answer.headers["Cache-Control"])


def until(is_so: "object", what: str) -> None:
    end = time.monotonic() + SECONDS
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < end, what
        time.sleep(0.1)


def children_of(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_the_site_is_served_and_watched(home: Path) -> None:
    port = free_port()
    with serving(home, port) as server:
        assert server.stdout is not None
        told = ""
        while f"http://localhost:{port}" not in told:
            line = server.stdout.readline()
            assert line, told
            told += line
        assert len(re.findall(r"一次性密码 \S+", told)) == 3

        page, _ = fetched(f"http://localhost:{port}/office/sign-in/")
        made = re.findall(r'(?:href|src)="(/static/ui/gongkai\.[0-9a-f]+\.(?:css|js))"', page)
        assert len(made) == 2
        assert all("immutable" in fetched(f"http://localhost:{port}{one}")[1] for one in made)

        before = children_of(server.pid)
        assert len(before) == 2
        os.kill(before[1], signal.SIGKILL)
        until(lambda: len(set(children_of(server.pid)) - set(before)) == 1, "the worker was not started again")
        web = children_of(server.pid)
        server.send_signal(signal.SIGINT)
        assert server.wait(SECONDS) == 0
        until(lambda: not any(Path(f"/proc/{one}").exists() for one in web), "a process was left behind")


def test_a_second_start_makes_nobody_anew_and_ends_when_told(
    first_start: tuple[Path, "subprocess.CompletedProcess[str]"],
) -> None:
    home, first = first_start
    second = run(home, "serve", "--port", str(free_port()), "--once")
    assert (first.returncode, second.returncode) == (0, 0)
    assert "一次性密码" in first.stdout
    assert "一次性密码" not in second.stdout
    assert second.stdout.endswith("网站已停止\n")


def test_a_port_that_is_taken_is_told(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run(home, "serve", "--port", port)
    assert done.returncode == 2
    assert done.stderr == f"不能监听 127.0.0.1 端口 {port}（Address already in use），请用 --port 换一个端口\n"


def test_the_demo_is_for_this_machine_alone(home: Path) -> None:
    done = run(home, "serve", "--host", "0.0.0.0", GONGKAI_PROFILE="demo")
    assert done.returncode == 2
    assert "只能在本机（127.0.0.1）使用" in done.stderr


def test_an_open_door_is_told(started: Path) -> None:
    served = run(started, "serve", "--host", "0.0.0.0", "--port", str(free_port()), "--once")
    assert served.returncode == 0
    assert "没有启用 HTTPS" in served.stderr
    closed = run(started, "serve", "--port", str(free_port()), "--once")
    assert "没有启用 HTTPS" not in closed.stderr


def test_the_demo_does_not_go_into_a_real_installation(started: Path) -> None:
    assert "不能按 demo 环境启动" in run(started, "demo", "--build-only").stderr
    assert "示范数据不能装入正式环境" in run(started, "demo", GONGKAI_PROFILE="production").stderr


def test_a_tick_by_hand_tells_what_it_did(home: Path) -> None:
    done = run(home, "tick")
    assert done.returncode == 0
    assert re.fullmatch(r"已执行 \d+ 项定时任务\n", done.stdout)


def test_django_s_own_commands_are_there(home: Path) -> None:
    done = run(home, "manage", "makemigrations", "--check", "--dry-run")
    assert (done.returncode, done.stdout) == (0, "No changes detected\n"), done.stdout
    assert run(home, "manage", "check", "--fail-level", "WARNING").returncode == 0


def test_a_database_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    address = f"postgresql://gongkai@127.0.0.1:{free_port()}/gongkai"
    done = run(tmp_path, "serve", "--port", str(free_port()), GONGKAI_DATABASE_URL=address)
    assert done.returncode == 2
    assert done.stderr == "打不开数据库（127.0.0.1），请检查 GONGKAI_DATABASE_URL，并确认数据库已启动\n"


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [
        *(("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("[::1]", True), ("localhost", True)),
        *(("0.0.0.0", False), ("::", False), ("192.168.1.2", False), ("demo.example", False), ("", False)),
    ],
)
def test_loopback_is_what_only_this_machine_reaches(host: str, is_ours: bool) -> None:
    assert is_loopback(host) is is_ours


def test_what_ends_again_and_again_is_started_less_and_less_often() -> None:
    child = Child("broken", [sys.executable, "-c", ""])
    waits = []
    for _ in range(4):
        child.next_start = 0.0
        child.keep()
        assert child.process is not None
        child.process.wait()
        child.keep()
        waits.append(child.next_start - time.monotonic())
    assert waits == sorted(waits)
    assert waits[-1] > waits[0]
