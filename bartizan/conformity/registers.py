"""What the register of attestations shows."""

from django.utils.translation import gettext_lazy as _

from bartizan.conformity.models import Attestation
from bartizan.ground.records.register import KEEPING, About, Register

attestations = Register(
    model=Attestation,
    clause="4.4",
    about=About(
        what=_(
            "What people stand for because no record can show it: dated, signed, for a limited"
            " time, citing the records they relied on."
        ),
        good=_(
            "It says what was looked at, cites it, and was written by somebody who would repeat it"
            " to an auditor. It ends by itself when a cited record is retired or unapproved."
        ),
        example=_("I read all 41 obligations against the trade association's list of March."),
    ),
    columns=[
        "number",
        "requirement",
        "claim",
        "attested_by",
        "attested_on",
        "expires_on",
        "status",
    ],
    filters=["requirement", "claim", "attested_by", "status"],
    search=["number", "title", "requirement", "statement"],
    sections={
        _("Attestation"): ["title", "requirement", "claim", "since", "statement"],
        _("Signature"): ["attested_by", "attested_on", "expires_on"],
        **KEEPING,
    },
)
