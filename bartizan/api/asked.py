"""What any request may ask for beside its address."""

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

PAGE_SIZE, PAGE_LIMIT = 50, 200


def size_asked(request: Request) -> int:
    """How many rows the caller wants at a time. Raises ValidationError (HTTP 400)."""
    asked = request.query_params.get("size", str(PAGE_SIZE))
    if not asked.isdecimal() or not 1 <= int(asked[:6]) <= PAGE_LIMIT:
        raise ValidationError({"size": [_("Between 1 and %s.") % PAGE_LIMIT]})
    return int(asked)
