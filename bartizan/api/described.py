"""The shapes of answers that are no rows, for the OpenAPI document.

Those of verdicts and of the catalogue are made in `conformity/statement.py` and promised there.
"""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers

from bartizan.conformity.requirement import Edition, Modality, Value


class Problem(serializers.Serializer):
    """Why something was not done, in words."""

    detail = serializers.CharField()


WRONG = OpenApiResponse(
    OpenApiTypes.OBJECT,
    "What is wrong, by field; of the row as a whole under `errors`, of the request under `detail`.",
)
REFUSALS = {401: Problem, 403: Problem, 404: Problem}


class Said(serializers.Serializer):
    """What a step did."""

    detail = serializers.CharField()
    version = serializers.IntegerField()
    status = serializers.CharField()


class Named(serializers.Serializer):
    """A row that a verdict rests on."""

    kind = serializers.CharField()
    number = serializers.CharField()
    title = serializers.CharField()


class Shortfall(Named):
    """A row that falls short, and why; without kind and number where a row is missing."""

    why = serializers.CharField()


class StatementOf(serializers.Serializer):
    """How one item stands."""

    id = serializers.CharField()
    modality = serializers.ChoiceField(Modality.choices)
    verdict = serializers.ChoiceField(Value.choices)
    reason = serializers.CharField()
    evidence = Named(many=True)
    shortfalls = Shortfall(many=True)
    more_evidence = serializers.BooleanField()
    more_shortfalls = serializers.BooleanField()


class Statement(serializers.Serializer):
    """How every item of an edition stands."""

    edition = serializers.ChoiceField(Edition.choices)
    as_of = serializers.DateField()
    summary = serializers.DictField(child=serializers.IntegerField(), help_text="By verdict.")
    items = StatementOf(many=True)


class CatalogueItem(serializers.Serializer):
    """What the standard asks in one item, in our words, and which checks decide."""

    id = serializers.CharField()
    edition = serializers.ChoiceField(Edition.choices)
    clause = serializers.CharField()
    modality = serializers.ChoiceField(Modality.choices)
    title = serializers.CharField()
    says = serializers.CharField()
    checks = serializers.ListField(child=serializers.CharField())
    attested = serializers.CharField(help_text="What a person must confirm; empty if nothing.")
    maps_to = serializers.ListField(child=serializers.CharField())


class Consistency(serializers.Serializer):
    """The hashes that prove a log to continue an earlier one (RFC 6962)."""

    old = serializers.IntegerField()
    new = serializers.IntegerField()
    hashes = serializers.ListField(child=serializers.CharField())
