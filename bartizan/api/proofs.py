"""Endpoints of verdicts and of the trail: what is computed, and what proves it."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from bartizan.api.access import caller
from bartizan.api.asked import PAGE_LIMIT, size_asked
from bartizan.api.described import (
    REFUSALS,
    WRONG,
    CatalogueItem,
    Consistency,
    Statement,
    StatementOf,
)
from bartizan.conformity.evaluator import evaluate_incremental, verdicts_on
from bartizan.conformity.requirement import Edition
from bartizan.conformity.requirements import CATALOGUE
from bartizan.conformity.statement import catalogue, statement, statement_of
from bartizan.ground.people.authority import demand
from bartizan.ground.records.models import Record
from bartizan.ground.trail.checkpoints import checkpoint, consistency_proof, tlog_proof
from bartizan.ground.trail.log import head

TEXT = "text/plain"
SIZE = OpenApiParameter(
    "size", int, description=f"Records named of each item on either side, at most {PAGE_LIMIT}."
)
EDITION = OpenApiParameter("edition", str, enum=Edition.values, default="2022")


def _edition(request: Request) -> str:
    edition = request.query_params.get("edition", Edition.PUBLISHED)
    if edition not in Edition.values:
        raise Http404
    return edition


@extend_schema(
    operation_id="statement",
    parameters=[EDITION, SIZE],
    responses={200: Statement, 400: WRONG, **REFUSALS},
)
@api_view(["GET"])
def conformity(request: Request) -> Response:
    """How every item of an edition stands, as the caller may see it."""
    edition = _edition(request)
    verdicts = evaluate_incremental(edition, seen_by=caller(request)).values()
    return Response(statement(edition, timezone.localdate(), verdicts, size_asked(request)))


@extend_schema(
    operation_id="verdict",
    parameters=[SIZE],
    responses={200: StatementOf, 400: WRONG, **REFUSALS},
)
@api_view(["GET"])
def verdict(request: Request, id: str) -> Response:
    """How one item stands."""
    item = CATALOGUE.get(id)
    if item is None:
        raise Http404
    return Response(statement_of(verdicts_on([item], caller(request))[id], size_asked(request)))


@extend_schema(parameters=[EDITION], responses={200: CatalogueItem(many=True), **REFUSALS})
@api_view(["GET"])
def requirements(request: Request) -> Response:
    """What the standard asks, in our words, and which checks decide."""
    edition = _edition(request)
    return Response(catalogue(item for item in CATALOGUE.values() if item.edition == edition))


@extend_schema(responses={(200, TEXT): OpenApiTypes.STR, **REFUSALS})
@api_view(["GET"])
def signed_checkpoint(request: Request) -> HttpResponse:
    """The signed head of the trail (C2SP tlog-checkpoint): hold it, and the log is held to it."""
    return HttpResponse(checkpoint().note, content_type=f"{TEXT}; charset=utf-8")


@extend_schema(responses={(200, TEXT): OpenApiTypes.STR, **REFUSALS})
@api_view(["GET"])
def inclusion(request: Request, index: int) -> HttpResponse:
    """That an entry stands in the log, checkable without us (C2SP tlog-proof)."""
    _demand_everything(request)
    if index >= head().size:
        raise Http404
    return HttpResponse(tlog_proof(index), content_type=f"{TEXT}; charset=utf-8")


@extend_schema(responses={200: Consistency, **REFUSALS})
@api_view(["GET"])
def consistency(request: Request, old: int, new: int) -> Response:
    """That the log of the new size continues the one of the old size (RFC 6962)."""
    if not 0 < old <= new <= head().size:
        raise Http404
    hashes = [node.hex() for node in consistency_proof(old, new)]
    return Response({"old": old, "new": new, "hashes": hashes})


def _demand_everything(request: Request) -> None:
    """An entry's leaf names a table and a row: for whoever may read the whole system."""
    demand(request.user, "read", Record)
