"""The command line: ``govreport parse`` and ``govreport rate``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from govreport_kit.errors import GovReportError

T = TypeVar("T")

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Read and analyse Chinese annual reports on government information disclosure.",
)


@app.callback()
def _program() -> None:
    """Show the help where no command is given."""


@app.command()
def parse(
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders of files.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="A .jsonl file, or a folder (a saved corpus).")],
    workers: Annotated[int, typer.Option(help="Processes to use; 0 for one a core.", min=0)] = 0,
) -> None:
    """Read published reports; exit status 1 if a file could not be read."""
    from govreport_kit.batch import read_reports

    corpus = _or_stop(lambda: read_reports(paths, workers=workers or None))
    if output.suffix == ".jsonl":
        output.parent.mkdir(parents=True, exist_ok=True)
        corpus.to_jsonl(output)
    else:
        corpus.save(output)
    typer.echo(f"{len(corpus.reports)} reports written to {output}")
    for failure in corpus.failures.itertuples():
        typer.echo(f"not read: {failure.path}: {failure.message} ({failure.kind})", err=True)
    if len(corpus.failures):
        raise typer.Exit(1)


@app.command()
def rate(
    metric: Annotated[str, typer.Argument(help="A metric of the registry, such as refusal_rate.")],
    corpus: Annotated[
        Path | None, typer.Argument(help="A saved corpus or a .jsonl file; default: the bundled one.")
    ] = None,
    by: Annotated[list[str] | None, typer.Option(help="A column of the reports; may be given twice.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="A .csv file; default: the screen.")] = None,
) -> None:
    """Compute a rate with its interval, definition and coverage."""
    from govreport_kit.corpus import load_corpus
    from govreport_kit.metrics import rate as compute

    rates = _or_stop(lambda: compute(load_corpus(corpus), metric, by=by or None))
    if output is None:
        typer.echo(rates.to_string(index=False))
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        rates.to_csv(output, index=False, encoding="utf-8-sig")


def _or_stop(work: Callable[[], T]) -> T:
    """Run a step; an error of the kit ends the program with its message and status 2."""
    try:
        return work()
    except GovReportError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2) from error
