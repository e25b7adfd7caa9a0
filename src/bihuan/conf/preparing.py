"""From an empty folder to a database the program can work with; safe to repeat, quick when there is nothing to do."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
from collections.abc import Iterator

from django.core.management import call_command
from django.db import ProgrammingError, connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from bihuan.conf import env, roles
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused

LOCK = 7_701_002
HORIZON = "bihuan.kernel.record.horizon"


def prepare(district: tuple[str, str] | None = None) -> None:
    """Keys, tables and the installation's own row. The database must answer already.

    Raises:
        Refused: the database belongs to the other kind of installation, lacks the role ``app``, or an earlier version's
            migrations stopped halfway.
    """
    environment = env.current()
    env.keep_secret_key()
    if environment.demo:
        (env.data_folder() / env.DEMO_MARK).touch(mode=0o600)
    with roles.as_owner(), _alone():
        if not environment.embedded:
            _grant()
        executor = _executor()
        if _plan(executor):
            call_command("migrate", verbosity=0, interactive=False)
        else:
            executor.check_replacements()
        catch_up_horizon()
        _mark(environment.demo, district)


def pending() -> bool:
    """Whether a migration of this version has not been run on this database.

    Raises:
        Refused: migrations of an earlier version were run in part, and only that version has the others.
    """
    return bool(_plan(_executor()))


def refuse_halfway() -> None:
    """Before the migrations are run by hand; alone they would end in a stack of frames.

    Raises:
        Refused: migrations of an earlier version were run in part.
    """
    _executor()


def _executor() -> MigrationExecutor:
    loader = MigrationLoader(connection, load=False)
    loader.load_disk()
    recorded = MigrationRecorder(connection).applied_migrations()
    halfway = {
        key[0]
        for key, migration in loader.disk_migrations.items()
        if key not in recorded
        and 0 < sum(one in recorded for one in migration.replaces) < len(migration.replaces)
    }
    if halfway:
        raise Refused.because(
            "setup.halfway",
            f"这个数据库停在早先版本升级的中途（{'、'.join(sorted(halfway))}），本版本不能从那里接着升级，数据没有改动。"
            "请先换回原来的版本运行 bihuan setup 把升级做完，再换用本版本；或者从备份恢复。",
        )
    return MigrationExecutor(connection)


def _plan(executor: MigrationExecutor) -> list[tuple[Migration, bool]]:
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def require_prepared() -> None:
    """Stop a command on a database without tables with a sentence rather than a stack of frames.

    Raises:
        Refused: ``bihuan setup`` has not been run.
    """
    if installation() is None:
        raise Refused.because(
            "setup.missing",
            f"数据目录 {env.current().data} 中还没有建立行政区。请先运行 bihuan setup（正式）或 bihuan setup --demo（演示）。",
        )
    if (env.current().data / env.BEHIND).exists():
        with roles.as_owner():
            catch_up_horizon()


def installation() -> tuple[bool, str, str] | None:
    """Demo?, district code and name of this database; None when it is not prepared."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT demo, district_code, district_name FROM conf_installation")
            row: tuple[bool, str, str] | None = cursor.fetchone()
    except ProgrammingError:
        return None
    return row


def leave_behind() -> None:
    """Note that this database was loaded from a dump: its transaction numbers began anew, the record's did not."""
    (env.data_folder() / env.BEHIND).touch(mode=0o600)


def catch_up_horizon() -> None:
    """After a load, move the record's transaction numbers beyond every existing one, as owner."""
    mark = env.current().data / env.BEHIND
    if mark.exists() and importlib.util.find_spec(HORIZON):
        importlib.import_module(HORIZON).advance()
        mark.unlink()


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _grant() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname = %s", [roles.APP])
        if cursor.fetchone() == (0,):
            raise Refused.because(
                "postgres.no_app_role",
                "数据库中没有角色 app。请数据库管理员执行：CREATE ROLE app; 并把 DATABASE_URL 所用的账户加入该角色"
                "（GRANT app TO 账户;），DATABASE_OWNER_URL 使用另一个拥有本库的账户。",
            )
        for grant in roles.GRANTS:
            cursor.execute(grant)


def _mark(demo: bool, district: tuple[str, str] | None) -> None:
    found = installation()
    if found and found[0] != demo:
        here, wanted = ("演示", "正式") if found[0] else ("正式", "演示")
        raise Refused.because(
            "setup.other_kind",
            f"这个数据库是{here}区，不能当作{wanted}区使用。请用 BIHUAN_DATA 指定另一个数据目录。",
        )
    code, name = district or ("", "")
    if found and code and found[1] and found[1] != code:
        raise Refused.because(
            "setup.other_district", f"这个数据库属于 {found[2]}（{found[1]}），不能改为 {name}（{code}）。"
        )
    with connection.cursor() as cursor:
        if not found:
            cursor.execute(
                "INSERT INTO conf_installation (id, demo, district_code, district_name, made_at)"
                " VALUES (1, %s, %s, %s, %s)",
                [demo, code, name, clock.now()],
            )
        elif code:
            cursor.execute(
                "UPDATE conf_installation SET district_code = %s, district_name = %s", [code, name]
            )
