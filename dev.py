#!/usr/bin/env python3
"""Set up Qualcode from a fresh checkout, then show, test, check or open it.

usage: python3 dev.py COMMAND

  demo    run the sample study: import, suggest, count, export into demo_output/
  test    run the tests (what follows is handed to pytest: python3 dev.py test -k codebook)
  app     open the window on the sample study
  lint    check style, types and the direction of imports

Needs nothing but Python. Each command makes .venv beside this file if it is missing or the pins have changed.
"""

# Only the standard library, and on top only what Debian's python3-minimal holds too (no shutil, venv or tempfile):
# this file runs before anything is installed, and must at least be able to say what is missing. Its syntax stays
# readable for Python 3.8, so that an old Python gets a sentence and not a SyntaxError.
from __future__ import annotations

import contextlib
import hashlib
import importlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "set-up-complete.txt"
CONSTRAINTS = ROOT / "constraints.txt"
DEMO = ROOT / "demo_output"
WINDOWS = sys.platform == "win32"
LINUX = sys.platform.startswith("linux")
OLDEST, NEWEST = (3, 11), (3, 13)
SCRIPTS = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = SCRIPTS / ("python.exe" if WINDOWS else "python")
QUALCODE = SCRIPTS / ("qualcode.exe" if WINDOWS else "qualcode")

DEBIAN = Path("/etc/debian_version")
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")

# Debian's names of what Qt is linked against, found in a bare chroot.
QT_PACKAGES = [
    *("libgl1", "libegl1", "libglib2.0-0", "libxkbcommon0", "libfontconfig1", "libdbus-1-3"),
    "fonts-dejavu-core",
]
QT_SCREEN_PACKAGES = [
    *("libxcb-cursor0", "libxkbcommon-x11-0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-randr0", "libxcb-shape0"),
]
QT_PROBE = """
import sys
from PySide6 import QtGui, QtPrintSupport, QtSvg, QtTest, QtWidgets
app = QtGui.QGuiApplication(["probe"])
font = QtGui.QFont()
found = QtGui.QFontInfo(font).family()  # empty if there are no fonts; the raw font then answers yes to all, or crashes
if not found or not QtGui.QRawFont.fromFont(font).supportsCharacter(ord("ø")):
    sys.exit("no font has Norwegian letters")
"""
QT_SCREEN_PROBE = """
import ctypes, pathlib
from PySide6 import QtCore
plugins = QtCore.QLibraryInfo.path(QtCore.QLibraryInfo.LibraryPath.PluginsPath)
ctypes.CDLL(str(pathlib.Path(plugins) / "platforms" / "libqxcb.so"))
"""


class SetUpError(Exception):
    """The set-up can't go on; the text says what to type."""


def say(sentence: str) -> None:
    """Tell how the set-up gets on, beside the output of the command itself."""
    print(sentence, file=sys.stderr, flush=True)


def main(arguments: list[str]) -> int:
    """Run one command; returns its exit code (1: the set-up failed, 2: wrong usage)."""
    commands: dict[str, Callable[[list[str]], int]] = {"demo": demo, "test": test, "app": app, "lint": lint}
    if arguments[:1] in (["-h"], ["--help"]):
        print(__doc__)
        return 0
    if not arguments or arguments[0] not in commands or (len(arguments) > 1 and arguments[0] != "test"):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        other = other_python()
        if other:
            return subprocess.call([*other, str(ROOT / "dev.py"), *arguments])
        set_up()
        return commands[arguments[0]](arguments[1:])
    except SetUpError as error:
        say(str(error))
        return 1
    except OSError as error:
        say(f"The set-up could not read, write or start something ({error}): mend that, and run this again.")
        return 1
    except KeyboardInterrupt:
        say("Stopped; the next run repairs what is half done.")
        return 130


# --- commands -------------------------------------------------------------------------------------------------------


def demo(_extra: list[str] | None = None) -> int:
    """Run the sample study; the suggestions are accepted, which the program says."""
    study = ROOT / "sample_transcripts" / "study.yaml"
    options = ["--out", str(DEMO), "--accept-suggestions", "--overwrite"]
    code = subprocess.call([str(QUALCODE), "run", str(study), *options], cwd=str(ROOT))
    if code == 0:
        say("To open it in the window: python3 dev.py app")
    return code


def test(pytest_arguments: list[str]) -> int:
    """Run pytest without a screen, unless QT_QPA_PLATFORM says otherwise."""
    need_qt()
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    return subprocess.call([str(PYTHON), "-m", "pytest", *pytest_arguments], cwd=str(ROOT), env=environment)


def app(_extra: list[str]) -> int:
    """Open the window on the sample project, which is made first if it is missing."""
    need_qt()
    if LINUX and "QT_QPA_PLATFORM" not in os.environ:
        need_screen()
    project = DEMO / "project.qualcode"
    if not project.exists():
        code = demo()
        if code:
            return code
    return subprocess.call([str(QUALCODE), str(project)], cwd=str(ROOT))


def lint(_extra: list[str]) -> int:
    """Run all checks that need no test run; 1 if any of them fails."""
    checks = [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"], ["lint-imports", "--no-logo"]]
    failed = []
    for check in checks:
        say("$ " + " ".join(check))
        if subprocess.call([str(SCRIPTS / check[0]), *check[1:]], cwd=str(ROOT)):
            failed.append(check[0])
    return 1 if failed else 0


# --- the virtual environment ----------------------------------------------------------------------------------------


def other_python() -> list[str] | None:
    """A better interpreter than this one to set up with, or None if this one will do.

    Raises:
        SetUpError: this Python is too old or too new, and no other was found.
    """
    if Path(sys.prefix).resolve() == VENV:  # a set-up may have to replace the very interpreter that runs it
        base = getattr(sys, "_base_executable", "")
        if base and Path(base) != Path(sys.executable):
            return [base]
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return None
    minors = range(NEWEST[1], OLDEST[1] - 1, -1)
    candidates = [[f"python3.{minor}"] for minor in minors]
    if WINDOWS:
        candidates = [["py", f"-3.{minor}"] for minor in minors]
    for candidate in candidates:
        with contextlib.suppress(OSError):  # a shim may exist and still not start
            if subprocess.run([*candidate, "-c", ""], capture_output=True).returncode == 0:
                return candidate
    raise SetUpError(
        f"Qualcode needs Python 3.11, 3.12 or 3.13, and this is {version_of_this_python()}: install one of them and "
        f"type, for instance, python3.12 dev.py {' '.join(sys.argv[1:])}"
    )


def fingerprint() -> str:
    """What the environment was made from; the place counts too, because scripts in it hold their own path."""
    pins = hashlib.sha256(CONSTRAINTS.read_bytes() + (ROOT / "pyproject.toml").read_bytes())
    return f"{pins.hexdigest()}\n{ROOT}\n"


def stamp() -> str:
    """The stamp of the last complete set-up; empty if there was none, or one was interrupted."""
    try:
        return STAMP.read_text(encoding="utf-8") if PYTHON.exists() and QUALCODE.exists() else ""
    except OSError:
        return ""


def set_up() -> None:
    """Make .venv, or bring it up to the pins; returns at once if nothing has changed.

    The stamp goes first and comes back last, so that a set-up which was killed leaves an environment without one,
    and the next run starts it afresh.
    """
    if stamp() == fingerprint():
        return
    with alone():
        had = stamp()
        if had == fingerprint():  # another run made it while this one waited
            return
        complete_python()
        if had.partition("\n")[2] == fingerprint().partition("\n")[2]:
            say("The pins have changed: updating .venv ...")
            STAMP.unlink()
        else:
            say("Setting up .venv (the first time takes a minute or two) ...")
            remove_venv()
        install()
        compile_ahead()
        STAMP.write_text(fingerprint(), encoding="utf-8")
        say(f"Done: the program is {QUALCODE.relative_to(ROOT)}")


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold a lock that dies with the process, so that two runs don't set up the same .venv at once."""
    with (ROOT / ".venv.lock").open("w") as lock:
        if sys.platform == "win32":
            import msvcrt

            try:
                msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
            except OSError as error:  # after ten seconds
                raise SetUpError("Another set-up is running here: wait for it, and run this again.") from error
        else:
            import fcntl

            with contextlib.suppress(OSError):  # a network drive may have no locks; it is no worse than none
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def complete_python() -> None:
    """Make sure of the whole standard library (Debian's python3-minimal has a part only) and of an installer."""
    if not has("venv") or not has("shutil"):
        need_packages([venv_package()], "This Python has only a part of its standard library")
    elif not installers():
        need_packages([venv_package()], "This Python has neither uv, pip nor ensurepip")
    importlib.invalidate_caches()


def remove_venv() -> None:
    """Delete what an earlier or interrupted set-up left."""
    import shutil

    try:
        if VENV.is_symlink() or VENV.is_file():
            VENV.unlink()
        elif VENV.exists():
            shutil.rmtree(str(VENV))
    except OSError as error:
        raise SetUpError(f"Can't replace .venv ({error}): close what uses it and run this again.") from error


def install() -> None:
    """Install the pins and the program itself with the first installer that works.

    Raises:
        SetUpError: each installer failed.
    """
    if not PYTHON.exists():
        run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], "Python could not make a virtual environment")
    failure: SetUpError | None = None
    for name in installers():
        try:
            command = installer_command(name)
            hashed = [*command, "--require-hashes", "-r", str(CONSTRAINTS)]
            run(hashed, f"{name} could not install the packages")
            # The build backend is one of the pins, so this step needs no network.
            own = [*command, "--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT)]
            run(own, f"{name} could not install Qualcode itself")
            return
        except SetUpError as error:
            failure = error
            say(f"{error}")
    raise SetUpError(
        "Check the network and the package index that pip or uv is set to, and run this again."
    ) from failure


def compile_ahead() -> None:
    """Compile the libraries once where Python is told to keep nothing it compiles, or each start takes seconds more."""
    if not sys.dont_write_bytecode:
        return
    code = (
        "import compileall, re, sys, sysconfig; "
        "[compileall.compile_dir(each, quiet=2, workers=0, rx=re.compile(r'[\\\\/]tests?[\\\\/]')) "
        "for each in (sysconfig.get_path('purelib'), sys.argv[1])]"
    )
    run([str(PYTHON), "-c", code, str(ROOT / "qualcode")], "The libraries could not be compiled")


def installers() -> list[str]:
    """Names of the installers on this machine, the fastest first."""
    import shutil

    found = []
    if shutil.which("uv") or has("uv"):
        found.append("uv")
    if has("ensurepip"):
        found.append("ensurepip")
    if has("pip"):
        found.append("pip")
    return found


def installer_command(name: str) -> list[str]:
    """The start of a command line that installs into .venv."""
    import shutil

    if name == "uv":
        uv = [shutil.which("uv") or ""] if shutil.which("uv") else [sys.executable, "-m", "uv"]
        return [*uv, "pip", "install", "--quiet", "--python", str(PYTHON)]
    if name == "ensurepip":
        run([str(PYTHON), "-m", "ensurepip", "--default-pip"], "ensurepip could not make pip")
        return [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-compile"]
    return [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "--quiet", "--no-compile"]


def run(command: list[str], complaint: str) -> None:
    """Run a step of the set-up quietly; its output is shown only if it fails."""
    # Settings of this user's that would lead an installer away from .venv.
    astray = ("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX")
    environment = {name: value for name, value in os.environ.items() if name not in astray}
    environment.update(PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1")
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, cwd=str(ROOT))
    if done.returncode:
        say(done.stdout.decode("utf-8", "replace").rstrip())
        raise SetUpError(f"{complaint}.")


def has(module: str) -> bool:
    """Whether this interpreter could import a module of that name."""
    return importlib.util.find_spec(module) is not None


# --- what only the system's package manager can give ----------------------------------------------------------------


def need_qt() -> None:
    """Make sure that Qt starts without a screen and finds a font; without one, text turns to boxes in silence."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    need_probe(QT_PROBE, environment, QT_PACKAGES)


def need_screen() -> None:
    """Make sure that a window can be shown on Linux.

    Raises:
        SetUpError: no screen, or libraries are missing and can't be installed from here.
    """
    if os.environ.get("WAYLAND_DISPLAY"):
        return
    if not os.environ.get("DISPLAY"):
        raise SetUpError("There is no screen here (DISPLAY is not set): type python3 dev.py demo, which needs none.")
    need_probe(QT_SCREEN_PROBE, dict(os.environ), QT_PACKAGES + QT_SCREEN_PACKAGES)


def need_probe(probe: str, environment: dict[str, str], packages: list[str]) -> None:
    """Try something of Qt, and install the system's libraries if it fails for want of them."""
    passed, complaint = try_probe(probe, environment)
    if passed:
        return
    if not LINUX:
        raise SetUpError(f"Qt does not start here: {complaint}")
    need_packages(packages, f"Qt needs libraries or fonts of the system ({complaint})")
    passed, complaint = try_probe(probe, environment)
    if not passed:
        raise SetUpError(f"Qt still does not start: {complaint}")


def try_probe(probe: str, environment: dict[str, str]) -> tuple[bool, str]:
    """Run a few lines in .venv: whether they passed, and the last line of the complaint."""
    done = subprocess.run([str(PYTHON), "-c", probe], capture_output=True, env=environment)
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return done.returncode == 0, lines[-1] if lines else f"exit code {done.returncode}"


def need_packages(packages: list[str], why: str) -> None:
    """Install Debian packages when run as root on Debian or a child of it.

    Raises:
        SetUpError: not root, not Debian or not to be had; says what to type.
    """
    names = " ".join(packages)
    if not DEBIAN.exists():
        raise SetUpError(f"{why}: install what Debian calls {names}, and run this again.")
    by_hand = f"apt-get install --no-install-recommends {names}"
    if sys.platform == "win32" or os.geteuid() != 0:
        raise SetUpError(f"{why}: type  sudo {by_hand}  and run this again.")
    say(f"{why}: installing {names} with apt-get ...")
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install_command = [*apt, "install", "-y", "--no-install-recommends", *packages]
    try:
        with certificates_kept():
            # A failed update is no reason to stop: the lists that are there may do.
            subprocess.run([*apt, "update"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
            done = subprocess.run(install_command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment)
    except OSError as error:
        raise SetUpError(f"{why}, and apt-get does not run ({error}): install {names} by hand.") from error
    if done.returncode:
        say(done.stdout.decode("utf-8", "replace").rstrip())
        raise SetUpError(f"apt-get could not install {names}: mend that, and run this again.")


@contextlib.contextmanager
def certificates_kept(bundle: Path = CERTIFICATES) -> Iterator[None]:
    """Put back the certificates that were added to the system's bundle by hand.

    pip's package brings ca-certificates along, which writes the bundle anew; the certificate of a company's proxy,
    without which no package can be fetched, may have stood only there.
    """
    before = bundle.read_text(encoding="utf-8") if bundle.exists() else ""
    yield
    after = bundle.read_text(encoding="utf-8") if bundle.exists() else ""
    end = "-----END CERTIFICATE-----"
    lost = [block.strip() + "\n" + end for block in before.split(end)[:-1] if block.strip() not in after]
    if lost:
        bundle.write_text(after.rstrip() + "\n" + "\n".join(lost) + "\n", encoding="utf-8")


def venv_package() -> str:
    """Debian's package with venv and ensurepip of this very Python."""
    return f"python{version_of_this_python()}-venv"


def version_of_this_python() -> str:
    """Such as 3.12."""
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
