"""A small shop with a column of every kind, so that the trail is tested on all of them."""

import uuid

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F


class Shelf(models.Model):
    code = models.CharField(max_length=40, unique=True)
    above = models.ForeignKey("self", models.SET_NULL, null=True)

    def __str__(self) -> str:
        return self.code


class Ware(models.Model):
    """The parent of a kind with a table of its own."""

    name = models.CharField(max_length=200)
    shelf = models.ForeignKey(Shelf, models.CASCADE, null=True)
    near = models.ManyToManyField(Shelf, related_name="wares_near")
    changed = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name


class Machine(Ware):
    """A column of every type."""

    price = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    pieces = models.BigIntegerField(default=0)
    weight = models.FloatField(null=True)
    working = models.BooleanField(default=True)
    photo = models.BinaryField(null=True)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    made_on = models.DateField(null=True)
    opens_at = models.TimeField(null=True)
    serviced_at = models.DateTimeField(null=True)
    lasts = models.DurationField(null=True)
    number = models.UUIDField(default=uuid.uuid4)
    double = models.GeneratedField(
        expression=F("pieces") * 2, output_field=models.BigIntegerField(), db_persist=True
    )


class Visit(models.Model):
    """Not under the trail."""

    untrailed = "Counted for the day only."

    at = models.DateTimeField(auto_now_add=True)
    shelves = models.ManyToManyField(Shelf)

    def __str__(self) -> str:
        return f"{self.at}"
