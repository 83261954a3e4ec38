"""All that Rasa reads or loads: domain, training data, graph components, and the runtime that runs Rasa in this process."""
