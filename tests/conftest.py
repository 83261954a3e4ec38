"""What the tests share: one store on a temporary database, one loaded bot, one HTTP client. Nothing leaves the machine."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from itertools import count

import pytest

from knowledge import database
from knowledge.loading import load_catalogue
from knowledge.model import Catalogue
from knowledge.sharing import use_store
from knowledge.snapshot import Snapshot, Store
from knowledge.vocabulary import CATALOGUE
from tests.helpers import Conversation

_KEPT = ("VEJVISER_SOURCES", "VEJVISER_SOAK_MINUTES", "VEJVISER_SOAK_REPORT")
for _name in [name for name in os.environ if name.startswith("VEJVISER_") and name not in _KEPT]:
    del os.environ[_name]  # the caller's deployment must not colour the tests
_home = tempfile.TemporaryDirectory(prefix="vejviser-tests-")
os.environ["VEJVISER_HOME"] = _home.name  # the developer's own state stays untouched


@pytest.fixture(scope="session", autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The shared store of the whole run, so that no test opens the developer's own database."""
    path = tmp_path_factory.mktemp("knowledge") / "knowledge.db"
    made = Store(database.connect(f"sqlite:///{path}"), CATALOGUE)
    use_store(made)
    yield made
    use_store(None)


@pytest.fixture(scope="session")
def snapshot(store: Store) -> Snapshot:
    return store.snapshot


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The shipped catalogue as read from its files."""
    return load_catalogue()


@pytest.fixture(scope="session")
def bot(store: Store):  # untyped: Bot is imported late because Rasa takes seconds
    from bot.runtime import Bot
    from bot.training import current_model

    model = current_model()
    if model is None:
        pytest.fail("No model was trained on the current data. Run `make train`, then the tests again.", pytrace=False)
    return Bot(model)


@pytest.fixture(scope="session")
def client(bot):
    from fastapi.testclient import TestClient

    from api.application import create_app
    from api.settings import Settings

    settings = Settings(address_limit="off", lookup_limit="off")  # all tests together ask more than one citizen
    return TestClient(create_app(settings, bot=bot), base_url="http://127.0.0.1", client=("127.0.0.1", 50000))


@pytest.fixture(scope="session")
def sender() -> Callable[[], str]:
    """Makes ids of fresh conversations: test-1, test-2, ..."""
    numbers = count(1)
    return lambda: f"test-{next(numbers)}"


@pytest.fixture()
def talk(bot, sender: Callable[[], str]) -> Conversation:
    """A fresh conversation with the bot."""
    return Conversation(bot, sender())
