"""What no password is made of (OWASP ASVS 5.0, V6.1.2 and V6.2.11)."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bartizan.ground.people.models import Person, Unit

PRODUCT = "bartizan"
LEAST = 8  # signs that have to be left
SHORT = 4  # words of fewer signs are in many others
LONGEST = 200  # signs: whatever is longer was not typed, and takes long to hash


class NotTooLong:
    """Refuses what the pages of signing in would not take."""

    def validate(self, password: str, user: Person | None = None) -> None:
        if len(password) > LONGEST:
            raise ValidationError(self.get_help_text(), code="too_long")

    def get_help_text(self) -> str:
        return _("At most %(most)s characters.") % {"most": LONGEST}


class NoNamesOfOurs:
    """Refuses passwords that hardly say more than names everybody here knows.

    These are the words in the names and codes of units, in one's own name, and the product's.
    """

    def validate(self, password: str, user: Person | None = None) -> None:
        rest = password.casefold()
        for name in sorted(known_names(user), key=len, reverse=True):
            rest = rest.replace(name, "")
        if rest != password.casefold() and len(re.sub(r"\W|_", "", rest)) < LEAST:
            message = _("Without the names that everybody here knows, too little is left of it.")
            raise ValidationError(message, code="names_of_ours")

    def get_help_text(self) -> str:
        return _("Names that everybody here knows, as of units and people, don't count.")


def known_names(person: Person | None) -> set[str]:
    """In lower case, each word for itself."""
    said = [part for unit in Unit.objects.values_list("name", "code") for part in unit]
    said += [person.name, person.code, person.email or ""] if person else []
    words = re.split(r"[\W_]+", " ".join([PRODUCT, *said]).casefold())
    return {word for word in words if len(word) >= SHORT}
