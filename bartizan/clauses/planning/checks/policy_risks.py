"""Does the policy rest on the picture that the risk assessment gives? (5.2.2)

Here, and not with the policy, because it takes the risk assessments to tell.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from bartizan.clauses.leadership.models import SecurityPolicy
from bartizan.clauses.planning.models import RiskAssessment
from bartizan.ground.records.models import RecordQuerySet, Relation, linked_with


def policies_citing_an_assessment(day: date) -> QuerySet[SecurityPolicy]:
    """Policies in force that cite an overall risk assessment."""
    cited = linked_with(_overall(day), relation=Relation.CITES)
    return SecurityPolicy.objects.in_force(day).filter(cited)


def policies_older_than_the_assessment(day: date) -> QuerySet[SecurityPolicy]:
    """Was not reviewed since the newest overall risk assessment."""
    newer = _overall(day).filter(done_on__gt=OuterRef("reviewed_on"))
    policies = SecurityPolicy.objects.in_force(day)
    return policies.filter(Exists(newer) | Q(reviewed_on=None))


def _overall(day: date) -> RecordQuerySet[RiskAssessment]:
    return RiskAssessment.objects.live().filter(is_overall=True, done_on__lte=day)
