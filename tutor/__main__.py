"""`python -m tutor`, and the command itself."""

import gc


def main() -> None:
    """Load the app and run it."""
    gc.disable()  # what is loaded at start is no garbage, and looking for it costs a tenth
    from tutor.cli.app import run

    gc.freeze()
    gc.enable()
    run()


if __name__ == "__main__":
    main()
