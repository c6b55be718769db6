"""What holds for every test: no screen, no network, no trace in the user's own settings."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is loaded
os.environ["LANGUAGE"] = "en"  # whatever this machine speaks

# Two cores may be busy with other work: how long an example takes says nothing about the program.
hypothesis.settings.register_profile("qualcode", deadline=None, print_blob=True)
hypothesis.settings.load_profile("qualcode")

_network_calls: list[str] = []
_AF_INET_EVENTS = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}
_NAME_EVENTS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


def _forbid_network(event: str, arguments: tuple[object, ...]) -> None:
    """Stop what goes to an internet address, and note it down in case the program swallows the error.

    Addresses of AF_UNIX sockets are text or bytes, those of AF_INET and AF_INET6 are tuples.
    """
    if event in _NAME_EVENTS or (event in _AF_INET_EVENTS and isinstance(arguments[1], tuple)):
        _network_calls.append(event)
        raise AssertionError(f"A test reached for the network: {event}")


sys.addaudithook(_forbid_network)


@pytest.fixture(autouse=True)
def network_calls() -> Iterator[list[str]]:
    """Fails a test in which anything reached for the network, in any thread."""
    _network_calls.clear()
    yield _network_calls
    assert not _network_calls, f"A test reached for the network: {_network_calls}"


@pytest.fixture(autouse=True, scope="session")
def user_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Points settings and state at a throw-away folder; caches stay, because matplotlib's fonts are slow to list."""
    folder = str(tmp_path_factory.mktemp("user"))
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "APPDATA"):
            patch.setenv(variable, folder)
        patch.setattr("qualcode.autocoding.kept.folder", lambda: Path(folder) / "numbers")
        yield


@pytest.fixture(autouse=True)
def words_alone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Learning goes by words alone unless a test is about meanings: they take longer than all the rest of it."""
    if request.node.get_closest_marker("meaning") is None:
        monkeypatch.setattr("qualcode.autocoding.meaning.is_available", lambda: False)
