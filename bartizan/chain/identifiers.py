"""Codes by which the world names places and companies, and their check digits.

Each kind of code has a function that tells whether a text is such a code, by its form and, where
the code has one, its check digit; and a validator that says in plain words what is wrong. Whether
a well-formed UN/LOCODE is also given out is another question: see `locodes.py`.
"""

import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _


def is_locode(code: str) -> bool:
    """Has it the form of a UN/LOCODE: two letters of the country, three of the place?"""
    return re.fullmatch(r"[A-Z]{2}[A-Z2-9]{3}", code) is not None


def is_gln(code: str) -> bool:
    """Is it a GS1 Global Location Number: 13 digits, the last a check digit?"""
    if re.fullmatch(r"[0-9]{13}", code) is None:
        return False
    weighed = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(code))
    return weighed % 10 == 0


def is_lei(code: str) -> bool:
    """Is it a Legal Entity Identifier (ISO 17442): 20 characters, the last two check digits?"""
    if re.fullmatch(r"[A-Z0-9]{18}[0-9]{2}", code) is None:
        return False
    # ISO 7064, MOD 97-10: letters count from 10 on, and the whole number leaves a rest of 1.
    return int("".join(str(int(sign, 36)) for sign in code)) % 97 == 1


@deconstructible
class Identifier:
    """A validator that asks one of the functions above, and says what the code should look like."""

    def __init__(self, holds: Callable[[str], bool], message: Any) -> None:
        self.holds, self.message = holds, message

    def __call__(self, value: str) -> None:
        if not self.holds(value):
            raise ValidationError(self.message, code="invalid")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Identifier) and self.holds is other.holds

    def __hash__(self) -> int:
        return hash(self.holds)


valid_locode = Identifier(
    is_locode, _("Two letters of the country and three of the place, as in NLRTM.")
)
valid_gln = Identifier(is_gln, _("A GLN has 13 digits; these don't add up to its check digit."))
valid_lei = Identifier(
    is_lei, _("An LEI has 20 letters and digits; these don't add up to its check digits.")
)
