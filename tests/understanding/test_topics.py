from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge import LANGUAGES, Topic
from bot.understanding.topics import AMBIGUOUS, EXACT, TYPO, Mention, TopicMatcher, content_words, mask
from tests.knowledge.samples import make_fact, make_knowledge, make_topic, real_knowledge

NAMED = 0.7  # from here a name counts as one


def named(matcher: TopicMatcher, text: str) -> list[str]:
    """The topics that a text surely names."""
    return [mention.topic for mention in matcher.find(text) if mention.strength >= NAMED]


# The real knowledge base.


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("what is the CPC", "cpc"),
        ("c koi le cpc", "cpc"),
        ("HCNM?", "hcnm"),
        ("le HCMN", "hcnm"),
        ("who chairs the GID", "geneva_international_discussions"),
        ("qui préside les DIG", "geneva_international_discussions"),
        ("IPRM", "iprm"),
        ("le MPRI", "iprm"),
        ("is EUMM armed", "eumm"),
        ("l'EUMM", "eumm"),
        ("5+2", "five_plus_two"),
        ("5 + 2", "five_plus_two"),
        ("5 plus 2", "five_plus_two"),
        ("five plus two", "five_plus_two"),
        ("cinq plus deux", "five_plus_two"),
        ("« 5+2 »", "five_plus_two"),
        ("les pourparlers à 5+2", "five_plus_two"),
        ("SMM", "smm_ukraine"),
        ("la MSO", "smm_ukraine"),
        ("ODIHR", "odihr"),
        ("le BIDDH", "odihr"),
        ("JCC", "joint_control_commission"),
        ("la CMC", "joint_control_commission"),
    ],
)
def test_topics_recognise_short_forms_in_both_languages(matcher: TopicMatcher, text: str, topic: str) -> None:
    assert named(matcher, text) == [topic]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Centre de prévention des conflits", "cpc"),
        ("centre de prevention des conflits", "cpc"),
        ("CENTRE DE PRÉVENTION DES CONFLITS", "cpc"),
        ("Centre de pre\u0301vention des conflits", "cpc"),
        ("conflict prevention centre", "cpc"),
        ("Conflict-Prevention Centre", "cpc"),
        ("Conflict Prevention Center", "cpc"),
        ("haut commissaire pour les minorites nationales", "hcnm"),
        ("Haut‑Commissaire pour les minorités nationales", "hcnm"),
        ("HAUTE-COMMISSAIRE POUR LES MINORITÉS NATIONALES", "hcnm"),
        ("discussions internationales de geneve", "geneva_international_discussions"),
        ("nagorno karabakh", "karabakh_conflict"),
        ("Nagorno-Karabakh", "karabakh_conflict"),
        ("haut-karabakh", "karabakh_conflict"),
        ("processus de minsk", "minsk_process"),
        ("Minsk  Process", "minsk_process"),
        ("groupe de minsk", "minsk_group"),
        ("joint control commission", "joint_control_commission"),
    ],
)
def test_topics_take_no_notice_of_case_accents_and_hyphens(matcher: TopicMatcher, text: str, topic: str) -> None:
    assert named(matcher, text) == [topic]


@pytest.mark.parametrize(
    ("text", "topic", "written"),
    [
        ("qu'est-ce que l'EUMM", "eumm", "EUMM"),
        ("Qu’est-ce que l’ODIHR ?", "odihr", "ODIHR"),
        ("le mandat de l’IPRM", "iprm", "IPRM"),
        ("the CPC's director", "cpc", "CPC"),
        ("the CPC’s director", "cpc", "CPC"),
    ],
)
def test_topics_see_a_name_beside_an_apostrophe(matcher: TopicMatcher, text: str, topic: str, written: str) -> None:
    (mention,) = matcher.find(text)
    assert (mention.topic, text[mention.start : mention.end], mention.strength) == (topic, written, EXACT)


@pytest.mark.parametrize(
    "text",
    [
        "OSCE",
        "l'OSCE",
        "l’OSCE",
        "de l'osce ?",
        "the OSCE's role",
        "O.S.C.E.",
        "the Organization for Security and Co-operation in Europe",
    ],
)
def test_topics_see_the_organisation_alone(matcher: TopicMatcher, text: str) -> None:
    assert named(matcher, text) == ["osce"]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Transnistria", "transdniestrian_conflict"),
        ("Transdniestria", "transdniestrian_conflict"),
        ("Transnistrie", "transdniestrian_conflict"),
        ("conflit transnistrien", "transdniestrian_conflict"),
        ("Transdniestrie", "transdniestrian_conflict"),
        ("Karabakh", "karabakh_conflict"),
        ("Karabagh", "karabakh_conflict"),
        ("Haut-Karabagh", "karabakh_conflict"),
        ("Nagorny Karabakh", "karabakh_conflict"),
        ("Artsakh", "karabakh_conflict"),
        ("Soukhoumi", "abkhazia_south_ossetia"),
        ("Sukhumi", "abkhazia_south_ossetia"),
    ],
)
def test_topics_recognise_every_spelling_of_a_place(matcher: TopicMatcher, text: str, topic: str) -> None:
    assert named(matcher, f"et {text} ?") == [topic]


@pytest.mark.parametrize(
    ("text", "topic", "written"),
    [
        ("le groupe de minks", "minsk_group", "groupe de minks"),
        ("minks group chairs", "minsk_group", "minks group"),
        ("en transnitrie", "transdniestrian_conflict", "transnitrie"),
        ("in Transnitria", "transdniestrian_conflict", "Transnitria"),
        ("la comission mixte de controle", "joint_control_commission", "comission mixte de controle"),
        ("joint controll commission", "joint_control_commission", "joint controll commission"),
        ("who heads the confict prevention centre?", "cpc", "confict prevention centre"),
        ("the conflict prevension center", "cpc", "conflict prevension center"),
        ("nagorno karabak", "karabakh_conflict", "nagorno karabak"),
        ("karabahk", "karabakh_conflict", "karabahk"),
        ("haut comissaire pour les minorités nationales", "hcnm", "haut comissaire pour les minorités nationales"),
        ("geneva international discusions", "geneva_international_discussions", "geneva international discusions"),
    ],
)
def test_topics_recognise_a_misspelt_name(matcher: TopicMatcher, text: str, topic: str, written: str) -> None:
    (mention,) = matcher.find(text)
    assert (mention.topic, text[mention.start : mention.end], mention.strength) == (topic, written, TYPO)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("the OSCE Minsk Group", ["minsk_group"]),
        ("OSCE Special Monitoring Mission to Ukraine", ["smm_ukraine"]),
        ("la cour de conciliation et d'arbitrage de l'OSCE", ["court"]),
        ("la Commission mixte de contrôle en Moldavie", ["joint_control_commission"]),
        ("minsk group and minsk conference", ["minsk_group", "minsk_conference"]),
        ("différence entre le Groupe de Minsk et les accords de Minsk", ["minsk_group", "minsk_agreements"]),
        ("CPC vs HCNM", ["cpc", "hcnm"]),
        ("IPRM et EUMM", ["iprm", "eumm"]),
    ],
)
def test_topics_take_the_longest_name_only(matcher: TopicMatcher, text: str, topics: list[str]) -> None:
    assert [mention.topic for mention in matcher.find(text)] == topics


@pytest.mark.parametrize(
    "text",
    [
        "what is it exactly",
        "qui dirige",
        "how does it work and since when",
        "à quoi ça sert en général",
        "I have a general question about your opinion",
        "j'ai une question générale",
        "the transition of power",
        "une commission de parents d'élèves",
        "joint pain",
        "un groupe de musique",
        "ma mission est terminée",
        "I take medication every morning",
        "a meditation class",
        "un cours de méditation",
        "une décision consensuelle",
        "how do I submit a complaint",
        "la réconciliation nationale",
        "the minister's secretary",
        "une concession automobile",
        "a centre for children",
        "qui met le plus au pot",
        "un plus grand nombre, ni plus ni moins",
        "merci beaucoup",
        "thank you very much",
        "quel temps fait-il demain",
        "my partner and I",
        "arbitrary decisions",
        "des mines antipersonnel",
        "les courtes vacances",
        "tu peux répéter lentement",
        "",
        "???",
        "2 + 5",
        "5",
    ],
)
def test_topics_leave_ordinary_words_alone(matcher: TopicMatcher, text: str) -> None:
    assert named(matcher, text) == []


@pytest.mark.parametrize(
    ("text", "topic"), [("Geneva", "geneva_international_discussions"), ("à Genève", "geneva_international_discussions")]
)
def test_topics_hold_a_city_for_a_weak_hint(matcher: TopicMatcher, text: str, topic: str) -> None:
    assert [(mention.topic, mention.strength) for mention in matcher.find(text)] == [(topic, AMBIGUOUS)]


def test_topics_hold_an_ambiguous_city_for_a_hint_at_each_topic(matcher: TopicMatcher) -> None:
    mentions = matcher.find("Minsk")
    assert {"minsk_process", "minsk_agreements"} <= {mention.topic for mention in mentions}
    assert {mention.strength for mention in mentions} == {AMBIGUOUS}


def topics() -> list[Topic]:
    return list(real_knowledge().topics.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_topics_recognise_every_name_of_the_base_as_its_own(matcher: TopicMatcher, language: str) -> None:
    names = [(topic.id, name) for topic in topics() for name in topic.names[language]]  # type: ignore[index]
    wrong = {
        name: found for topic, name in names if (found := [(m.topic, m.strength) for m in matcher.find(name)]) != [(topic, EXACT)]
    }
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_topics_recognise_every_ambiguous_name_of_the_base(matcher: TopicMatcher, language: str) -> None:
    names = [(topic.id, name) for topic in topics() for name in topic.ambiguous.get(language, ())]  # type: ignore[call-overload]
    wrong = {name: topic for topic, name in names if topic not in [mention.topic for mention in matcher.find(name)]}
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Who chairs the GID?", "GID"),
        ("  «\u00a0Discussions internationales de Genève\u00a0»  ", "Discussions internationales de Genève"),
        ("👍 les discussions de Genève, 2 fois", "discussions de Genève"),
        ("Œuvre du Groupe de Minsk !", "Groupe de Minsk"),
        ("le 5 + 2 ?", "5 + 2"),
        ("(IPRM)", "IPRM"),
        ("Forum pour la coopération en matière de sécurité", "Forum pour la coopération en matière de sécurité"),
        (
            "le Forum pour la coope\u0301ration en matie\u0300re de se\u0301curite\u0301 ?",
            "Forum pour la coope\u0301ration en matie\u0300re de se\u0301curite\u0301",
        ),
    ],
)
def test_topics_tell_where_a_name_stands(matcher: TopicMatcher, text: str, written: str) -> None:
    (mention,) = matcher.find(text)
    assert text[mention.start : mention.end] == written


def test_topics_are_found_in_a_very_long_text(matcher: TopicMatcher) -> None:
    text = "bla " * 1200 + "IPRM"
    assert [(mention.topic, mention.start) for mention in matcher.find(text)] == [("iprm", 4800)]


# A small set of names.

SMALL = TopicMatcher(
    {
        "cpc": ["Conflict Prevention Centre", "CPC"],
        "centre": ["prevention centre"],
        "one": ["shared name"],
        "two": ["Shared Name"],
    },
    {"geneva": ["Geneva"], "cpc": ["the centre"]},
    ["confidence"],
)


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("the conflict prevention centre", [Mention("cpc", 4, 30, EXACT)]),
        ("the prevention centre", [Mention("centre", 4, 21, EXACT)]),
        ("in the centre", [Mention("cpc", 7, 13, AMBIGUOUS)]),
        ("shared name", [Mention("one", 0, 11, EXACT), Mention("two", 0, 11, EXACT)]),
        ("CPC, CPC", [Mention("cpc", 0, 3, EXACT), Mention("cpc", 5, 8, EXACT)]),
        ("Genva CPC", [Mention("geneva", 0, 5, AMBIGUOUS), Mention("cpc", 6, 9, EXACT)]),
        ("CPD", []),
        ("confidence prevention", []),
    ],
)
def test_topics_find_names_in_their_order(text: str, mentions: list[Mention]) -> None:
    assert SMALL.find(text) == mentions


def test_topics_without_names_find_nothing() -> None:
    assert TopicMatcher({}).find("anything at all") == []


def test_topics_do_not_take_a_name_of_function_words_for_every_text() -> None:
    assert TopicMatcher({"nothing": ["the of", ""]}).find("the of a") == []


@pytest.mark.parametrize(
    ("texts", "found"),
    [([], ["watch"]), (["many harbors"], ["watch"]), (["many harbors", "two harbors"], []), (["harbors, harbors"], [])],
)
def test_topics_correct_no_word_that_ordinary_texts_use_twice(texts: list[str], found: list[str]) -> None:
    knowledge = make_knowledge(make_topic("watch", make_fact("watch", "seat"), names={"en": ("Harborn",), "fr": ("vigie",)}))
    assert named(TopicMatcher.from_knowledge(knowledge, texts), "harbors") == found


@pytest.mark.parametrize(("answer", "found"), [("A lookout.", ["watch"]), ("Several harbors.", [])])
def test_topics_correct_no_word_of_an_answer(answer: str, found: list[str]) -> None:
    fact = make_fact("watch", "seat", answer={"en": answer, "fr": "Une vigie."})
    knowledge = make_knowledge(make_topic("watch", fact, names={"en": ("Harborn",), "fr": ("vigie",)}))
    assert named(TopicMatcher.from_knowledge(knowledge), "harbors") == found


@settings(deadline=None, database=None)
@given(
    st.text(st.characters(exclude_categories=()), max_size=80)
    | st.lists(st.sampled_from("cpc CPC Genève, the conflict prevention centre é œ 5+2".split())).map(" ".join)
)
def test_topics_give_places_inside_the_text_and_apart(text: str) -> None:
    end = 0
    for mention in SMALL.find(text):
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.start >= end
        end = mention.end


@pytest.mark.parametrize(
    ("text", "places", "masked"),
    [
        ("Who chairs the GID?", [(15, 18)], "Who chairs the it?"),
        ("CPC and HCNM", [(0, 3), (8, 12)], "it and it"),
        ("CPC and HCNM", [(8, 12), (0, 3)], "it and it"),
        ("Minsk!", [(0, 5), (0, 5), (0, 5)], "it!"),
        ("nothing here", [], "nothing here"),
        ("", [], ""),
        ("l’OSCE", [(2, 6)], "l’it"),
    ],
)
def test_topics_mask_puts_one_word_for_each_name(text: str, places: list[tuple[int, int]], masked: str) -> None:
    assert mask(text, [Mention("topic", start, end, 1.0) for start, end in places]) == masked


def test_topics_mask_takes_another_word() -> None:
    assert mask("le CPC ?", [Mention("cpc", 3, 6, 1.0)], "") == "le  ?"


def test_topics_mask_makes_questions_on_different_topics_alike(matcher: TopicMatcher) -> None:
    texts = ("Who chairs the GID?", "Who chairs the Minsk Group?", "Who chairs the five plus two?")
    assert {mask(text, matcher.find(text)) for text in texts} == {"Who chairs the it?"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Et pour la Géorgie ?", ["pour", "georgie"]),
        ("what's the CPC", ["what", "cpc"]),
        ("de la", []),
        ("", []),
        ("5 + 2", ["5", "+", "2"]),
    ],
)
def test_topics_content_words_leave_function_words_out(text: str, words: list[str]) -> None:
    assert content_words(text) == words
