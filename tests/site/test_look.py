"""What templates draw: rings, differences between texts, filters that name themselves."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django import forms
from django.template import engines

from bartizan.site.templatetags import look
from bartizan.site.templatetags.look import conformity, difference, filter_control

STATIC = Path(look.__file__).parents[1] / "static"


@dataclass
class Clause:
    number: str
    phase: str
    counts: dict[str, int]
    label: str = "A clause"
    url: str = "#"


@dataclass
class Loop:
    """A clause in each step of the loop, and three more that plan."""

    clauses: list[Clause] = field(
        default_factory=lambda: [
            Clause("4", "plan", {"conforming": 3, "no-evidence": 1}),
            Clause("5", "plan", {"conforming": 4}),
            Clause("6", "plan", {"not-assessed": 2}),
            Clause("7", "plan", {"nonconforming": 1, "observation": 1}),
            Clause("8", "do", {"conforming": 1, "awaiting-attestation": 1}),
            Clause("9", "check", {"conforming": 1}),
            Clause("10", "act", {"not-applicable": 1}),
        ]
    )


@pytest.fixture
def drawn():
    return conformity(Loop().clauses)


def test_the_ring_and_the_table_give_the_same_figures(drawn):
    arcs = {s.clause.number: [verdict for verdict, _path in s.arcs] for s in drawn["sectors"]}
    figures = {
        line["clause"].number: [verdict for verdict, count in line["figures"] if count]
        for line in drawn["lines"]
    }
    assert arcs == figures


def test_the_table_has_a_column_for_every_verdict_that_occurs_and_its_sum(drawn):
    assert [verdict for verdict, _label in drawn["columns"]] == [
        "conforming",
        "awaiting-attestation",
        "observation",
        "nonconforming",
        "no-evidence",
        "not-assessed",
        "not-applicable",
    ]
    assert drawn["totals"] == [9, 1, 1, 1, 1, 2, 1]
    assert (drawn["conforming"], drawn["whole"].total) == (9, 16)


def test_each_step_of_the_loop_has_its_quarter_clockwise_from_the_top(drawn):
    place = {s.clause.number: (float(s.x) > 120, float(s.y) > 120) for s in drawn["sectors"]}
    right, below = True, True
    assert place == {
        **dict.fromkeys("4567", (right, not below)),
        "8": (right, below),
        "9": (not right, below),
        "10": (not right, not below),
    }


def test_a_bar_is_filled_to_its_end(drawn):
    for line in drawn["lines"]:
        _verdict, start, width = line["bar"][-1]
        assert float(start) + float(width) == pytest.approx(100, abs=0.02)


def test_the_picture_needs_no_inline_style(drawn):
    page = engines["django"].get_template("parts/conformity.html").render(drawn)
    assert "style=" not in page
    assert page.count("<path d=") == sum(len(s.arcs) for s in drawn["sectors"])


def test_a_short_value_is_shown_before_and_after():
    assert difference("Medium", "High") == "<del>Medium</del> → <ins>High</ins>"
    assert difference("", "High") == "<ins>High</ins>"
    assert difference("High", "") == "<del>High</del> → <ins>—</ins>"


def test_of_a_long_text_only_what_differs_is_shown():
    before = " ".join(f"word{n}" for n in range(100))
    after = before.replace("word50 ", "other ")
    assert difference(before, after) == (
        '<span class="woven"><span>… word44 word45 word46 word47 word48 word49</span>'
        " <del>word50</del> <ins>other</ins>"
        " <span>word51 word52 word53 word54 word55 word56 …</span></span>"
    )


def test_a_difference_shows_markup_as_text():
    assert difference("<b>", "<script>") == "<del>&lt;b&gt;</del> → <ins>&lt;script&gt;</ins>"
    assert "<script>" not in difference("<b> " * 40, "<script> " * 40)


class Filters(forms.Form):
    owner = forms.ChoiceField(choices=[("", "---------"), ("7", "Ada")])
    due = forms.DateField(required=False)


def test_the_empty_choice_of_a_filter_is_its_name():
    control = filter_control(Filters()["owner"])
    assert '<option value="" selected>Owner</option>' in control
    assert 'aria-label="Owner"' in control
    assert "---------" not in control


def test_a_filter_without_choices_says_its_name_where_one_writes():
    assert 'placeholder="Due"' in filter_control(Filters()["due"])


def test_our_scripts_put_no_markup_together_and_name_nothing_as_others_do():
    """What they show of others are texts; markup comes from the server as it is."""
    scripts = "".join(path.read_text() for path in STATIC.rglob("*.js"))
    made = r"insertAdjacentHTML|outerHTML|\beval\(|document\.write|Function\("
    assert re.findall(made, scripts) == []
    assert re.findall(r"innerHTML.*", scripts) == ["innerHTML = html;"]  # an answer of the server
    # Numbers of nodes, and the two ways to look at a chain: nothing that somebody typed.
    assert set(re.findall(r"\w\[([^\]]*)\]\s*=[^=>]", scripts)) == {"node", "mode"}
