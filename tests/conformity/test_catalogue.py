"""The catalogue holds every item of both editions, each in its place."""

from collections import Counter

import pytest

from bartizan.conformity.requirement import Clause, Edition, Requirement
from bartizan.conformity.requirements import CATALOGUE, CLAUSES, DRAFT, PUBLISHED

# How many items each clause of the published text states, counted there by hand.
ITEMS_OF_2022 = {
    "4.1": 3, "4.2.1": 3, "4.2.2": 4,
    "4.2.3.1": 1, "4.2.3.2": 2, "4.2.3.3": 1, "4.2.3.4": 2, "4.2.3.5": 3, "4.2.3.6": 2,
    "4.2.3.7": 1, "4.2.3.8": 3, "4.2.3.9": 1, "4.3": 6, "4.4": 3,
    "5.1": 11, "5.2.1": 6, "5.2.2": 7, "5.3": 3,
    "6.1.1": 9, "6.1.2": 7, "6.1.3": 7, "6.2.1": 8, "6.2.2": 8, "6.3": 5,
    "7.1": 2, "7.2": 6, "7.3": 4, "7.4": 6, "7.5.1": 7, "7.5.2": 3, "7.5.3": 10,
    "8.1": 4, "8.2": 5, "8.3": 6, "8.4": 13, "8.5.1": 10, "8.5.2": 1, "8.5.3": 1,
    "8.6.1": 3, "8.6.2": 13, "8.6.3": 9, "8.6.4": 19, "8.6.5": 1,
    "9.1": 7, "9.2.1": 4, "9.2.2": 11, "9.3.1": 2, "9.3.2": 15, "9.3.3": 3,
    "10.1": 2, "10.2": 17,
}  # fmt: skip
ITEMS_OF_THE_DRAFT = {
    "1": 1, "3.10": 1, "4.1": 5, "4.2": 13,
    "4.3.1": 24, "4.3.2": 4, "4.3.3": 12, "4.3.4": 7, "4.3.5": 7,
    "4.4.1": 11, "4.4.2": 5, "4.4.3": 2, "4.4.4": 7, "4.4.5": 6, "4.4.6": 17, "4.4.7": 6,
    "4.5.1": 10, "4.5.2": 6, "4.5.3": 11, "4.5.4": 6, "4.5.5": 11, "4.6": 12,
}  # fmt: skip


def items(edition):
    return [item for item in CATALOGUE.values() if item.edition == edition]


def test_every_clause_of_2022_holds_all_its_items_in_order():
    assert list(Counter(item.clause for item in items(Edition.PUBLISHED)).items()) == list(
        ITEMS_OF_2022.items()
    )


def test_every_clause_of_the_draft_holds_all_its_items_in_order():
    assert list(Counter(item.clause for item in items(Edition.DRAFT)).items()) == list(
        ITEMS_OF_THE_DRAFT.items()
    )


def test_no_id_is_given_twice():
    written = [item.id for item in PUBLISHED + DRAFT]
    requirements = [item.id for item in PUBLISHED + DRAFT if isinstance(item, Requirement)]
    assert len(requirements) == len(set(requirements)) == len(CATALOGUE) == 474
    assert len(written) == len(CATALOGUE) + len(CLAUSES)


def test_duties_and_recommendations_are_as_many_as_in_the_standard():
    assert Counter((item.edition.value, item.modality.value) for item in CATALOGUE.values()) == {
        ("2022", "shall"): 221,
        ("2022", "should"): 69,
        ("draft", "shall"): 178,
        ("draft", "should"): 6,
    }


def test_it_is_known_of_every_item_what_decides():
    assert Counter((item.edition.value, item.test.value) for item in CATALOGUE.values()) == {
        ("2022", "computed"): 168,
        ("2022", "mixed"): 114,
        ("2022", "judgement"): 8,
        ("draft", "computed"): 114,
        ("draft", "mixed"): 67,
        ("draft", "judgement"): 3,
    }


def test_every_item_stands_under_the_heading_of_its_clause():
    heading = None
    for entry in PUBLISHED + DRAFT:
        if isinstance(entry, Clause):
            parent = entry.id.rpartition(".")[0]
            assert not parent or parent in CLAUSES, entry.id
            heading = entry
        else:
            assert (entry.edition, entry.clause) == (heading.edition, heading.clause), entry.id


def test_every_item_says_what_it_asks():
    for item in CATALOGUE.values():
        assert str(item.title).strip()
        assert str(item.says).endswith("."), item.id


def test_what_an_item_of_the_draft_maps_to_is_in_the_published_edition():
    for item in CATALOGUE.values():
        assert {CATALOGUE[target].edition for target in item.maps_to} <= {Edition.PUBLISHED}
    assert not any(item.maps_to for item in items(Edition.PUBLISHED))
    assert sum(1 for item in items(Edition.DRAFT) if not item.maps_to) == 25


@pytest.mark.parametrize(
    "id, phase",
    [
        ("2022:4.1-p1", "plan"),
        ("2022:7.4-5", "plan"),
        ("2022:8.6.4-d.1", "do"),
        ("2022:9.3.2-a", "check"),
        ("2022:10.2-e", "act"),
        ("dis:1", "plan"),
        ("dis:4.1-p1", "plan"),
        ("dis:4.3.4-a", "plan"),
        ("dis:4.4.6-B.b.1", "do"),
        ("dis:4.5.3-b.i", "check"),
        ("dis:4.6-h", "act"),
    ],
)
def test_each_item_has_its_step_of_plan_do_check_act(id, phase):
    assert CATALOGUE[id].phase.value == phase


def test_an_id_that_names_no_clause_is_refused():
    with pytest.raises(ValueError, match="no id"):
        _ = Requirement("2022-4.1", "Title", "Says.").clause
