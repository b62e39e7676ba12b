"""The knowledge base as pages that people can browse."""
