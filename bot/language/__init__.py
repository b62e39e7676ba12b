"""Which language a message is in, and which to answer in. Imports nothing of Rasa."""
