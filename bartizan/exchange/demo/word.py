"""What people stand for: attestations that cite records, for some items and not for others."""

from bartizan.conformity.models import Attestation
from bartizan.conformity.requirement import Attester
from bartizan.conformity.requirements import CATALOGUE
from bartizan.exchange.demo.context import PRINCIPLES
from bartizan.exchange.demo.story import Story
from bartizan.ground.records.models import Relation

# item, records it cites
GIVEN = (
    ("2022:4.1-p1", ("issue theft", "issue climate")),
    ("2022:4.1-p2", ("issue turnover", "issue culture")),
    ("2022:4.2.1-1", ("party customs",)),
    ("2022:4.2.1-2", ("party customs", "requirement custody")),
    ("2022:4.1-p3", ("issue chain-demand", "venlo", "kestrel")),
    ("2022:4.2.2-b", ("obligation ucc", "seals")),
    ("2022:4.2.3.1", tuple(f"principle {one}" for one in PRINCIPLES)),
    ("2022:4.2.3.9", ("party customs", "party police")),
    ("2022:5.1-2", ("requirement custody", "requirement safe-stops")),
    ("2022:7.5.1-b", ("gate", "gate-procedure")),
    ("2022:8.2-b", ("obligations", "obligation ucc")),
    ("2022:8.6.3-a", ("talking",)),
    ("2022:6.1.2-p1", ("assessment",)),
    ("2022:6.1.2-a", ("assessment",)),
    ("2022:6.1.2-b", ("assessment",)),
    ("2022:6.1.2-d", ("assessment",)),
    ("2022:8.3-p1", ("risk method", "assessment")),
    ("dis:4.3.1-A.a", ("assessment",)),
    ("2022:4.2.2-a", ("scanning", "obligation ucc")),
    ("2022:4.3-p1", ("scope",)),
    ("2022:4.4-p2", ("overview",)),
    ("2022:5.1-3", ("operations-control",)),
    ("2022:5.2.1-a", ("policy", "scope")),
    ("2022:5.2.1-c", ("policy", "policy-text")),
    ("2022:5.2.1-d", ("policy", "policy-text")),
    ("2022:5.2.2-4", ("policy",)),
    ("2022:8.1-p1", ("operations-control", "gate")),
    ("2022:8.2-a", ("policy", "gate")),
    ("2022:8.2-d", ("operations-control",)),
    ("dis:4.1-p3", ("scope",)),
    ("dis:4.2-f", ("policy",)),
    ("dis:4.2-g", ("policy",)),
)

# item, records it cites: it did not arise
ABSENT: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("2022:7.5.3-e", ("record-control",)),
    ("dis:4.4.5-e", ("record-control",)),
)


def tell(story: Story) -> None:
    for item, cited in ABSENT:
        attest(
            story, item, "m.okafor", cited, claim=Attestation.Claim.DID_NOT_ARISE,
            since=story.ago(395), statement="Nothing has been archived since we began: all that we"
            " keep is in force or was disposed of.",
        )  # fmt: skip
    for number, (item, cited) in enumerate(GIVEN):
        asked = CATALOGUE[item].attested
        by = asked.by if asked else Attester.ENTITLED
        code = "m.okafor" if by == Attester.ENTITLED else "h.lindqvist"
        if by == Attester.NOT_THE_OWNER:
            code = "r.achterberg"
        lapsed = item == "2022:4.2.1-2"
        attest(
            story, item, code, cited, made=400 if lapsed else 30,
            ends=-8 if lapsed else 335 - number,
        )  # fmt: skip


def attest(
    story: Story, item: str, code: str, cited: tuple[str, ...], made: int = 30, ends: int = 335,
    **said,
) -> None:  # fmt: skip
    words = "I went through the records cited with those who own them, and stand for this."
    with story.told_by(code, f"attests {item}"):
        attestation = story.write(
            Attestation, str(CATALOGUE[item].title), owner=code, requirement=item,
            attested_by=story.people[code], attested_on=story.ago(made), reviewed=None, again=None,
            expires_on=story.ahead(ends), **{"statement": words} | said,
        )  # fmt: skip
        story.link(attestation, *(story[name] for name in cited), relation=Relation.CITES)
