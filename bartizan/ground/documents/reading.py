"""Who is to read which document, who has it, and who says that they have read it (7.5.3).

Being on the distribution list of a document lets one read its current version, up to one's
clearance: whoever put the list together decided that. It lets one do nothing else.
"""

from datetime import date

from django.db.models import CharField, Exists, ExpressionWrapper, F, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from bartizan.ground.documents.models import (
    Acknowledgement,
    Distribution,
    Document,
    DocumentVersion,
)
from bartizan.ground.people.authority import PeopleQuerySet
from bartizan.ground.people.models import Assignment, Person, Sensitivity, Unit
from bartizan.ground.records.life import Refused


def recipients(document: Document, day: date) -> PeopleQuerySet[Person]:
    """Everybody on the distribution lists of a document, as of a day."""
    lists = Distribution.objects.filter(document=document)
    path = ExpressionWrapper(OuterRef("unit__path"), output_field=CharField())
    in_unit = lists.alias(path=path).filter(path__startswith=F("unit__path"))
    holding = Assignment.objects.current(day).filter(
        person=OuterRef("pk"), role__in=lists.filter(role__isnull=False).values("role")
    )
    named = lists.filter(person=OuterRef("pk"))
    found = Person.objects.filter(Exists(in_unit) | Exists(holding) | Exists(named))
    return found.filter(is_active=True)


def readable(person: Person, day: date) -> QuerySet[DocumentVersion]:
    """The current versions that are meant for a person and that they are cleared for."""
    lists = Distribution.objects.filter(_meant_for(person, day), document=OuterRef("document"))
    found = DocumentVersion.objects.in_force(day).filter(Exists(lists))
    return found.filter(sensitivity__lte=_clearance(person, day))


def to_acknowledge(person: Person, day: date) -> QuerySet[DocumentVersion]:
    """Those of them that the person has still to read and to acknowledge."""
    asked = Distribution.objects.filter(
        _meant_for(person, day), document=OuterRef("document"), asks_acknowledgement=True
    )
    done = Acknowledgement.objects.filter(
        document_version=OuterRef("pk"), person=person, acknowledged_on__isnull=False
    )
    return readable(person, day).filter(Exists(asked), ~Exists(done))


def _meant_for(person: Person, day: date) -> Q:
    roles = Assignment.objects.current(day).filter(person=person).values("role")
    codes = person.unit.path.strip("/").split("/")
    above = [f"/{'/'.join(codes[: depth + 1])}/" for depth in range(len(codes))]
    units = Unit.objects.filter(path__in=above).values("pk")
    return Q(person=person) | Q(role__in=roles) | Q(unit__in=units)


def _clearance(person: Person, day: date) -> int:
    """What is internal is for all who work here; for more one needs an assignment that says so."""
    held = Assignment.objects.current(day).filter(person=person)
    least = Sensitivity.INTERNAL if person.engagement in Person.WORKFORCE else Sensitivity.PUBLIC
    return max(least, held.aggregate(most=Max("clearance"))["most"] or least)


def _cleared(level: int, day: date) -> Q:
    """People whose clearance, as told above, reaches this level."""
    if level <= Sensitivity.PUBLIC:
        return Q()
    held = Assignment.objects.current(day).filter(person=OuterRef("pk"), clearance__gte=level)
    by_assignment = Q(Exists(held))
    if level <= Sensitivity.INTERNAL:
        return by_assignment | Q(engagement__in=Person.WORKFORCE)
    return by_assignment


def still_to_receive(version: DocumentVersion, day: date) -> PeopleQuerySet[Person]:
    """Those on the distribution lists who may read a version, and have not received it yet."""
    had = version.acknowledgements.values("person")
    asked = recipients(version.document, day).exclude(pk__in=had)
    return asked.filter(_cleared(version.sensitivity, day))


def hand_out(version: DocumentVersion, day: date) -> str:
    """Note that everybody on the distribution lists who is cleared for it has received this."""
    if not DocumentVersion.objects.in_force(day).filter(pk=version.pk).exists():
        raise Refused(_("Only the current version is handed out."))
    handed = [
        Acknowledgement(document_version=version, person=person, received_on=day)
        for person in still_to_receive(version, day)
    ]
    if not handed:
        raise Refused(
            _("Everybody on the distribution lists who is cleared for it has it already.")
        )
    Acknowledgement.objects.bulk_create(handed)
    return _("Handed out to %(count)s people.") % {"count": len(handed)}


def acknowledge(version: DocumentVersion, person: Person, day: date) -> str:
    """A person says that they have read a version that was meant for them."""
    found = Acknowledgement.objects.get_or_create(
        document_version=version, person=person, defaults={"received_on": day}
    )[0]
    if found.acknowledged_on is not None:
        raise Refused(_("You have acknowledged it already."))
    found.acknowledged_on = day
    found.save()
    return _("Thank you. It is noted that you have read it.")
