"""All that Rasa reads or loads. Importing it prepares the process for Rasa: no telemetry, nothing unused, quiet loggers."""

import logging
import os

import structlog

from bot.light_rasa import lighten

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
logging.getLogger("matplotlib").setLevel(logging.WARNING)
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))  # debug lines cost as much as a turn
lighten()
