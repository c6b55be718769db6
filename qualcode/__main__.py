"""Starts the window; with a command, the command line."""

import sys


def main() -> int:
    """Run Qualcode with the arguments of this process; returns its exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from qualcode import __version__

        print(f"qualcode {__version__}")
        return 0
    from qualcode.cli.main import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
