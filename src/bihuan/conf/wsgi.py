"""The entry of the web workers. They alone keep a pool of connections, and end with whoever started them."""

from __future__ import annotations

import os
import signal

from django.core.wsgi import get_wsgi_application

from bihuan.conf.ending import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.conf.settings")
os.environ.setdefault("BIHUAN_POOL", "1")
end_with_parent(signal.SIGKILL)
application = get_wsgi_application()
