"""What could be meant while somebody types the name of an enterprise."""

from __future__ import annotations

from django.db.models import F, Q, Value
from django.db.models.functions import Replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel.objects.access import visible_objects
from bihuan.kernel.territory.names import name_key
from bihuan.kernel.web.session import actor_for, signed_in


@require_GET
@signed_in
def suggest_objects(request: HttpRequest) -> HttpResponse:
    """Up to twelve objects in my jurisdiction whose name, code or pinyin fits what was typed."""
    typed = request.GET.get("q", "").strip()[:60]
    found: list[object] = []
    if typed:
        key = name_key(typed)
        fits = Q(name_key__contains=key) | Q(credit_code__startswith=key)
        spelt = typed.lower().replace(" ", "")
        if spelt.isascii() and spelt.isalpha():
            fits |= Q(spelt__startswith=spelt)
        found = list(
            visible_objects(actor_for(request))
            .alias(spelt=Replace(F("name_pinyin"), Value(" "), Value("")))
            .filter(fits)
            .select_related("region")
            .order_by("name_pinyin")[:12]
        )
    return render(request, "components/suggestions.html", {"objects": found})
