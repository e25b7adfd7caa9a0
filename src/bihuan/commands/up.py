"""``bihuan up``: the whole installation in one terminal."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import secrets
import socket
import sys
import time
from argparse import ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator
from typing import Any

from bihuan.commands.answers import answer, say
from bihuan.commands.setup import choose, make_ready
from bihuan.conf import ending, env
from bihuan.kernel.errors import Refused

LOOPBACK = "127.0.0.1"
PATIENCE_SECONDS = 6.0
GOING = b"going"


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = subparsers.add_parser("up", help="启动：数据库、网页与后台任务，按 Ctrl-C 停止")
    parser.add_argument("--port", type=_port, default=8000, help="端口，默认 8000")
    parser.add_argument("--host", default=LOOPBACK, help="监听地址，默认只供本机访问；演示区只能是本机")
    parser.add_argument("--workers", type=int, default=2, help="网页进程数，默认 2")
    parser.add_argument(
        "--metrics-port", type=_port, help="另在本机回环地址的这个端口提供 /metrics，不需要令牌；不写即不提供"
    )
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--demo", dest="demo", action="store_true", default=None, help="演示区")
    kind.add_argument("--no-demo", dest="demo", action="store_false", help="正式区")
    parser.set_defaults(run=up, database=False)


def up(arguments: Namespace) -> int:
    """Prepare and serve until Ctrl-C.

    Raises:
        Refused: it already runs on this data, the port is taken, or the demo should listen to the network.
    """
    from bihuan.cli import database
    from bihuan.conf import accounts

    ending.end_with_parent()
    choose(env.current().demo if arguments.demo is None else arguments.demo)
    accounts.become_owner_of(env.current().root)
    if env.current().demo:
        _only_here(arguments.host)
        os.environ.setdefault("BIHUAN_DEMO_CODE", f"{secrets.randbelow(10**6):06d}")
        env.current.cache_clear()
    with _only_once() as lock, database():
        _check_port(arguments.host, arguments.port)
        if arguments.metrics_port:
            _check_port(LOOPBACK, arguments.metrics_port)
        begun = time.monotonic()
        make_ready()
        _serve(arguments, begun, lambda: _write(lock, GOING))
    say("已停止，数据都已保存。")
    return 0


def _serve(arguments: Namespace, begun: float, going: Callable[[], None]) -> None:
    from django.db import connections

    from bihuan.conf.postgres import Server
    from bihuan.conf.supervisor import Child, Supervisor

    connections.close_all()
    server = Server(env.current().postgres) if env.current().embedded else None
    address = (arguments.host, arguments.port)
    greeted = False

    def between() -> None:
        nonlocal greeted
        if server is not None:
            try:
                server.ensure()
            except Refused as refusal:
                say(f"数据库暂不可用，稍后再试：{refusal}")
        if not greeted and _listening(*address):
            greeted = True
            _greet(arguments, time.monotonic() - begun)

    web = [sys.executable, "-m", "bihuan.conf.web", "--host", arguments.host]
    web += ["--port", str(arguments.port), "--workers", str(arguments.workers)]
    worker = [sys.executable, "-m", "bihuan.conf.worker"]
    children = [Child("网页服务", web), Child("后台任务", worker)]
    if arguments.metrics_port:
        measuring = [sys.executable, "-m", "bihuan.conf.web", "--serve", "metrics", "--workers", "1"]
        children.append(Child("运行指标", [*measuring, "--port", str(arguments.metrics_port)]))
    Supervisor(children, dict(os.environ), say, between, going).run()


def _greet(arguments: Namespace, seconds: float) -> None:
    from django.db import connections

    from bihuan.conf import preparing

    url = f"http://{LOOPBACK if arguments.host == '0.0.0.0' else arguments.host}:{arguments.port}/"  # noqa: S104
    lines = [f"闭环已启动（用时 {seconds:.1f} 秒）：{url}"]
    if env.current().demo:
        lines.append(
            f"这是演示区。登录：打开上面的地址，输入演示码 {env.current().demo_code} ，再点选一个角色。"
        )
    else:
        found = preparing.installation()
        lines.append(
            f"行政区：{(found and found[1] and f'{found[2]}（{found[1]}）') or '尚未命名，请运行 bihuan setup --district'}。"
        )
        lines.append("登录：用已有账号；第一个管理员账号用 bihuan createadmin 账号 --role system 建立。")
    lines.append(f"数据在 {env.current().data}。按 Ctrl-C 停止。")
    answer(arguments, {"url": url, "demo": env.current().demo}, "\n".join(lines))
    connections.close_all()


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise ArgumentTypeError(f"端口须为 1 到 65535 的整数：{text}")
    return int(text)


def _only_here(host: str) -> None:
    if host not in {LOOPBACK, "localhost", "::1"}:
        raise Refused.because("up.demo_is_local", "演示区只供本机访问，不能监听其他地址。请去掉 --host。")


@contextlib.contextmanager
def _only_once() -> Iterator[int]:
    """One ``up`` for each data folder; one that is just going says so in the lock file and is waited for."""
    lock = os.open(env.data_folder() / "up.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        waiting = "正在等待上一次的 bihuan up 结束 …"
        if not _patiently(lambda: _locked(lock) or os.pread(lock, 16, 0) == GOING, PATIENCE_SECONDS, waiting):
            raise Refused.because(
                "up.already_running", f"数据目录 {env.current().data} 上已有一个 bihuan up 在运行。"
            )
        fcntl.flock(lock, fcntl.LOCK_EX)
        _write(lock, b"")
        yield lock
    finally:
        os.close(lock)


def _write(lock: int, text: bytes) -> None:
    os.ftruncate(lock, 0)
    os.pwrite(lock, text, 0)


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _patiently(attempt: Callable[[], bool], seconds: float, remark: str) -> bool:
    if attempt():
        return True
    say(remark)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(0.2)
        if attempt():
            return True
    return False


def _check_port(host: str, port: int) -> None:
    """The port must be free; one whose server is just going is waited for."""
    if not _patiently(lambda: _free(host, port), PATIENCE_SECONDS, f"端口 {port} 正被占用，稍候 …"):
        raise Refused.because(
            "up.port_taken",
            f"端口 {port} 已被其他程序占用。请换一个：bihuan up --port {port + 1}，或 make up PORT={port + 1}。",
        )


def _free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise Refused.because(
                "up.cannot_listen", f"不能监听 {host}:{port}（{error.strerror}）。请换一个地址或端口。"
            ) from error
    return True


def _listening(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True
