"""A private PostgreSQL for tests and benches: the distribution's programs, a folder and a port of its own.

It refuses to run as root: there it runs as the user `postgres`. It ends with the process that started it, however that
ends, since it watches a pipe that only that process holds.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

_BINARIES = "/usr/lib/postgresql"
_SECONDS_TO_START = 60
_WATCH = 'cd /; "$@" & server=$!; cat >/dev/null; kill -INT $server; wait $server'


def program(name: str) -> str | None:
    """The path of one of PostgreSQL's programs; Debian keeps them apart, newest version last."""
    found = sorted(Path(_BINARIES).glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    return str(found[-1]) if found else shutil.which(name)


@contextmanager
def running(*, is_durable: bool = False) -> Iterator[int]:
    """Starts a server that is gone afterwards; gives its port on 127.0.0.1. Not durable: it never waits for the disk."""
    folder = Path(tempfile.mkdtemp(prefix="gongkai-postgresql-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        made = [program("initdb"), "-D", folder, "-U", "gongkai", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
        subprocess.run(as_owner(*map(str, made)), check=True, cwd="/", stdout=subprocess.DEVNULL)
        port = _free_port()
        server = _started(folder, port, is_durable=is_durable)
        try:
            _wait_for(port, server)
            yield port
        finally:
            server.communicate()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def as_owner(*command: str) -> list[str]:
    """The command, run as `postgres` where we are root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else list(command)


def connected(port: int, database: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
    """A connection that commits each statement."""
    return psycopg.connect(host="127.0.0.1", port=port, user="gongkai", dbname=database, autocommit=True)


def _started(folder: Path, port: int, *, is_durable: bool) -> "subprocess.Popen[bytes]":
    options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": "200"}
    if not is_durable:
        options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    command = [str(program("postgres")), "-D", str(folder), "-p", str(port), *settings]
    with (folder / "server.log").open("wb") as log:
        return subprocess.Popen(
            as_owner("sh", "-c", _WATCH, "sh", *command),
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,
        )


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _SECONDS_TO_START
    while True:
        try:
            connected(port).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
