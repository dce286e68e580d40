"""Every component of the pages once, for those who write pages."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bartizan.site.home import ClauseFigures

DRAWN = [
    ClauseFigures("4", "Context", "plan", "#", Counter({"conforming": 3, "no-evidence": 1})),
    ClauseFigures("8", "Operation", "do", "#", Counter({"nonconforming": 1, "observation": 1})),
    ClauseFigures("9", "Evaluation", "check", "#", Counter({"awaiting-attestation": 2})),
    ClauseFigures("10", "Improvement", "act", "#", Counter({"not-assessed": 1})),
]


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """The page of them, with nothing of the organization on it."""
    context = {"today": timezone.localdate(), "clauses": DRAWN}
    return TemplateResponse(request, "site/components.html", context)
