"""Clause 6.1.3: which risks were weighed for the objectives, targets and programmes."""

from bartizan.exchange.demo.story import Story
from bartizan.exchange.demo.treatments import risks_named
from bartizan.ground.records.models import Relation

# objective, and the risks weighed for it
FOR_OBJECTIVES = (
    ("claims", "insider-venlo fake-carrier tampering headline jamming"),
    ("stops", "stops dover-queue hijack breakdown fatigue stowaways-calais"),
    ("gate", "gate-tailgating gate-stands weapon hub-stands"),
    ("answers", "licence headline@arden hijack@arden"),
    ("screened", "insider-venlo insider-venlo@poznan insider-venlo@felixstowe peak-errors licence"),
    ("seals", "seal-check tampering smuggling-maasvlakte smuggling-antwerp wrong-data"),
)
# programme, and the risks it answers; that of the gates was forgotten
BY_PROGRAMMES = (
    ("doors", "tampering jamming hijack"),
    ("stops", "stops breakdown fatigue"),
)


def tell(story: Story) -> None:
    with story.told_by("m.okafor", "the risks weighed for objectives and programmes"):
        for name, risks in FOR_OBJECTIVES:
            aim = story[f"objective {name}"]
            known = set(aim.links_out.values_list("target", flat=True))
            new = [risk for risk in risks_named(story, risks) if risk.pk not in known]
            story.link(aim, *new, relation=Relation.CONSIDERS)
        for name, risks in BY_PROGRAMMES:
            aim = story[f"programme {name}"]
            story.link(aim, *risks_named(story, risks), relation=Relation.ANSWERS)
        story.link(story["target 0"], *risks_named(story, "insider-venlo gate-tailgating"),
                   relation=Relation.CONSIDERS)  # fmt: skip
