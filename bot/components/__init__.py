"""Rasa graph components: thin adapters over ``bot.language``, ``bot.understanding`` and ``bot.knowledge``."""

from bot import inprocess

inprocess.install()
