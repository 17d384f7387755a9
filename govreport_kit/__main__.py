"""``python -m govreport_kit``: the command line ``govreport`` where its program is not on the path."""

from govreport_kit.cli import app

if __name__ == "__main__":
    app()
