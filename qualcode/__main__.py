"""Starts the window; with a command, the command line."""

import os
import sys

_OPENED_IN_THE_WINDOW = (".qualcode", ".yaml", ".yml")


def main() -> int:
    """Run Qualcode with the arguments of this process; returns its exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from qualcode import __version__

        print(f"qualcode {__version__}")
        return 0
    if not arguments or (len(arguments) == 1 and arguments[0].lower().endswith(_OPENED_IN_THE_WINDOW)):
        if _no_screen():
            return _tell_of_no_screen()
        from pathlib import Path

        from qualcode.gui.app import run as run_window

        return run_window(Path(arguments[0]) if arguments else None)
    from qualcode.cli.main import run

    code = run(arguments)
    import gc

    gc.freeze()  # the end is near: a last look for what could be thrown away took up to a second
    return code


def _no_screen() -> bool:
    """Whether Qt would end the program for want of a screen; only there it is known beforehand."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform.startswith("linux") and not any(map(os.environ.get, named))


def _tell_of_no_screen() -> int:
    from qualcode.cli.main import EXIT_ERROR, tell
    from qualcode.errors import QualcodeError
    from qualcode.i18n import _, language_of_environment, use_language

    use_language(language_of_environment(os.environ))
    message = _("There is no screen here on which the window could open.")
    tell(QualcodeError(message, hint=_("Commands need none: qualcode --help lists them.")))
    return EXIT_ERROR


if __name__ == "__main__":
    sys.exit(main())
