"""Action handlers: slots in, one call into `knowledge`, one answer out. One action a file, named after the action.

They run in the API's process and behind `rasa run actions` alike; no wording and no SQL here.
"""
