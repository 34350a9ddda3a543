"""Run twingraph as ``python -m twingraph``."""

from twingraph.cli import main

if __name__ == "__main__":
    main()
