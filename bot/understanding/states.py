"""Questions about one State's place in the OSCE: answered from the list of States."""

from __future__ import annotations

from bot.knowledge.model import LANGUAGES, Fact, Knowledge
from bot.understanding.topics import TopicMatcher

# Facts about all States, of which a question that names one State wants only that one.
_ABOUT_ALL = frozenset(
    """osce.members osce.definition participating_states.size participating_states.list participating_states.founders
    participating_states.last_joined participating_states.joining participating_states.non_members participating_states.history
    participating_states.region_north_america participating_states.region_central_asia participating_states.region_south_caucasus
    participating_states.microstates partners_for_cooperation.definition partners_for_cooperation.list
    partners_for_cooperation.history partners_for_cooperation.joining mediterranean_partners.list
    mediterranean_partners.definition mediterranean_partners.history mediterranean_partners.is_not asian_partners.list
    asian_partners.history asian_partners.purpose asian_partners.is_not""".split()
)


class StateFinder:
    """Finds the State that a question about membership is about."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Index the names of the States."""
        self._facts = dict(zip((country.code for country in knowledge.countries), knowledge.states.values()))
        self._matcher = TopicMatcher(
            {
                country.code: [name for language in LANGUAGES for name in country.names[language]]
                for country in knowledge.countries
            }
        )

    def narrowed(self, text: str, fact_id: str) -> Fact | None:
        """What is known of the one State that a question names.

        Args:
            fact_id: the fact found for the question.

        Returns:
            None where the question names no State or several, or the fact is not one about all of them.
        """
        if fact_id not in _ABOUT_ALL:
            return None
        codes = {
            mention.topic
            for mention in self._matcher.find(text)
            # "us" is a State only in capitals.
            if mention.end - mention.start > 2 or text[mention.start : mention.end].isupper()
        }
        return self._facts[codes.pop()] if len(codes) == 1 else None
