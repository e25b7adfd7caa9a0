"""The entry of the web workers. They alone keep a pool of connections, and end with whoever started them."""

from __future__ import annotations

import gc
import os
import signal

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from bihuan.conf.ending import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.conf.settings")
os.environ.setdefault("BIHUAN_POOL", "1")
end_with_parent(signal.SIGKILL)
application = get_wsgi_application()
# Every page is loaded before the first request, and what is loaded lives as long as the worker: a full collection that
# walks through all of it would hold some clerk's request up for a seventh of a second, and find nothing.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
