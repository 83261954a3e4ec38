"""The structured service knowledge base and everything that knows it.

Imports neither Rasa nor FastAPI, so the bot, the API, the staff console and the command line share one look-up and one
composed answer and cannot disagree.
"""
