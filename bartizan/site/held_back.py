"""What a record's page says of the standard: which requirements fail because of this record.

The page asks for it once it is shown. Most records hold back nothing, and nobody should wait for
the answer where all records of a kind have to be counted to find one wanting.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from bartizan.conformity.held_back import held_back_by
from bartizan.ground.people.requests import SignedInRequest
from bartizan.ground.records.display import address
from bartizan.ground.records.views import RegisterView
from bartizan.registers import REGISTERS
from bartizan.site.requirements import line


class HeldBack(RegisterView):
    """The requirements that one row holds back, each with why; for whoever may see the row."""

    template = "held_back"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        register = next((one for one in REGISTERS if one.slug == kwargs["slug"]), None)
        if register is None:
            raise Http404
        self.register = register
        super().setup(request, *args, **kwargs)

    def get(self, request: SignedInRequest, slug: str, name: str) -> HttpResponse:
        row = self.get_row()
        return self.render(
            {
                "title": str(row),
                "page": "bare.html" if "HX-Request" in request.headers else "base.html",
                "record_url": address(self.register, row),
                "requirements": [
                    line(verdict) | {"why": " ".join(whys)}
                    for verdict, whys in held_back_by(row, request.user)
                ],
            }
        )
