"""`gongkai serve`: a web server and one worker, watched by this process, which starts again whichever of them ends."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from types import FrameType

from gongkai.config.environment import PROFILE, NotUsable
from gongkai.config.faces import HEALTH

THREADS = 8
_GRACE_SECONDS = 20
_BACKOFF_SECONDS = (1, 2, 5, 15, 30)


@dataclass
class Child:
    """A process that is kept running."""

    name: str
    command: list[str]
    process: "subprocess.Popen[bytes] | None" = None
    ends: list[float] = field(default_factory=list)
    next_start: float = 0.0

    def keep(self) -> None:
        """Starts it where it is not running; the more often it ended lately, the later."""
        at = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            self.ends = [*(one for one in self.ends if at - one < 60), at]
            self.next_start = at + _BACKOFF_SECONDS[min(len(self.ends), len(_BACKOFF_SECONDS)) - 1]
            self.process = None
        if self.process is None and at >= self.next_start:
            self.process = subprocess.Popen(self.command, start_new_session=True)  # noqa: S603  our own command

    def end(self) -> None:
        """Asks it to end; after a grace it is ended."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def check_address(host: str, port: int) -> None:
    """Raises NotUsable for an address that must not, or can't, be served."""
    if PROFILE == "demo" and not is_loopback(host):
        raise NotUsable(f"示范数据的账号是公开的，只能在本机（127.0.0.1）使用，不能监听 {host}")
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host.strip("[]"), port))
    except OSError as error:
        raise NotUsable(f"不能监听 {host} 端口 {port}（{error.strerror}），请用 --port 换一个端口") from error


def serve(host: str, port: int, *, announce: Callable[[], None], is_once: bool = False) -> None:
    """Serves until it is told to end. `announce` is called when the site answers; `is_once` ends it then."""
    bound = f"[{host}]" if ":" in host and not host.startswith("[") else host
    web = ["-m", "gunicorn", "gongkai.config.wsgi:application", "--bind", f"{bound}:{port}", "--threads", str(THREADS)]
    web += ["--worker-tmp-dir", "/dev/shm"] if os.access("/dev/shm", os.W_OK) else []  # noqa: S108  heartbeats only
    web += ["--no-control-socket", "--log-level", "warning", "--graceful-timeout", "15"]
    children = [
        Child("web", [sys.executable, *web]),
        Child("worker", [sys.executable, "-m", "gongkai.config.worker"]),
    ]
    before = {one: signal.signal(one, _stop) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        _keep_until(children, lambda: _answers(host, port))
        announce()
        if not is_once:
            _keep_until(children, lambda: False)
    except Stopped:
        pass
    finally:
        for one, handler in before.items():
            signal.signal(one, signal.SIG_IGN if one == signal.SIGINT else handler)
        for child in children:
            child.end()
        for one, handler in before.items():
            signal.signal(one, handler)


class Stopped(Exception):
    """Told to end."""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise Stopped


def _keep_until(children: list[Child], is_reached: Callable[[], bool]) -> None:
    while not is_reached():
        for child in children:
            child.keep()
        time.sleep(0.2)


def _answers(host: str, port: int) -> bool:
    to = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host.strip("[]"), host.strip("[]"))  # noqa: S104  compared, not bound
    try:
        with socket.create_connection((to, port), timeout=5) as server:
            server.sendall(f"GET {HEALTH} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
            return server.recv(5) == b"HTTP/"
    except OSError:
        return False
