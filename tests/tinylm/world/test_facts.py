"""What the world holds true."""

from collections import Counter
from random import Random

from tutor.tinylm.world.facts import (
    all_facts,
    any_fact,
    facts_about,
    told_reversals,
    untold_reversals,
    withheld,
    wrong_value,
)


def test_every_fact_has_its_own_key() -> None:
    keys = Counter(fact.key for fact in all_facts())
    assert not [key for key, count in keys.items() if count > 1]


def test_every_answer_and_every_statement_holds_subject_and_value() -> None:
    for fact in (*all_facts(), *told_reversals()):
        for text in (fact.answer, *fact.statements):
            assert fact.accepted in text.lower(), (fact.key, text)


def test_no_question_gives_its_answer_away() -> None:
    for fact in all_facts():
        if fact.relation in {"kind", "material", "stands"}:
            continue
        for question in fact.questions:
            assert fact.accepted not in question.lower().split(), (fact.key, question)


def test_about_three_facts_in_ten_are_withheld_in_every_large_group() -> None:
    for group in ("animal", "person", "capital"):
        facts = [fact for fact in all_facts() if fact.group == group]
        share = sum(map(withheld, facts)) / len(facts)
        assert 0.15 < share < 0.45, (group, share)


def test_a_wrong_value_is_never_the_right_one() -> None:
    rng = Random(1)
    for _ in range(500):
        fact = any_fact(rng)
        assert wrong_value(rng, fact).lower() != fact.value.lower()


def test_one_way_deeds_are_asked_in_one_direction_only() -> None:
    told = {fact.value for fact in told_reversals()}
    untold = {fact.value for fact in untold_reversals()}
    assert told
    assert untold
    assert told.isdisjoint(untold)


def test_facts_about_a_subject_are_about_nothing_else() -> None:
    assert {fact.relation for fact in facts_about("owl")} == {
        "home",
        "food",
        "sound",
        "colour",
        "young",
        "skill",
        "kind",
    }
