"""The port for measurements: two addresses, no session, no page, on loopback only (``bihuan up --metrics-port``)."""

from __future__ import annotations

import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.urls import path

from bihuan.conf.ending import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.conf.settings")
os.environ.setdefault("BIHUAN_POOL", "1")
settings.ROOT_URLCONF = __name__
settings.MIDDLEWARE = []
end_with_parent()
django.setup()

from bihuan.kernel.web import status  # noqa: E402

urlpatterns = [path("healthz", status.healthz), path("metrics", status.metrics_here)]
application = WSGIHandler()
