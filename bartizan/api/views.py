"""REST over every register: same rows, same filters, same rules as the pages."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, cast

from django.db import IntegrityError, models, transaction
from django.http import Http404
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import (
    OpenApiParameter,
    extend_schema,
    extend_schema_serializer,
    extend_schema_view,
    inline_serializer,
)
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from bartizan.api.access import caller
from bartizan.api.asked import PAGE_LIMIT, size_asked
from bartizan.api.described import REFUSALS, WRONG, Problem, Said
from bartizan.api.models import Answer
from bartizan.api.serializers import serializer_class
from bartizan.ground.people.authority import demand, rows_for
from bartizan.ground.people.requests import natural
from bartizan.ground.records import life, search
from bartizan.ground.records.forms import filter_class
from bartizan.ground.records.models import Record
from bartizan.ground.records.register import Register
from bartizan.ground.records.related import with_references
from bartizan.ground.trail.acts import act


class Stale(APIException):
    """Somebody else changed the row since the caller read it."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "stale"
    default_detail = _("Somebody changed this record since you read it: read it again.")


class Unprocessable(APIException):
    """The row can't take this step, for a reason of its own."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "refused"


WRITING = {**REFUSALS, 400: WRONG, 409: Problem}
HEADERS = [
    OpenApiParameter(
        "Idempotency-Key", str, OpenApiParameter.HEADER,
        description="Repeated under the same key it is done once and answered the same.",
    ),
    OpenApiParameter(
        "X-Why", str, OpenApiParameter.HEADER, description="The reason that the history keeps."
    ),
]  # fmt: skip


class Twice(Exception):
    """Two made the same request at the same time: the other one was quicker, this one is undone."""


class RegisterViewSet(
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    viewsets.GenericViewSet,
):
    """The rows of one register. There is no DELETE: records are retired."""

    register: Register
    http_method_names = ["get", "post", "patch", "head", "options"]
    filter_backends = [DjangoFilterBackend]
    lookup_url_kwarg = "name"

    def get_queryset(self) -> models.QuerySet:
        register = self.register
        rows = rows_for(caller(self.request), register.model)
        return with_references(register, [*register.key, *register.editable], rows)

    def get_object(self) -> models.Model:
        return self._named(self.get_queryset())

    def _named(self, rows: models.QuerySet) -> models.Model:
        """The row the address names, or 404. Whoever is about to write it holds it until done."""
        name = self.kwargs["name"]
        if self.request.method not in ("GET", "HEAD", "OPTIONS"):
            rows = self.register.held(rows)
        key = "number" if self.register.holds_records else "pk"
        try:
            # Not the first of these: to sort what is one takes Django longer than to fetch it.
            return rows.get(**{key: natural(name) if key == "pk" else name})
        except rows.model.DoesNotExist:
            raise Http404 from None

    def list(self, request: Request) -> Response:
        self._demand_known(request.query_params)
        rows = self.filter_queryset(self.get_queryset())
        words = request.query_params.get("q", "").strip()
        found = search.within(self.register, rows, words)
        page = found.page("-pk", size_asked(self.request), request.query_params.get("at"))
        return Response(
            {
                "next": self._neighbour(page.next),
                "previous": self._neighbour(page.previous),
                "results": self.get_serializer(page.rows, many=True).data,
            }
        )

    def _demand_known(self, asked: Iterable[str]) -> None:
        """A filter whose name was mistyped would find everything."""
        known = {*filter_class(self.register).base_filters, "q", "at", "size", "format"}
        if unknown := set(asked) - known:
            raise ValidationError({name: [_("There is no such filter.")] for name in unknown})

    def _neighbour(self, cursor: str | None) -> str | None:
        if cursor is None:
            return None
        query = self.request.query_params.copy()
        query["at"] = cursor
        return self.request.build_absolute_uri(f"?{query.urlencode()}")

    # -- writes: each in an act, each answered once ---------------------------------------------

    def create(self, request: Request) -> Response:
        return self._once(lambda: self._create(request))

    def partial_update(self, request: Request, name: str) -> Response:
        return self._once(lambda: self._update(request))

    def _create(self, request: Request) -> Response:
        self._demand("write", self.register.model)
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        many = {f.name for f in self.register.model._meta.many_to_many}
        plain = {n: v for n, v in serializer.validated_data.items() if n not in many}
        self._demand("write", self.register.model(**plain))
        serializer.save()
        return Response(serializer.data, status=status.HTTP_201_CREATED)

    def _update(self, request: Request) -> Response:
        row = self.get_object()
        self._demand("write", row)
        said = request.data if isinstance(request.data, dict) else {}
        if isinstance(row, Record) and said.get("version") != row.version:
            raise Stale
        serializer = self.get_serializer(row, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        self._demand("write", row)  # as it has become
        serializer.save()
        return Response(serializer.data)

    def _demand(self, verb: str, subject: Any) -> None:
        demand(caller(self.request), verb, subject)

    def _once(self, write: Any) -> Response:
        """Do it in an act; a repetition under the same key gets the first answer again."""
        key = self.request.headers.get("Idempotency-Key", "")[:100]
        why = self.request.headers.get("X-Why", "")[:300]
        try:
            with act(caller(self.request), through="api", why=why):
                if not key:
                    return write()
                told = self._told(key)
                return self._answered(key, write) if told is None else told
        except Twice:
            return cast(Response, self._told(key))

    def _answered(self, key: str, write: Any) -> Response:
        """Do it, and keep the answer beside what was done."""
        with transaction.atomic():
            answer = write()
        try:
            Answer.objects.create(
                person=caller(self.request), key=key, request_sha256=self._digest(),
                status=answer.status_code, body=_plain(answer.data),
            )  # fmt: skip
        except IntegrityError as error:
            raise Twice from error
        return answer

    def _told(self, key: str) -> Response | None:
        known = Answer.objects.filter(person=caller(self.request), key=key).first()
        if known is None:
            return None
        if known.request_sha256 != self._digest():
            raise Unprocessable(_("This idempotency key was used for another request."))
        return Response(known.body, status=known.status)

    def _digest(self) -> str:
        parts = (str(self.request.method), self.request.get_full_path(), repr(self.request.data))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _plain(data: Any) -> Any:
    """An answer as JSON holds it."""
    return json.loads(JSONRenderer().render(data))


class StepSerializer(serializers.Serializer):
    """What a step of a record's life may take along."""

    why = serializers.CharField(required=False, allow_blank=True, max_length=300)


class RecordViewSet(RegisterViewSet):
    """Rows that are records: they can be confirmed, reviewed, approved, retired and reinstated."""

    def _step(self, verb: str, do: Any) -> Response:
        def write() -> Response:
            taken = StepSerializer(data=self.request.data)
            taken.is_valid(raise_exception=True)
            # The answer says nothing of what the record refers to: that need not be fetched.
            record = self._named(rows_for(caller(self.request), self.register.model))
            if not isinstance(record, Record):
                raise Http404
            self._demand(verb, record)
            try:
                said = do(record, taken.validated_data.get("why", ""))
            except life.Refused as refusal:
                raise Unprocessable(str(refusal)) from refusal
            return Response({"detail": said, "version": record.version, "status": record.status})

        return self._once(write)

    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, name: str) -> Response:
        """A draft comes into force."""
        return self._step("write", lambda record, why: life.confirm(record))

    @action(detail=True, methods=["post"])
    def review(self, request: Request, name: str) -> Response:
        """Somebody looked at it, and it still holds."""
        return self._step("write", lambda record, why: life.review(record))

    @action(detail=True, methods=["post"])
    def approve(self, request: Request, name: str) -> Response:
        """Sign off the present version."""
        return self._step("approve", lambda record, why: life.approve(record, caller(request), why))

    @action(detail=True, methods=["post"])
    def retire(self, request: Request, name: str) -> Response:
        """Take it out of force; `why` is demanded."""
        return self._step("retire", life.retire)

    @action(detail=True, methods=["post"])
    def reinstate(self, request: Request, name: str) -> Response:
        """Bring it back as a draft."""
        return self._step("retire", lambda record, why: life.reinstate(record))


def viewset(register: Register) -> type[RegisterViewSet]:
    """The endpoints of one register, described for the OpenAPI document."""
    base = RecordViewSet if register.holds_records else RegisterViewSet
    row = serializer_class(register)
    name = register.model.__name__
    page = inline_serializer(
        f"{name}Page",
        {
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "results": row(many=True),
        },
    )
    extend_schema_serializer(many=False)(type(page))  # an object, though its address lists
    made = type(
        f"{name}ViewSet",
        (base,),
        {
            "register": register,
            "queryset": register.model._default_manager.none(),
            "serializer_class": row,
            "filterset_class": filter_class(register),
            "__doc__": str(register.about.what),
        },
    )
    asked = [
        OpenApiParameter("q", str, description="Words to look for."),
        OpenApiParameter("at", str, description="Where the page begins, from `next`."),
        OpenApiParameter("size", int, description=f"Rows of a page, at most {PAGE_LIMIT}."),
    ]
    steps = {
        step: extend_schema(
            request=StepSerializer, responses={200: Said, **WRITING}, parameters=HEADERS
        )
        for step in ("confirm", "review", "approve", "retire", "reinstate")
        if register.holds_records
    }
    return extend_schema_view(
        list=extend_schema(parameters=asked, responses={200: page, 400: WRONG, **REFUSALS}),
        retrieve=extend_schema(responses={200: row, **REFUSALS}),
        create=extend_schema(parameters=HEADERS, responses={201: row, **WRITING}),
        partial_update=extend_schema(parameters=HEADERS, responses={200: row, **WRITING}),
        **steps,
    )(made)
