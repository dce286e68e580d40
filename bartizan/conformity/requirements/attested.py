"""What a person confirms where records alone cannot show it: said once, shared by many items."""

from django.utils.translation import gettext_lazy as _

from bartizan.conformity.requirement import Attester, Confirmation

COMPLETE = Confirmation(
    _("a person who knows the subject confirms that nothing material is missing from the list")
)
SUITABLE = Confirmation(
    _("a competent person confirms that what is recorded is suitable and works in practice")
)
LIVED = Confirmation(_("interview, observation or a live drill confirms what the records claim"))
READ = Confirmation(
    _("a reader confirms that the text really says it and that the linked records fit together")
)
SOUND = Confirmation(
    _("someone other than the owner confirms that the analysis is sound and reaches the cause"),
    by=Attester.NOT_THE_OWNER,
)
