"""``python -m coach``: on Windows the folder of the program ``coach`` is often not known to the command line."""

from __future__ import annotations

from coach.start import main

if __name__ == "__main__":
    main()
