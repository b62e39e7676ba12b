"""Rasa input channels: REST for programs, and the chat page for people."""
