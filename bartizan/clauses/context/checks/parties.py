"""What can be asked of interested parties and of what they require (4.2.1, 5.1)."""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from bartizan.clauses.context.models import InterestedParty, PartyRequirement
from bartizan.ground.records.models import Action, Declaration, RecordQuerySet, declared


def interested_parties() -> RecordQuerySet[InterestedParty]:
    """Interested parties."""
    return InterestedParty.objects.live()


def parties_without_relevance() -> RecordQuerySet[InterestedParty]:
    """Says nothing about why its stake matters."""
    return interested_parties().filter(relevance="")


def parties_without_owner() -> RecordQuerySet[InterestedParty]:
    """Has nobody who answers for it."""
    return interested_parties().without_owner()


def parties_past_review(day: date) -> RecordQuerySet[InterestedParty]:
    """Is past its review, or was never given a review day."""
    return interested_parties().review_overdue(day)


def relevant_parties() -> RecordQuerySet[InterestedParty]:
    """Relevant interested parties."""
    return interested_parties().filter(is_relevant=True)


def relevant_parties_without_requirement() -> RecordQuerySet[InterestedParty]:
    """Has no requirement on record, and nobody noted having looked for one."""
    known = party_requirements().filter(party=OuterRef("pk"))
    return relevant_parties().filter(~Exists(known), none_found_on=None)


def party_requirements() -> RecordQuerySet[PartyRequirement]:
    """Requirements of interested parties."""
    return PartyRequirement.objects.live()


def undecided_requirements() -> RecordQuerySet[PartyRequirement]:
    """Is neither taken on nor refused."""
    return party_requirements().filter(decision=PartyRequirement.Decision.UNDECIDED)


def requirements_decided_by_nobody() -> RecordQuerySet[PartyRequirement]:
    """Does not say who decided on it and when."""
    return (
        party_requirements()
        .exclude(decision=PartyRequirement.Decision.UNDECIDED)
        .filter(Q(decided_by=None) | Q(decided_on=None))
    )


def adopted_requirements() -> RecordQuerySet[PartyRequirement]:
    """Requirements taken on."""
    return party_requirements().filter(decision=PartyRequirement.Decision.ADOPTED)


def watched_requirements() -> RecordQuerySet[PartyRequirement]:
    """Requirements that somebody watches."""
    return party_requirements().filter(monitored_by__is_active=True)


def unwatched_requirements() -> RecordQuerySet[PartyRequirement]:
    """Is watched by nobody."""
    return party_requirements().filter(Q(monitored_by=None) | Q(monitored_by__is_active=False))


def requirements_without_interval() -> RecordQuerySet[PartyRequirement]:
    """Is checked at no interval that anybody has declared."""
    undeclared = declared(Declaration.Figure.EXPECTATION_CHECK) is None
    return party_requirements() if undeclared else PartyRequirement.objects.none()


def requirements_check_overdue(day: date) -> RecordQuerySet[PartyRequirement]:
    """Was not checked inside the declared interval."""
    overdue = Q(last_checked=None) | Q(last_checked__gt=day)
    if days := declared(Declaration.Figure.EXPECTATION_CHECK):
        overdue |= Q(last_checked__lt=day - timedelta(days=days))
    return party_requirements().filter(overdue)


def open_gaps() -> RecordQuerySet[PartyRequirement]:
    """Requirements with an open gap."""
    return party_requirements().filter(gap_closed_on=None).exclude(gap="")


def gaps_without_action() -> RecordQuerySet[PartyRequirement]:
    """Has a gap and no action to close it."""
    return open_gaps().filter(~Exists(_actions()))


def gaps_with_late_action(day: date) -> RecordQuerySet[PartyRequirement]:
    """Has a gap, and an action on it is late."""
    return open_gaps().filter(Exists(_late(_actions(), day)))


def gaps_with_late_action_not_escalated(day: date) -> RecordQuerySet[PartyRequirement]:
    """Has a gap, and an action on it is late without top management having been told."""
    return open_gaps().filter(Exists(_late(_actions(), day).filter(escalated_on=None)))


def _actions() -> QuerySet[Action]:
    """The actions that arise from the outer record."""
    return Action.objects.live().filter(source=OuterRef("pk"))


def _late(actions: QuerySet[Action], day: date) -> QuerySet[Action]:
    return actions.filter(Q(done_on=None, due__lt=day) | Q(done_on__gt=F("due")))
