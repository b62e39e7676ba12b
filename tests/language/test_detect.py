from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge import LANGUAGES
from bot.language.detect import Vocabulary, detect, learn

FRENCH = """
c koi le cpc
cpc c koi
c'est quoi l'osce
kesako le 5+2
kézako la cour de conciliation
ki preside le gid
qui preside les GID
ki dirige le cpc
cb d'états à l'osce
il y a combien de missions
combien d'Etats membres
ou est le siege
où siège la Cour ?
c ou le siege du hcmn
ça sert à quoi
sa sert a koi le mpri
pk le processus de minsk est fini
pourquoi ?
pourquoi la mission a fermé
depuis quand ?
et depuis quand
et après ?
et la Géorgie ?
et pour Gali
qui ?
qui ça
lequel
quand
comment ça marche
où ça
bonjour
bjr
salut
slt ça va
coucou
merci
merci bcp
merci beaucoup !
au revoir
bonne journée
bonsoir
oui
non
d'accord
bien sûr
svp
s'il vous plaît
aidez-moi
je ne comprends pas
j'ai pas compris
g pas compris
t'es qui
tu es un robot ?
vous êtes qui
désolé
statut du Groupe de Minsk
effectifs de la mission en Moldavie
mandat du Haut-Commissaire
date de création du cpc
siège de l'OSCE
chef de mission au Kosovo
coprésidents des DIG
dernière réunion du MPRI à Ergneti
derniere reunion 5+2
membres de la troïka
différence entre médiation et arbitrage
la mission spéciale d'observation en Ukraine existe encore
Commission mixte de contrôle
Centre de prévention des conflits
Haut-Commissaire pour les minorités nationales
Discussions internationales de Genève
accords de minsk vs groupe de minsk
l'OSCE a-t-elle une armée
Transnistrie : où en est-on
est-ce que l'EUMM est armée
IPRM en français
quel temps fait-il à Vienne
qui a gagné le match
la russie a raison ?
à qui appartient la Crimée
""".strip().splitlines()

ENGLISH = """
what is the cpc
cpc what is it
whats the osce
wat is 5+2
wht does iprm mean
who chairs gid
who chairs it
who runs the cpc
how many states
how many missions r there
number of participating states
where is it
where's the court based
hq of hcnm
what for
what's it for
why did the minsk process end
why?
why was it closed
since when?
since when does it exist
and since then
and then?
and Georgia?
what about Gali
who?
which one
when
how does it work
where
hello
hi
hi there
hey
good morning
thanks
thank you
thx a lot
thanks a lot!
bye
goodbye
see you
yes
ok sure
of course
please
pls help
help
help me
I don't understand
i dont get it
dunno
who are you
r u a bot
are you human?
sorry
my bad
status of the Minsk Group
staff numbers Moldova mission
mandate of the High Commissioner
date CPC was set up
seat of the OSCE
head of mission Kosovo
GID co-chairs names
last IPRM meeting in Ergneti
latest 5+2 round
members of the troika
difference between mediation and arbitration
does the special monitoring mission still exist
minsk agreements vs minsk group
does the OSCE have an army
Transdniestria: state of play
is EUMM armed
weather in Vienna tomorrow
who won the match
is russia right?
who owns Crimea
early warning meaning
field operations list
""".strip().splitlines()

MIXED = [
    ("c'est quoi le 5+2 format", "fr"),
    ("qui dirige le Conflict Prevention Centre ?", "fr"),
    ("le High Commissioner, il fait quoi", "fr"),
    ("quel est le mandate de la field operation", "fr"),
    ("c koi le Minsk Group", "fr"),
    ("et le Joint Control Commission, ça existe encore ?", "fr"),
    ("l'Incident Prevention and Response Mechanism, qu'est-ce que c'est ?", "fr"),
    ("explique-moi le Charter of Paris stp", "fr"),
    ("what is the Groupe de Minsk?", "en"),
    ("who heads the Centre de prévention des conflits", "en"),
    ("tell me about the Mission d'observation de l'Union européenne", "en"),
    ("when was the Charte de Paris signed", "en"),
    ("is the Commission mixte de contrôle still working?", "en"),
    ("what does Haut-Commissaire mean", "en"),
    ("does the Cour de conciliation et d'arbitrage hear individuals", "en"),
    ("why was the Processus de Minsk closed?", "en"),
]

# Too terse to insist upon: the language of the conversation decides, as long as they are not taken for the other one.
TERSE = [
    ("dps kan", "fr"),
    ("mrc", "fr"),
    ("jsp", "fr"),
    ("aide", "fr"),
    ("non merci", "fr"),
    ("ty", "en"),
    ("no", "en"),
    ("no thx", "en"),
    ("Joint Control Commission", "en"),
    ("Conflict Prevention Centre", "en"),
    ("Geneva International Discussions", "en"),
    ("High Commissioner on National Minorities", "en"),
]

UNCLEAR = [
    "",
    " ",
    "?",
    "???",
    "!!!",
    "...",
    "…",
    "CPC",
    "cpc?",
    "GID",
    "GID?",
    "OSCE",
    "5+2",
    "5 + 2 ?",
    "123",
    "2008-10-15",
    "👍",
    ":-)",
    "+",
]

REQUESTS = [
    ("in english please", "en"),
    ("In English, please.", "en"),
    ("english please", "en"),
    ("English pls", "en"),
    ("english", "en"),
    ("EN", "en"),
    ("en anglais", "en"),
    ("en anglais svp", "en"),
    ("réponds en anglais", "en"),
    ("répondez-moi en anglais s'il vous plaît", "en"),
    ("parlez anglais", "en"),
    ("parlez-vous anglais ?", "en"),
    ("on peut passer à l'anglais ?", "en"),
    ("passe à l’anglais", "en"),
    ("can you answer in English?", "en"),
    ("do you speak English?", "en"),
    ("switch to English", "en"),
    ("back to english pls", "en"),
    ("let's continue in english", "en"),
    ("thanks, let's go on in english", "en"),
    ("en français stp", "fr"),
    ("En français, s'il vous plaît !", "fr"),
    ("en francais svp", "fr"),
    ("français", "fr"),
    ("francais stp", "fr"),
    ("FR", "fr"),
    ("réponds en français", "fr"),
    ("parle français", "fr"),
    ("parle-moi français", "fr"),
    ("parlez-vous français ?", "fr"),
    ("french please", "fr"),
    ("in French please", "fr"),
    ("can you answer in French?", "fr"),
    ("do you speak French?", "fr"),
    ("switch to french", "fr"),
    ("back to French", "fr"),
    ("on repasse en français ?", "fr"),
]

# Each speaks of a language without asking to be answered in it.
NO_REQUESTS = [
    ("what is the French name of the CPC", "en"),
    ("who is the French co-chair of the Minsk Group", "en"),
    ("is the English text binding?", "en"),
    ("how do you say CPC in french", "en"),
    ("Do you speak French or English?", "en"),
    ("le texte anglais fait-il foi ?", "fr"),
    ("quel est le nom anglais du MPRI", "fr"),
    ("qui est le coprésident français du Groupe de Minsk", "fr"),
    ("Comment dit-on CPC en anglais ?", "fr"),
    ("parlez-vous français ou anglais ?", "fr"),
]


@pytest.mark.parametrize("text", FRENCH)
def test_detect_recognises_short_french(text: str) -> None:
    assert detect(text).language == "fr"


@pytest.mark.parametrize("text", ENGLISH)
def test_detect_recognises_short_english(text: str) -> None:
    assert detect(text).language == "en"


@pytest.mark.parametrize(("text", "language"), TERSE)
def test_detect_never_takes_a_terse_message_for_the_other_language(text: str, language: str) -> None:
    assert detect(text).language in (language, None)


@pytest.mark.parametrize(("text", "language"), MIXED)
def test_detect_goes_by_the_question_where_a_name_is_in_the_other_language(text: str, language: str) -> None:
    assert detect(text).language == language


@pytest.mark.parametrize("text", UNCLEAR)
def test_detect_leaves_open_what_has_no_language(text: str) -> None:
    assert detect(text).language is None


@pytest.mark.parametrize(("text", "language"), REQUESTS)
def test_detect_answers_in_the_language_asked_for(text: str, language: str) -> None:
    assert (detect(text).requested, detect(text).language) == (language, language)


@pytest.mark.parametrize(("text", "language"), NO_REQUESTS)
def test_detect_takes_no_mention_of_a_language_for_a_request(text: str, language: str) -> None:
    assert (detect(text).requested, detect(text).language) == (None, language)


@pytest.mark.parametrize("text", ["what is the cpc", "c'est quoi le cpc", "CPC", "???"])
def test_detect_sees_no_request_where_there_is_none(text: str) -> None:
    assert detect(text).requested is None


@pytest.mark.parametrize("text", ["Что такое ОБСЕ?", "ماهي منظمة الأمن", "რა არის ეუთო?", "Ի՞նչ է ԵԱՀԿ-ն", "欧安组织是什么"])
def test_detect_takes_no_other_script_for_french_or_english(text: str) -> None:
    assert detect(text).language is None


@pytest.mark.parametrize(
    ("text", "language"), [("QUI DIRIGE LE CPC", "fr"), ("WHO RUNS THE CPC", "en"), ("Où  siège\u00a0la Cour\u202f?", "fr")]
)
def test_detect_takes_no_notice_of_case_and_spaces(text: str, language: str) -> None:
    assert detect(text).language == language


@pytest.mark.parametrize(
    ("plain", "typographic"), [("l'OSCE est-elle armee", "l’OSCE est‑elle armée"), ("what's it for", "what’s it for")]
)
def test_detect_takes_no_notice_of_typography(plain: str, typographic: str) -> None:
    assert detect(plain) == detect(typographic)


@settings(deadline=None, database=None, max_examples=60)
@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_detect_never_fails(text: str) -> None:
    assert detect(text).language in (*LANGUAGES, None)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """Learnt from a few words that no list of function words holds."""
    french = ["membres actuels", "effectifs actuels du groupe", "budget annuel", "observateurs déployés"]
    english = ["current members", "current staff of the group", "yearly budget", "monitors deployed"]
    examples = [(text, "fr") for text in french] + [(text, "en") for text in english]
    return learn(examples, names=["Groupe de Minsk", "Minsk Group"])


@pytest.mark.parametrize(("text", "language"), [("effectifs EUMM", "fr"), ("monitors EUMM", "en"), ("membres CPC actuels", "fr")])
def test_detect_learns_words_from_examples(vocabulary: Vocabulary, text: str, language: str) -> None:
    found = detect(text, vocabulary)
    assert (found.language, found.sure) == (language, True)


def test_detect_is_not_sure_of_a_name_alone(vocabulary: Vocabulary) -> None:
    assert not detect("Minsk Group", vocabulary).sure


@pytest.mark.parametrize(("text", "code"), [("¿Qué es la OSCE?", "es"), ("Что такое ОБСЕ?", "ru"), ("ОБСЕ?", "ru")])
def test_detect_recognises_other_languages_by_their_signs(text: str, code: str) -> None:
    found = detect(text)
    assert (found.language, found.foreign) == (None, code)
