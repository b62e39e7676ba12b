"""Custom actions: they choose facts and phrase answers, from what the understanding found."""
