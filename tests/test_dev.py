"""The set-up script: what it does with each kind of machine, without touching this one."""

from __future__ import annotations

import ast
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[1] / "dev.py"
MISSING_FROM_PYTHON3_MINIMAL = {"shutil", "venv", "tempfile", "json", "ensurepip", "ctypes", "unittest"}


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, at home in an empty project."""
    spec = importlib.util.spec_from_file_location("dev_under_test", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.ROOT = tmp_path  # type: ignore[attr-defined]
    for name in ("VENV", "STAMP", "CONSTRAINTS", "DEMO", "SCRIPTS", "PYTHON", "QUALCODE"):
        place = tmp_path / getattr(module, name).relative_to(SCRIPT.parent)
        monkeypatch.setattr(module, name, place)
    (tmp_path / "constraints.txt").write_text("a==1\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    return module


@pytest.fixture
def installs(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What each set-up found in .venv when it came to installing; installs a mock-up of the environment."""
    found: list[str] = []

    def install() -> None:
        found.append("kept" if (dev.VENV / "own_model").exists() else "afresh")
        dev.SCRIPTS.mkdir(parents=True, exist_ok=True)
        for file in (dev.PYTHON, dev.QUALCODE, dev.VENV / "own_model"):
            file.touch()

    monkeypatch.setattr(dev, "install", install)
    monkeypatch.setattr(dev, "compile_ahead", lambda: None)
    return found


def as_user(dev: ModuleType, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: number, raising=False)
    debian = dev.ROOT / "debian_version"
    debian.touch()
    monkeypatch.setattr(dev, "DEBIAN", debian)


class Commands:
    """Stands in for the commands that the script starts; fails those whose line holds a given word."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, failing: str = "nothing fails") -> None:
        self.lines: list[str] = []
        self.environments: list[dict[str, str]] = []
        self.failing = failing
        monkeypatch.setattr(subprocess, "run", self._run)
        monkeypatch.setattr(subprocess, "call", lambda command, **options: self._run(command, **options).returncode)

    def _run(self, command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        line = " ".join(command)
        self.lines.append(line)
        self.environments.append(options.get("env") or {})
        return subprocess.CompletedProcess(command, int(self.failing in line), b"output", b"the last line")


# --- usage ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [[], ["dmeo"], ["demo", "more"]])
def test_wrong_usage_is_told_and_exits_2(
    dev: ModuleType, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(arguments) == 2
    assert "usage: python3 dev.py" in capsys.readouterr().err


def test_help_is_no_error(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["--help"]) == 0
    assert "usage: python3 dev.py" in capsys.readouterr().out


def test_an_old_python_can_read_the_script() -> None:
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 8))


def test_the_script_starts_with_what_a_minimal_python_has() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    at_the_top = {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    anywhere = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert {name.split(".")[0] for name in anywhere} <= sys.stdlib_module_names
    assert at_the_top & MISSING_FROM_PYTHON3_MINIMAL == set()


def test_a_python_that_is_too_old_gets_a_sentence(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Commands(monkeypatch, failing="-c")  # no other interpreter starts
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert dev.main(["demo"]) == 1
    told = capsys.readouterr().err.strip()
    assert "3.11, 3.12 or 3.13" in told and "this is 3.9" in told and "\n" not in told


def test_a_python_that_is_too_new_hands_over_to_one_that_will_do(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "WINDOWS", False)
    commands = Commands(monkeypatch, failing="python3.13 ")
    monkeypatch.setattr(sys, "version_info", (3, 14, 0))
    assert dev.main(["test", "-k", "codebook"]) == 0
    assert commands.lines[-1] == f"python3.12 {dev.ROOT / 'dev.py'} test -k codebook"


# --- when the environment is made -----------------------------------------------------------------------------------


def test_a_second_run_sets_nothing_up(dev: ModuleType, installs: list[str]) -> None:
    dev.set_up()
    dev.set_up()
    assert installs == ["afresh"]


@pytest.mark.parametrize("file", ["constraints.txt", "pyproject.toml"])
def test_changed_pins_update_what_is_there(dev: ModuleType, installs: list[str], file: str) -> None:
    dev.set_up()
    (dev.ROOT / file).write_text("changed", encoding="utf-8")
    dev.set_up()
    dev.set_up()
    assert installs == ["afresh", "kept"]


@pytest.mark.parametrize("change_pins", [False, True])
def test_an_interrupted_set_up_is_started_afresh(
    dev: ModuleType, installs: list[str], monkeypatch: pytest.MonkeyPatch, change_pins: bool
) -> None:
    install = dev.install

    def interrupted() -> None:
        install()
        raise KeyboardInterrupt

    if change_pins:
        dev.set_up()
        (dev.ROOT / "constraints.txt").write_text("a==2\n", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(dev, "install", interrupted)
        assert dev.main(["lint"]) == 130
    dev.set_up()
    assert installs[-1] == "afresh"
    assert dev.stamp() == dev.fingerprint()


def test_a_checkout_that_was_moved_is_set_up_afresh(dev: ModuleType, installs: list[str]) -> None:
    dev.set_up()
    pins = dev.STAMP.read_text(encoding="utf-8").splitlines()[0]
    dev.STAMP.write_text(f"{pins}\n/elsewhere/qualcode\n", encoding="utf-8")
    dev.set_up()
    assert installs == ["afresh", "afresh"]


def test_an_environment_whose_python_is_gone_is_made_afresh(dev: ModuleType, installs: list[str]) -> None:
    dev.set_up()
    dev.PYTHON.unlink()
    dev.set_up()
    assert installs == ["afresh", "afresh"]


# --- which installer ------------------------------------------------------------------------------------------------


def machine_with(dev: ModuleType, monkeypatch: pytest.MonkeyPatch, *modules: str) -> None:
    """Makes the script believe that Python has these modules (beside venv and shutil), and that uv is no command."""
    monkeypatch.setattr(dev, "has", lambda module: module in {"venv", "shutil", *modules})
    monkeypatch.setattr("shutil.which", lambda name: None)


def test_uv_comes_first(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    machine_with(dev, monkeypatch, "uv", "pip", "ensurepip")
    commands = Commands(monkeypatch)
    dev.install()
    assert [line for line in commands.lines if "--require-hashes" in line and "-m uv pip install" in line]
    assert not [line for line in commands.lines if "ensurepip" in line]


def test_settings_that_lead_pip_away_from_the_environment_are_set_aside(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_TARGET", "/elsewhere")
    monkeypatch.setenv("PIP_USER", "1")
    machine_with(dev, monkeypatch, "pip")
    commands = Commands(monkeypatch)
    dev.install()
    assert {environment["PIP_USER"] for environment in commands.environments} == {"0"}
    assert not any("PIP_TARGET" in environment for environment in commands.environments)


def test_the_next_installer_is_tried_when_one_fails(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    machine_with(dev, monkeypatch, "uv", "pip")
    commands = Commands(monkeypatch, failing="-m uv")
    dev.install()
    assert f"-m pip --python {dev.PYTHON} install" in commands.lines[-1]


@pytest.mark.parametrize(("keeps_nothing", "n_commands"), [(True, 1), (False, 0)])
def test_libraries_are_compiled_where_python_keeps_nothing_it_compiles(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, keeps_nothing: bool, n_commands: int
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", keeps_nothing)
    commands = Commands(monkeypatch)
    dev.compile_ahead()
    assert len(commands.lines) == n_commands
    assert all("compileall" in line for line in commands.lines)


def test_packages_that_cannot_be_fetched_are_an_error_with_a_remedy(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    machine_with(dev, monkeypatch, "ensurepip")
    Commands(monkeypatch, failing="--require-hashes")
    assert dev.main(["lint"]) == 1
    assert "Check the network" in capsys.readouterr().err.splitlines()[-1]
    assert not dev.STAMP.exists()


def test_without_an_installer_a_user_is_told_what_to_type(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    machine_with(dev, monkeypatch)
    commands = Commands(monkeypatch)
    as_user(dev, monkeypatch, 1000)
    assert dev.main(["test"]) == 1
    (told,) = capsys.readouterr().err.splitlines()
    assert f"sudo apt-get install --no-install-recommends python{dev.version_of_this_python()}-venv" in told
    assert not [line for line in commands.lines if line.startswith("apt-get")]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no root")
def test_without_an_installer_root_on_debian_gets_one(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    machine_with(dev, monkeypatch)
    commands = Commands(monkeypatch)
    as_user(dev, monkeypatch, 0)
    dev.complete_python()
    assert [line for line in commands.lines if "apt-get" in line and dev.venv_package() in line]


def test_certificates_added_by_hand_outlive_the_package_manager(dev: ModuleType, tmp_path: Path) -> None:
    mark = "-----{} CERTIFICATE-----".format
    public, own = (f"{mark('BEGIN')}\n{text}\n{mark('END')}\n" for text in ("public", "own"))
    bundle = tmp_path / "bundle.crt"
    bundle.write_text(public + own, encoding="utf-8")
    with dev.certificates_kept(bundle):
        bundle.write_text(public, encoding="utf-8")
    assert bundle.read_text(encoding="utf-8") == public + own


# --- commands -------------------------------------------------------------------------------------------------------


@pytest.fixture
def commands(dev: ModuleType, installs: list[str], monkeypatch: pytest.MonkeyPatch) -> Commands:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    return Commands(monkeypatch)


def test_pytest_gets_the_other_arguments_and_no_screen(dev: ModuleType, commands: Commands) -> None:
    assert dev.main(["test", "-k", "codebook", "--lf"]) == 0
    assert commands.lines[-1] == f"{dev.PYTHON} -m pytest -k codebook --lf"
    assert commands.environments[-1]["QT_QPA_PLATFORM"] == "offscreen"


def test_a_screen_that_was_asked_for_is_used(
    dev: ModuleType, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    dev.main(["test"])
    assert commands.environments[-1]["QT_QPA_PLATFORM"] == "xcb"


def test_the_exit_code_of_the_tests_is_handed_on(dev: ModuleType, commands: Commands) -> None:
    commands.failing = "pytest"
    assert dev.main(["test"]) == 1


def test_demo_runs_the_sample_study(dev: ModuleType, commands: Commands) -> None:
    assert dev.main(["demo"]) == 0
    study = dev.ROOT / "sample_transcripts" / "study.yaml"
    assert commands.lines == [f"{dev.QUALCODE} run {study} --out {dev.DEMO} --accept-suggestions --overwrite"]


def test_app_makes_the_sample_project_only_if_it_is_missing(
    dev: ModuleType, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    dev.main(["app"])
    assert [" run " in line for line in commands.lines[-2:]] == [True, False]
    dev.DEMO.mkdir()
    (dev.DEMO / "project.qualcode").touch()
    commands.lines.clear()
    dev.main(["app"])
    assert [line for line in commands.lines if " run " in line] == []
    assert commands.lines[-1] == f"{dev.QUALCODE} {dev.DEMO / 'project.qualcode'}"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
def test_app_without_a_screen_is_told_so(
    dev: ModuleType, commands: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert dev.main(["app"]) == 1
    assert "no screen" in capsys.readouterr().err


def test_lint_runs_all_checks_even_if_one_fails(dev: ModuleType, commands: Commands) -> None:
    commands.failing = "ruff format"
    assert dev.main(["lint"]) == 1
    assert [Path(line.split()[0]).name for line in commands.lines] == ["ruff", "ruff", "mypy", "lint-imports"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere Qt brings all that it needs")
def test_missing_libraries_of_qt_are_named_with_the_command(
    dev: ModuleType, commands: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands.failing = "PySide6"
    as_user(dev, monkeypatch, 1000)
    assert dev.main(["test"]) == 1
    told = capsys.readouterr().err.splitlines()[-1]
    assert "the last line" in told and "sudo apt-get install" in told and "libegl1" in told
