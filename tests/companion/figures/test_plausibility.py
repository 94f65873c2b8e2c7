"""The drawn table has the scores that were given."""

from companion.biology import LEARNING_RULES
from companion.figures import draw_plausibility
from tests.companion.figures.drawing_rules import comes_back_labelled_and_leaves_settings

RULES = list(LEARNING_RULES.values())


def test_rules_of_drawing():
    comes_back_labelled_and_leaves_settings(lambda: draw_plausibility(RULES))


def test_every_score_and_total_is_written():
    ax = draw_plausibility(RULES)
    texts = [text.get_text() for text in ax.texts]
    scores = [str(score) for rule in RULES for score in rule.scores.values()]
    assert texts == [*scores, *(str(rule.total) for rule in RULES), "of 8"]
    assert [label.get_text() for label in ax.get_yticklabels()] == [rule.name for rule in RULES]
