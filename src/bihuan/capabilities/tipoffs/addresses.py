"""Pages of 举报投诉 that no loop makes."""

from __future__ import annotations

from django.urls import path

from bihuan.capabilities.tipoffs.ledger import ledger_export, ledger_page
from bihuan.capabilities.tipoffs.registering import receipt_page, register_page

urlpatterns = [
    path("tipoffs/register/", register_page),
    path("tipoffs/ledger/", ledger_page),
    path("tipoffs/ledger/export.xlsx", ledger_export),
    path("tipoff-batches/<str:no>/receipt/", receipt_page),
]
