"""What the service itself keeps: replies, feedback, staff, sessions, switches. No Rasa, no FastAPI, no wording."""
