"""The web server process of ``bihuan up``: granian with two workers that are started again when they fall."""

from __future__ import annotations

import argparse
import logging
import os
import signal

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from bihuan.conf.ending import end_with_parent

TARGETS = {"pages": "bihuan.conf.wsgi:application", "metrics": "bihuan.kernel.web.metrics_port:application"}


def main() -> None:
    """``python -m bihuan.conf.web --host H --port P --workers N --serve pages|metrics``"""
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--serve", choices=tuple(TARGETS), default="pages")
    arguments = parser.parse_args()
    end_with_parent(signal.SIGKILL)
    os.environ["BIHUAN_POOL"] = "1"
    logging.captureWarnings(True)
    Granian(
        TARGETS[arguments.serve],
        address=arguments.host,
        port=arguments.port,
        interface=Interfaces.WSGI,
        workers=arguments.workers,
        blocking_threads=4,
        backlog=1024,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main()
