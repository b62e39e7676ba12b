"""Vigie: an independent, bilingual assistant on conflict prevention and resolution at the OSCE."""

__version__ = "0.1.0"
