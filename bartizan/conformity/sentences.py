"""Reasons in words, in the language of the reader, put together from what the checks say.

The first line of a check's docstring is its phrase. A check whose records are evidence names them
in the plural ("External context issues."); one whose records fall short says of one of them in
what ("Names nobody responsible."). Translators find a phrase without its full stop and with a
small first letter, most of the latter kind with a plural ("name nobody responsible").
"""

import re
from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bartizan.conformity.attestations import Signed
from bartizan.conformity.outcome import COUNT_LIMIT, Outcome
from bartizan.conformity.requirement import Check, Confirmation, Words

IRREGULAR = {"is": "are", "was": "were", "has": "have", "does": "do"}


def phrase_of(check: Check) -> str:
    """What a check says of the records it returns, as it stands inside a sentence."""
    phrase = (check.__doc__ or "").strip().partition("\n")[0].rstrip(".")
    return phrase[:1].lower() + phrase[1:] if phrase[1:2].islower() else phrase


def plural_of(phrase: str) -> str:
    """What is said of one, said of several: "names nobody" becomes "name nobody".

    Nothing where that would take knowing the language: whom "it" means, what is a verb.
    """
    [(verb, rest)] = re.findall(r"\A([\w-]*)(.*)\Z", phrase)
    if re.search(r"\b(it|itself)\b|\b(that|which|who|whose)\b.*\bits\b", rest):
        return ""
    if re.match(r"(is|was) an?\b", phrase):
        return ""
    further = r"\b(and|or|but|nor|yet) (?!is\b|was\b|has\b|does\b)\w+s\b"
    if re.search(further, rest):
        return ""
    rest = re.sub(r"\bits\b", "their", rest)
    rest = re.sub(
        r"\b(and|or|but|nor|yet) (is|was|has|does)\b",
        lambda found: f"{found[1]} {IRREGULAR[found[2]]}",
        rest,
    )
    return plural_verb(verb) + rest


def plural_verb(verb: str) -> str:
    if verb in IRREGULAR:
        return IRREGULAR[verb]
    if re.search(r"\w[^aeiou]ies$", verb):
        return verb[:-3] + "y"
    if re.search(r"(ss|sh|ch|x|zz|o)es$", verb):
        return verb[:-2]
    return verb.removesuffix("s")


def lacking(outcomes: Sequence[Outcome]) -> str:
    """Nothing was returned by any of these."""
    named = [_(phrase_of(outcome.check)) for outcome in outcomes]
    return _("There are no %(records)s.") % {"records": _(" or ").join(named)}


def falling_short(outcome: Outcome, among: Outcome | None) -> str:
    """So many records, of so many where that is known, fall short in what the check says."""
    told = [(phrase, outcome.count_in(n)) for n, phrase in enumerate(outcome.phrases)]
    found = [(phrase, count) for phrase, count in told if count]
    of_all = [(phrase_of(outcome.check), outcome.count)]
    return " ".join(_said(*one, outcome, among) for one in found or of_all)


def _said(one: str, count: int, outcome: Outcome, among: Outcome | None) -> str:
    many = plural_of(one)
    words = {"subject": capfirst(subject(count, outcome, among))}
    if count == 1 or many:
        words["predicate"] = ngettext(one, many, count) if many else _(one)
        return _("%(subject)s %(predicate)s.") % words
    return _("%(subject)s fall short: each %(predicate)s.") % (words | {"predicate": _(one)})


def subject(count: int, outcome: Outcome, among: Outcome | None) -> str:
    """So many of a kind, or so many of those that are the evidence."""
    if among is None or among.count == 1:
        kind = outcome.model._meta
        return counted(count, kind.verbose_name, kind.verbose_name_plural)
    many = _(phrase_of(among.check))
    if count == among.count < COUNT_LIMIT:
        return _("all %(count)s %(many)s") % {"count": number_of(among.count), "many": many}
    return _("%(count)s of %(total)s %(many)s") % {
        "count": number_of(count),
        "total": number_of(among.count),
        "many": many,
    }


def counted(count: int, one: Words | None, many: Words | None) -> str:
    return f"{number_of(count)} {one if count == 1 else many}"


def standing(outcomes: Sequence[Outcome]) -> str:
    """What there is, and that nothing is wrong with it."""
    if len(outcomes) != 1:
        return _("The records asked for are there, and none falls short.") if outcomes else ""
    [outcome] = outcomes
    many = _(phrase_of(outcome.check))
    return ngettext(
        "%(records)s is on record, and nothing about it falls short.",
        "%(records)s are on record, and none falls short.",
        outcome.count,
    ) % {"records": capfirst(counted(outcome.count, outcome.model._meta.verbose_name, many))}


def awaited(confirmation: Confirmation | None) -> str:
    if confirmation is None:
        return ""
    return _("Still to come: %(statement)s.") % {"statement": confirmation.says}


def confirmation(signed: Signed | None) -> str:
    if signed is None:
        return ""
    words = {"name": signed.attested_by__name, "day": day_of(signed.attested_on)}
    return _("%(name)s confirmed it on %(day)s.") % words


def absence(signed: Signed | None) -> str:
    if signed is None or signed.since is None:
        return ""
    return _("%(name)s stated on %(day)s that it did not arise since %(since)s.") % {
        "name": signed.attested_by__name,
        "day": day_of(signed.attested_on),
        "since": day_of(signed.since),
    }


def no_longer(signed: Signed, objections: list[str]) -> str:
    """Somebody stood for it, but not any more, and why not."""
    return _("What %(name)s stated on %(day)s does not count: %(objections)s.") % {
        "name": signed.attested_by__name,
        "day": day_of(signed.attested_on),
        "objections": _(", and ").join(objections),
    }


def number_of(count: int) -> str:
    if count >= COUNT_LIMIT:
        return _("more than %(limit)s") % {"limit": number_of(COUNT_LIMIT - 1)}
    return number_format(count, use_l10n=True, force_grouping=True)


def day_of(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
