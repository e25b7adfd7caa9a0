"""The job worker process of ``bihuan up``."""

from __future__ import annotations

import os

import django

from bihuan.conf.ending import end_with_parent

GRACE_SECONDS = 4.0
POOL_SECONDS = 3.0
LANES = 4
"""One each for escalating, telling and recounting, which wait for themselves, and one for what somebody waits for."""


def main() -> None:
    """Work until told to stop; jobs under way get a moment to finish, the rest are taken up again later."""
    end_with_parent()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.conf.settings")
    django.setup()
    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.utils import connector_params

    connector = PsycopgConnector(
        kwargs=connector_params(), min_size=1, max_size=LANES + 2, timeout=POOL_SECONDS
    )
    with app.replace_connector(connector) as working:
        working.run_worker(
            name=f"bihuan-{os.getpid()}",
            concurrency=LANES,
            shutdown_graceful_timeout=GRACE_SECONDS,
            fetch_job_polling_interval=5.0,
            delete_jobs="successful",
        )


if __name__ == "__main__":
    main()
