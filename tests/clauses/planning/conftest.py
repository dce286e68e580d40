"""A way of rating, what is known, an assessment and its risks, in which nothing falls short.

Each test starts from good records and spoils one thing, so that what it asserts has one cause.
"""

from typing import Any

import pytest

from bartizan.clauses.planning.models import (
    EquipmentClass,
    InformationSource,
    NothingFound,
    Risk,
    RiskAcceptance,
    RiskAssessment,
    RiskMethod,
    Threat,
    Vulnerability,
)
from bartizan.ground.records.models import Record

THREE = "1. Rare: hardly ever\n2. Possible: now and then\n3. Likely: every year"
HARM = "1. Slight: a fright\n2. Serious: hospital\n3. Fatal: death"
LEVELS = "1. Low: watched\n2. Medium: lived with\n3. High: treated"
MATRIX = "Medium | High | High\nLow | Medium | High\nLow | Low | Medium"
RATED = {"likelihood": 2, "impact_people": 2, "impact_assets": 1}


class Rating:
    """Makes the records of 6.1.2, good ones unless told otherwise."""

    def __init__(self, good: Any) -> None:
        self.good, self.day = good, good.day
        self._known: dict[str, Record] = {}

    def method(self, approved: bool = True, **fields: Any) -> RiskMethod:
        given = {
            "scope": "Guards and routes.",
            "nature": "Four people rate, then agree.",
            "timing": "Every spring and before changes.",
            "fit": "Two depots, one method.",
            "criteria": "What can kill is treated.",
            "interval_days": 365,
            "freshness_days": 180,
            "likelihood_scale": THREE,
            "people_scale": HARM,
            "assets_scale": HARM,
            "levels": LEVELS,
            "matrix": MATRIX,
            "appetite": 2,
            "report_from": 3,
        }
        made = self.good.record(RiskMethod, "How we rate", **(given | fields))
        if approved:
            self.good.approve(made, self.day(-200))
        return made

    @property
    def in_use(self) -> RiskMethod:
        """The method that everything is rated by, made when it is first wanted."""
        return RiskMethod.objects.in_use() or self.method()

    def assessment(self, approved: bool = True, **fields: Any) -> RiskAssessment:
        given = {
            "occasion": "schedule",
            "is_overall": True,
            "scope": "Everything.",
            "started_on": self.day(-40),
            "done_on": self.day(-30),
        }
        if "method" not in fields:
            given["method"] = self.in_use
        made = self.good.record(RiskAssessment, "Spring assessment", **(given | fields))
        if approved:
            self.good.approve(made, self.day(-20))
        return made

    def source(self, **fields: Any) -> InformationSource:
        given = {
            "nature": "authority",
            "covers": "Thefts.",
            "cadence_days": 30,
            "last_asked": self.day(-5),
        }
        return self.good.record(InformationSource, "Police", **(given | fields))

    def threat(self, **fields: Any) -> Threat:
        given = {
            "origin": "crime",
            "description": "Somebody takes goods.",
            "known_on": self.day(-10),
            "learned_from": self.known("source"),
        }
        return self.good.record(Threat, "Theft", **(given | fields))

    def weakness(self, **fields: Any) -> Vulnerability:
        given = {
            "description": "The gate stays open.",
            "ease": "easy",
            "known_on": self.day(-10),
            "learned_from": self.known("source"),
        }
        return self.good.record(Vulnerability, "Slow gate", **(given | fields))

    def known(self, what: str) -> Any:
        """The source, threat or weakness that everything else rests on."""
        if what not in self._known:
            self._known[what] = getattr(self, what)()
        return self._known[what]

    def risk(self, **fields: Any) -> Risk:
        given = {
            "origin": "crime",
            "cause": "The gate stays open.",
            "event": "A second lorry slips in.",
            "consequence": "A trailer is gone.",
            "basis": "Two cases last year.",
            "threat": self.known("threat"),
            "vulnerability": self.known("weakness"),
            "rated_on": self.day(-30),
            "decision": "reduce",
            "decided_by": self.good.manager,
            "decided_on": self.day(-10),
        }
        self.in_use  # noqa: B018 - there has to be one to rate by
        return self.good.record(Risk, "Theft from the yard", **(given | RATED | fields))

    def nothing(self, assessment: RiskAssessment, origin: str, **about: Any) -> NothingFound:
        return NothingFound.objects.create(
            assessment=assessment, origin=origin, reason="Looked for it.", **about
        )

    def equipment(self, **fields: Any) -> EquipmentClass:
        given = {"description": "Cameras", "in_service_since": self.day(-900)}
        return self.good.record(EquipmentClass, "Cameras", **(given | fields))

    def acceptance(self, risk: Risk, by: Any = None, **fields: Any) -> RiskAcceptance:
        given = {
            "risk": risk,
            "reason": "Until the new gate is there.",
            "accepted_by": by or self.good.manager,
            "accepted_on": self.day(-5),
            "expires_on": self.day(60),
        }
        return self.good.record(RiskAcceptance, "Taken on", **(given | fields))


@pytest.fixture
def rating(good) -> Rating:
    return Rating(good)


@pytest.fixture
def whole_assessment(rating) -> RiskAssessment:
    """An assessment that answers every source of risk, so that a test can take one away."""
    made = rating.assessment()
    rating.risk(assessment=made, origin="crime")
    for origin in NothingFound._meta.get_field("origin").choices:
        if origin[0] != "crime":
            rating.nothing(made, origin[0])
    return made
