"""What a start makes sure of: the database as the program expects it, static files, and at first administrators.

Each step does nothing where there is nothing to do, so that every start but the first takes seconds.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from gongkai.agencies.actions.accounts import Issued
from gongkai.agencies.actions.first import first_administrators
from gongkai.agencies.roles import Role
from gongkai.config.environment import DATA, HOME, PROFILE, NotUsable
from gongkai.config.locks import held
from gongkai.kernel import workdays

_MARK = HOME / "profile"
_COLLECTED = DATA / "static.version"
_ADMINISTRATORS = (
    (Role.SYSTEM_ADMIN, "系统管理员", "system-admin"),
    (Role.SECURITY_ADMIN, "安全管理员", "security-admin"),
    (Role.AUDIT_ADMIN, "审计管理员", "audit-admin"),
)


def prepare() -> None:
    """Brings database, cache table and static files to what the program expects. Raises NotUsable where it can't."""
    _keep_profile()
    if problem := workdays.problem():
        raise NotUsable(problem)
    with held(DATA / "start.lock"):
        try:
            if is_behind():
                call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
        except OperationalError as error:
            place = settings.DATABASES["default"].get("HOST") or settings.DATABASES["default"]["NAME"]
            raise NotUsable(f"打不开数据库（{place}），请检查 GONGKAI_DATABASE_URL，并确认数据库已启动") from error
        _collect()


def administrators() -> list[Issued]:
    """The three administrators (三员) with their one-time passwords, made once; nothing where there are accounts."""
    return first_administrators(_ADMINISTRATORS)


def is_behind() -> bool:
    """Whether there are migrations that the database has not had."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _keep_profile() -> None:
    """Refuses data of the other profile: the demo's accounts are known to everybody."""
    if not _MARK.exists():
        _MARK.write_text(PROFILE, "utf-8")
    found = _MARK.read_text("utf-8")
    if found != PROFILE:
        raise NotUsable(f"{HOME} 中是 {found} 环境的数据，不能按 {PROFILE} 环境启动；请用 GONGKAI_HOME 另指一个文件夹")


def _collect() -> None:
    """Collects the static files where they are others than those collected last."""
    version = _static_version()
    if _COLLECTED.exists() and _COLLECTED.read_text("utf-8") == version:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    _COLLECTED.write_text(version, "utf-8")


def _static_version() -> str:
    digest = hashlib.sha256()
    for path in sorted(_static_files()):
        status = path.stat()
        digest.update(f"{path}\n{status.st_size}\n{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _static_files() -> Iterator[Path]:
    for finder in get_finders():
        for path, storage in finder.list([]):
            yield Path(storage.path(path))
