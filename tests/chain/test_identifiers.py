"""Codes of places and companies: their form and their check digits."""

import pytest
from django.core.exceptions import ValidationError

from bartizan.chain.identifiers import is_gln, is_lei, is_locode, valid_gln, valid_lei


def other_digits(code: str, at: int) -> list[str]:
    """The code with every other digit in one place."""
    return [code[:at] + digit + code[at + 1 :] for digit in "0123456789" if digit != code[at]]


@pytest.mark.parametrize("code", ["NLRTM", "US2NY", "FRXX9"])
def test_a_locode_is_known_by_its_form(code):
    assert is_locode(code)


@pytest.mark.parametrize("code", ["", "nlrtm", "NLRT", "NLRT1", "N1RTM", "NLRTMX", "NLRTM\n"])
def test_another_form_is_no_locode(code):
    assert not is_locode(code)


@pytest.mark.parametrize("code", ["4006381333931", "5901234123457", "8712345678906"])
def test_a_gln_adds_up(code):
    assert is_gln(code)


@pytest.mark.parametrize("at", range(13))
def test_one_wrong_digit_is_no_gln(at):
    assert not any(map(is_gln, other_digits("4006381333931", at)))


@pytest.mark.parametrize(
    "code", ["", "400638133393", "40063813339310", "400638133393A", "٤006381333931"]
)
def test_another_form_is_no_gln(code):
    assert not is_gln(code)


@pytest.mark.parametrize("code", ["5493001KJTIIGC8Y1R12", "213800D1EI4B9WTWWD28"])
def test_an_lei_adds_up(code):
    assert is_lei(code)


@pytest.mark.parametrize("at", [0, 5, 18, 19])
def test_one_wrong_sign_is_no_lei(at):
    assert not any(map(is_lei, other_digits("5493001KJTIIGC8Y1R12", at)))


@pytest.mark.parametrize("code", ["", "5493001KJTIIGC8Y1R1", "5493001kjtiigc8y1r12"])
def test_another_form_is_no_lei(code):
    assert not is_lei(code)


@pytest.mark.parametrize(
    "valid, code, words",
    [
        (valid_gln, "4006381333932", "A GLN has 13 digits; these don't add up to its check digit."),
        (
            valid_lei,
            "5493001KJTIIGC8Y1R13",
            "An LEI has 20 letters and digits; these don't add up to its check digits.",
        ),
    ],
)
def test_a_wrong_code_is_refused_in_words(valid, code, words):
    with pytest.raises(ValidationError) as refused:
        valid(code)
    assert refused.value.messages == [words]
