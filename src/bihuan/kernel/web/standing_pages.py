"""Addresses of the pages that belong to no loop."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from bihuan.kernel.web import first_run, noticeboard
from bihuan.kernel.web.auditing import entry, reader
from bihuan.kernel.web.figures import drill, overview
from bihuan.kernel.web.filings import matrix, one
from bihuan.kernel.web.people import lists, persons, posts, signing_keys
from bihuan.kernel.web.rules import listing, setting
from bihuan.kernel.web.workbench.desk import desk_list, workbench

urlpatterns: list[URLPattern | URLResolver] = [
    path("", workbench, name="workbench"),
    path("desk/<slug:which>/", desk_list, name="desk_list"),
    path("setup/", first_run.setup_page, name="setup"),
    path("setup/<slug:kind>.xlsx", first_run.template_file, name="setup_template"),
    path("notices/", noticeboard.notices_page, name="notices"),
    path("notices/read/", noticeboard.read_all, name="read_notices"),
    path("notices/<int:notice>/read/", noticeboard.read_one, name="read_notice"),
    path("figures/", overview.figures_page, name="figures"),
    path("figures/export.xlsx", overview.figures_export, name="figures_export"),
    path("figures/<str:name>/records/", drill.records_page, name="figure_records"),
    path("figures/<str:name>/records/export.xlsx", drill.records_export, name="figure_records_export"),
    path("filings/", matrix.matrix_page, name="filings"),
    path("filings/remind/", matrix.remind, name="remind_filings"),
    path("filings/<uuid:uid>/", one.filing_page, name="filing"),
    path("filings/<uuid:uid>/nil/", one.nil_page, name="file_nil"),
    path("filings/<uuid:uid>/waive/", one.waive_page, name="waive_filing"),
    path("policies/", listing.policies_page, name="policies"),
    path("policies/<str:key>/", listing.policy_page, name="policy"),
    path("policies/<str:key>/set/", setting.set_page, name="set_policy"),
    path("record/", reader.record_page, name="record"),
    path("record/verify/", entry.start_verification, name="verify_record"),
    path("record/verification/", entry.verification_progress, name="verification_progress"),
    path("record/entries/<uuid:matter>/<int:seq>/", entry.entry_page, name="record_entry"),
    path("record/seals/<int:number>/", entry.seal_file, name="seal_file"),
    path("people/", lists.people_page, name="people"),
    path("people/suggest/", posts.suggest_people, name="suggest_people"),
    path("people/accounts/new/", persons.open_new, name="open_account"),
    path("people/persons/<int:pk>/", persons.person_page, name="person"),
    path("people/persons/<int:pk>/account/", persons.open_for, name="open_account_for"),
    path("people/persons/<int:pk>/close/", persons.close, name="close_account"),
    path("people/persons/<int:pk>/reopen/", persons.reopen, name="reopen_account"),
    path("people/persons/<int:pk>/reset-password/", persons.reset_password, name="reset_password"),
    path("people/persons/<int:pk>/revoke-key/", signing_keys.revoke, name="revoke_key"),
    path("people/tokens/<int:pk>/revoke/", persons.revoke_token, name="revoke_token"),
    path("people/posts/new/", posts.new_post, name="new_post"),
    path("people/posts/<int:pk>/", posts.post_page, name="post"),
    path("people/posts/<int:pk>/begin/", posts.begin, name="begin_tenure"),
    path("people/tenures/<int:pk>/end/", posts.end, name="end_tenure"),
]
