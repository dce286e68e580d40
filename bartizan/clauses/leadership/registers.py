"""What the registers of clause 5 show. Those of roles and people stand with their own floor."""

from django.utils.translation import gettext_lazy as _

from bartizan.clauses.leadership.models import (
    BusinessChange,
    Commitment,
    OrganizationalPolicy,
    PolicyComparison,
    SecurityPolicy,
)
from bartizan.ground.records.register import KEEPING, About, Register

security_policies = Register(
    model=SecurityPolicy,
    clause="5.2",
    about=About(
        what=_(
            "What top management promises in matters of security, from when on, and who stands"
            " for it. To prepare the next one, make a new record: this one counts until the new"
            " one is approved and its day has come."
        ),
        good=_(
            "One page. Top management approves it before its first day and signs it; every"
            " promise is a commitment with a role that answers for it and a process that keeps it."
        ),
        example=_(
            "We hand over every load as we took it on. In effect from 1 March; approved by the"
            " managing director on 20 February; reviewed within 60 days of a takeover or merger."
        ),
    ),
    columns=["number", "title", "effective_from", "endorsed_by", "owner", "review_due", "status"],
    filters=["owner", "unit", "status"],
    search=["number", "title", "purpose", "broad_objectives", "public_summary"],
    sections={
        _("Policy"): ["title", "document", "purpose", "broad_objectives", "review_triggers"],
        _("In effect"): ["revised_on", "effective_from"],
        _("Signature"): ["endorsed_by", "endorsed_as", "endorsed_on", "copy_is_signed"],
        _("For others"): [
            "public_summary",
            "summary_checked_on",
            "visitor_extract",
            "withheld_on",
            "withheld_reason",
        ],
        **KEEPING,
    },
)

commitments = Register(
    model=Commitment,
    clause="5.2.1",
    about=About(
        what=_(
            "The promises of the policy, one by one, under their numbers in the text. Link the"
            " processes that keep each of them: they serve it."
        ),
        good=_(
            "One promise, in the words of the text, that somebody could catch you breaking; one"
            " role answers for what comes of it."
        ),
        example=_("3: We check every seal at every handover. Answers for it: head of operations."),
    ),
    columns=["number", "paragraph", "title", "tag", "accountable_role", "policy", "status"],
    filters=["policy", "tag", "accountable_role", "status"],
    search=["number", "title", "text"],
    sections={
        _("Promise"): ["policy", "paragraph", "title", "text", "tag"],
        _("A promise to comply names"): ["names_law", "names_regulation", "names_other"],
        _("Outcome"): ["accountable_role"],
        **KEEPING,
    },
)

organizational_policies = Register(
    model=OrganizationalPolicy,
    clause="5.2.2",
    about=About(
        what=_("The policies of other fields, which the security policy must not clash with."),
        good=_(
            "All of them are listed, with the day of the edition in force; what of each touches"
            " security is said in a sentence."
        ),
        example=_(
            "Health and safety policy 2.0 of 3 May: emergency exits stay unlocked, also at night."
        ),
    ),
    columns=["number", "title", "field", "edition", "changed_on", "owner", "status"],
    filters=["field", "owner", "unit", "status"],
    search=["number", "title", "gist"],
    sections={_("Policy"): ["title", "field", "edition", "changed_on", "gist"], **KEEPING},
)

policy_comparisons = Register(
    model=PolicyComparison,
    clause="5.2.2",
    about=About(
        what=_(
            "Each time somebody held the security policy against one of another field. A new"
            " wording of either makes the next comparison due."
        ),
        good=_("Done by two people who each know one of the two; a clash is quoted and settled."),
        example=_(
            "Clash: safety wants the ramp doors unlocked, security wants them locked. Settled on"
            " 9 June: panic bars inside, no handles outside."
        ),
    ),
    columns=["number", "policy", "compared_with", "compared_on", "result", "resolved_on", "owner"],
    filters=["policy", "compared_with", "result", "owner", "status"],
    search=["number", "title", "conflict", "resolution"],
    sections={
        _("Comparison"): ["policy", "compared_with", "compared_on", "result"],
        _("Clash"): ["conflict", "resolved_on", "resolution"],
        **KEEPING,
    },
)

business_changes = Register(
    model=BusinessChange,
    clause="5.2.2",
    about=About(
        what=_(
            "Takeovers, mergers and changes of what the organization does, and the review of the"
            " policy after each of them."
        ),
        good=_("Entered when it is decided, not when somebody asks; the review says what changed."),
        example=_(
            "Takeover of a courier with 40 vans, in effect 1 April. Policy reviewed on 6 May:"
            " commitment 3 now speaks of parcels too."
        ),
    ),
    columns=[
        "number",
        "title",
        "nature",
        "took_effect_on",
        "policy_review_due",
        "policy_reviewed_on",
        "owner",
    ],
    filters=["nature", "owner", "unit", "status"],
    search=["number", "title", "description", "review_result"],
    sections={
        _("Change"): ["title", "nature", "description", "took_effect_on"],
        _("Review of the policy"): ["policy_review_due", "policy_reviewed_on", "review_result"],
        **KEEPING,
    },
)
