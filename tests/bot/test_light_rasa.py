"""What this bot never uses of Rasa is left out of the serving process, says so when it is used, and can be had back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAME_DIET = "import bot; from rasa.nlu.classifiers.diet_classifier import DIET, DIETClassifier; import tensorflow as tf;"


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line in a process of its own, so that what this one has loaded does not count."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("VEJVISER_")}
    command = [sys.executable, "-W", "ignore", "-c", code]
    return subprocess.run(command, cwd=ROOT, env={**clean, **environment}, capture_output=True, text=True, timeout=300)


def test_serving_imports_nothing_that_is_left_out() -> None:
    code = (
        "import api.application, sys; from bot.light_rasa import LEFT_OUT;"
        "print([name for name, module in sys.modules.items() if name in LEFT_OUT and module.__spec__.origin])"
    )
    found = python(code)
    assert found.stdout.strip() == "[]", found.stderr


def test_package_that_is_loaded_already_stays() -> None:
    found = python(
        "import sanic, bot, rasa.core.channels.channel; print(sanic.Sanic('a').name); import tensorflow; tensorflow.int32()"
    )
    assert found.stdout.strip() == "a" and "PackageLeftOut: tensorflow.int32" in found.stderr


def test_whole_process_stays_within_its_memory(tmp_path: Path) -> None:
    """Rasa, pipeline, catalogue and model together: at most 500 MB (with all of Rasa they were 1,000)."""
    code = (
        "from bot.runtime import Bot; from bot.training import current_model; from pathlib import Path;"
        "bot = Bot(current_model()); assert bot.handle_now('hvad koster tøjvask i Gladsaxe?');"
        # the high-water mark of this program alone; ru_maxrss would count the process it was forked from
        "print(next(int(l.split()[1]) // 1024 for l in Path('/proc/self/status').open() if l.startswith('VmHWM')))"
    )
    found = python(code, VEJVISER_HOME=str(tmp_path))
    assert found.returncode == 0, found.stderr
    assert int(found.stdout.split()[-1]) <= 500


def test_part_of_rasa_can_be_named_and_says_what_to_do_when_used() -> None:
    found = python(NAME_DIET + "tf.constant(1)")
    assert "PackageLeftOut" in found.stderr and "VEJVISER_FULL_RASA=1" in found.stderr
    found = python(NAME_DIET + "DIET({}, {}, False, {})")
    assert "PackageLeftOut" in found.stderr
    found = python("import bot; from rasa.core.channels.telegram import TelegramOutput; import aiogram; aiogram.Bot('a')")
    assert "PackageLeftOut: aiogram.Bot" in found.stderr


def test_whole_rasa_can_be_had_back() -> None:
    found = python(NAME_DIET + "print(issubclass(DIET, tf.keras.Model), int(tf.constant(41) + 1))", VEJVISER_FULL_RASA="1")
    assert found.stdout.split() == ["True", "42"], found.stderr
