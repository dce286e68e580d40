"""Clause 7: the means of the system, and what is communicated."""

from bartizan.clauses.support.models.communication import (
    Channel,
    Communication,
    CommunicationQuerySet,
    Direction,
    PartyClearance,
    PlannedCommunication,
    Side,
    midnight,
)
from bartizan.clauses.support.models.resources import ResourceGrant, ResourceNeed, StaffingLevel

__all__ = [
    "Channel",
    "Communication",
    "CommunicationQuerySet",
    "Direction",
    "PartyClearance",
    "PlannedCommunication",
    "ResourceGrant",
    "ResourceNeed",
    "Side",
    "StaffingLevel",
    "midnight",
]
