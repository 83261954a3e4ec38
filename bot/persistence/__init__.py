"""Where conversations live: their state as one row each, the locks that keep turns in order, and how long they are kept.

Rasa's `SQLTrackerStore` is not used. It adds every event of a conversation for ever and reads the whole session back at each
turn, so a turn costs more the longer the conversation is; and with a bounded history it stores nothing new once the bound is
reached, because it counts stored events against those in memory. All that this bot remembers is in its slots; one row that
is replaced at each turn, in one commit, holds them together with the newest turn.
"""
