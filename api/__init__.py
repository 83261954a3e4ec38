"""FastAPI: the chat channel, the structured look-ups, health; and the command line."""
