"""Rasa graph components: one a file."""
