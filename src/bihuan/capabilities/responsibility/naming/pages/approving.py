"""Noting who approved and who signed something about an object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from bihuan.capabilities.responsibility.naming import approvals
from bihuan.capabilities.responsibility.naming.pages.forms import ApprovalForm
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for


@only_for(approvals.NOTING)
def new(request: HttpRequest) -> HttpResponse:
    """The form, about the object in the address."""
    actor = actor_for(request)
    one = access_object(actor, request.GET.get("object", ""))

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        approvals.note(one.uid, approvals.Signed(**given), actor_for(request))
        messages.success(request, f"已登记：{given['approver']}审批、{given['signer']}签字。")
        return HttpResponseRedirect(f"/enterprises/{one.uid}/")

    question = Question(
        "登记审批签字", back=f"/enterprises/{one.uid}/", says="登记后不能改、不能删；登错的，另登一条更正。",
        basis="谁审批谁负责、谁签字谁负责", facts=[parts.Fact("监管对象", one.name)],
        crumbs=[parts.Link(one.name, f"/enterprises/{one.uid}/")],
    )  # fmt: skip
    return ask(request, question, ApprovalForm(request.POST or None), deed)
