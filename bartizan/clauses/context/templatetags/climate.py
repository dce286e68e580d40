"""Says on a page whether the decision on climate change stands (amendment of 2024 to 4.1)."""

from django import template

from bartizan.clauses.context.checks.issues import climate_decisions
from bartizan.ground.people.models import Person

register = template.Library()


@register.simple_tag
def climate_is_decided(person: Person) -> bool:
    """Has it been decided whether climate change is a relevant issue, as far as one may see?"""
    return climate_decisions().visible_to(person).exists()
