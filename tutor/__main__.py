"""`python -m tutor`."""

from tutor.cli.app import main

if __name__ == "__main__":
    main()
