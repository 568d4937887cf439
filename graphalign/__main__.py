"""python -m graphalign: the command line."""

from graphalign.cli import main

if __name__ == "__main__":
    main(prog_name="graphalign")
