"""From a question to a fact: topics, sentence vectors, ranking. Imports nothing of Rasa."""
