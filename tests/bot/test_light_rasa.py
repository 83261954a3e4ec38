"""TensorFlow is left out of the serving process, says so when it is really used, and can be had back."""

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


def test_serving_imports_no_tensorflow() -> None:
    found = python("import api.application, sys; print([name for name in sys.modules if name.startswith('tensorflow.python')])")
    assert found.stdout.strip() == "[]", found.stderr


def test_whole_process_stays_within_its_memory(tmp_path: Path) -> None:
    """Rasa, pipeline, catalogue and model together: at most 600 MB (with TensorFlow it was 1,000)."""
    code = (
        "from bot.runtime import Bot; from bot.training import current_model; from pathlib import Path;"
        "bot = Bot(current_model()); assert bot.handle_now('hvad koster tøjvask i Gladsaxe?');"
        # the high-water mark of this program alone; ru_maxrss would count the process it was forked from
        "print(next(int(l.split()[1]) // 1024 for l in Path('/proc/self/status').open() if l.startswith('VmHWM')))"
    )
    found = python(code, VEJVISER_HOME=str(tmp_path))
    assert found.returncode == 0, found.stderr
    assert int(found.stdout.split()[-1]) <= 600


def test_neural_component_can_be_named_and_says_what_to_do_when_used() -> None:
    found = python(NAME_DIET + "tf.constant(1)")
    assert "TensorFlowLeftOut" in found.stderr and "VEJVISER_FULL_RASA=1" in found.stderr
    found = python(NAME_DIET + "DIET({}, {}, False, {})")
    assert "TensorFlowLeftOut" in found.stderr


def test_whole_rasa_can_be_had_back() -> None:
    found = python(NAME_DIET + "print(issubclass(DIET, tf.keras.Model), int(tf.constant(41) + 1))", VEJVISER_FULL_RASA="1")
    assert found.stdout.split() == ["True", "42"], found.stderr
