"""The kinds of workbooks with which a district begins."""

from __future__ import annotations

from bihuan.kernel.workbooks.district import agencies, people, regions
from bihuan.kernel.workbooks.importers import register_importer

for importer in (regions.IMPORTER, agencies.IMPORTER, people.IMPORTER):
    register_importer(importer)
