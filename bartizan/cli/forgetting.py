"""Erasing a person's data: the row, the trail, and where their name is written all the same."""

import json
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Replace

from bartizan.api.models import Answer
from bartizan.conformity.models import VerdictChange
from bartizan.ground.people import second_factor
from bartizan.ground.people.models import Person
from bartizan.ground.trail.acts import act
from bartizan.ground.trail.erasure import erase


@dataclass
class Erased:
    """How many entries lost their images, and how many rows of which kind still hold a name."""

    entries: int
    left: dict[str, int] = field(default_factory=dict)


def known_as(who: str) -> Person | None:
    """The person with this e-mail address or code, signing in or not."""
    return Person.objects.filter(Q(email__iexact=who) | Q(code=who)).first()


def forget(person: Person, basis: str) -> Erased:
    """Make the person anonymous and erase what the trail knew. What they did keeps their number."""
    words = [word for word in (person.name, person.email) if word]
    with act(None, through="command", why=f"erasure: {basis}"), transaction.atomic():
        entries = erase(person, basis, reasons=True)
        person.code, person.name = f"erased-{person.pk}", f"Erased person {person.pk}"
        person.email, person.language = None, ""
        person.is_active = False
        person.set_unusable_password()
        person.full_clean(exclude=["password"])
        person.save()
        person.api_tokens.all().delete()
        person.sign_in_links.all().delete()
        person.saved_views.all().delete()
        second_factor.remove(person)
        rename_in_what_is_derived(words, person.name)
    return Erased(len(entries), mentions(words))


def rename_in_what_is_derived(words: list[str], name: str) -> None:
    """Nobody can edit the reasons of past verdicts, nor what programs were answered."""
    for word in words:
        said = Replace(F("reason"), Value(word), Value(name))
        VerdictChange.objects.filter(reason__contains=word).update(reason=said)
    held = [
        answer.pk
        for answer in Answer.objects.iterator()
        if any(word.casefold() in _text(answer).casefold() for word in words)
    ]
    Answer.objects.filter(pk__in=held).delete()


def _text(answer: Answer) -> str:
    return json.dumps(answer.body, ensure_ascii=False)


def mentions(words: list[str]) -> dict[str, int]:
    """Rows of every table, the trail's own too, whose texts hold one of these words."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        texts = [
            text.name
            for text in model._meta.local_concrete_fields
            if isinstance(text, models.CharField | models.TextField) and not text.choices
        ]
        asked = Q()
        for name in texts:
            for word in words:
                asked |= Q(**{f"{name}__icontains": word})
        if asked and (rows := model._base_manager.filter(asked).count()):
            found[str(model._meta.verbose_name_plural)] = rows
    return found
