"""Starts the window; with a command, the command line."""

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
        from pathlib import Path

        from qualcode.gui.app import run as run_window

        return run_window(Path(arguments[0]) if arguments else None)
    from qualcode.cli.main import run

    code = run(arguments)
    import gc

    gc.freeze()  # the end is near: a last look for what could be thrown away took up to a second
    return code


if __name__ == "__main__":
    sys.exit(main())
