"""The command `vejviser`: thin calls over the library."""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.evaluation_commands import measure_readability, run_evaluation
from api.staff_commands import channel_app, staff_app

warnings.filterwarnings("ignore")

app = typer.Typer(help="Vejviser: Danish citizen assistant over municipal quality standards.", no_args_is_help=True)
catalogue_app = typer.Typer(help="Check and account for the catalogue.", no_args_is_help=True)
app.add_typer(catalogue_app, name="catalogue")
app.add_typer(staff_app, name="staff")
app.add_typer(channel_app, name="channel")
app.command("eval")(run_evaluation)
catalogue_app.command("readability")(measure_readability)
out, err = Console(soft_wrap=True), Console(stderr=True, soft_wrap=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="A question in everyday Danish.")],
    municipality: Annotated[str, typer.Option(help="Id of the municipality of the page, as the widget gives it.")] = "",
    as_json: AsJson = False,
) -> None:
    """Ask the bot one question."""
    from bot.runtime import Bot
    from bot.training import ensure_model

    replies = Bot(ensure_model()).handle_now(question, metadata={"municipality": municipality})
    if as_json:
        out.print_json(json.dumps(replies, ensure_ascii=False))
        return
    for reply in replies:
        if "text" in reply:
            out.print(reply["text"], markup=False)
        for button in reply.get("buttons", []):
            out.print(f"  [ {button['title']} ]", markup=False, style="dim")


@app.command()
def lookup(
    municipality: Annotated[str, typer.Argument(help="Id, e.g. gladsaxe.")],
    facet: Annotated[str, typer.Argument(help="What is asked, e.g. cost.")],
    topic: Annotated[str | None, typer.Option(help="Which kind of help, e.g. toejvask.")] = None,
    service: Annotated[str | None, typer.Option(help="Id of the service.")] = None,
    level: Annotated[int | None, typer.Option(min=0, max=4, help="VUM level.")] = None,
    age: Annotated[int | None, typer.Option(min=0, max=120, help="Age in years.")] = None,
    as_json: AsJson = False,
) -> None:
    """Look a facet up in the knowledge base, without the bot."""
    from knowledge.lookup import LookupFault, answer_for
    from knowledge.sharing import current_store

    try:
        answer = answer_for(current_store().snapshot, municipality, facet, topic=topic, service=service, level=level, age=age)
    except LookupFault as fault:
        err.print(f"{fault}. {fault.mend}", markup=False)
        raise typer.Exit(1) from fault
    if as_json:
        out.print_json(json.dumps(answer.as_json(), ensure_ascii=False))
    else:
        out.print(answer.text, markup=False)


@app.command()
def train() -> None:
    """Train the model on the current data, also when it has not changed."""
    from bot.training import train as run

    out.print(f"Trained {run().name}")


@app.command()
def learn() -> None:
    """Learn from the dialogue sets that are not kept back which facts answer which questions (two minutes)."""
    from bot.evaluation import fitting, own_sets, read_dialogues
    from bot.runtime import Bot
    from bot.training import ensure_model

    with out.status("Watching the bot answer ..."), fitting.deaf():
        learned = fitting.learn(Bot(ensure_model()), read_dialogues(own_sets()))
    learned.write()
    out.print(f"Learned from {learned.turns} turns; {sum(map(len, learned.questions.values()))} questions heard")
    for name, found in learned.found.items():
        shares = ", ".join(f"{share:.1%} among the first {first}" for first, share in found.items())
        out.print(f"Kept-back turns, facts needed by {name}: {shares}")


@app.command()
def prepare() -> None:
    """Set up what serving needs: catalogue in the database, model trained when the data changed."""
    from bot.training import current_model
    from bot.training import train as run
    from knowledge.sharing import current_store

    with out.status("Loading the catalogue ..."):
        catalogue = current_store().snapshot.catalogue
    out.print(f"Catalogue: {len(catalogue.municipalities)} documents' owners, {sum(1 for _ in catalogue.facts())} facts")
    model = current_model()
    if model is None:
        out.print("Training (about one minute) ...")
        model = run()
    out.print(f"Model: {model.name}")


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Default VEJVISER_HOST or 127.0.0.1.")] = None,
    port: Annotated[int | None, typer.Option(help="Default VEJVISER_PORT or 8080.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; default VEJVISER_WORKERS or 1.")] = None,
) -> None:
    """Serve the API and the chat channel."""
    from api.logs import configure
    from api.serving import run, share_metrics
    from api.settings import Settings
    from api.signing import UnsafeSettings
    from knowledge.errors import KnowledgeError
    from state.errors import StateError

    given = {"host": host, "port": port, "workers": workers}
    settings = Settings(**{key: value for key, value in given.items() if value is not None})
    configure(as_json=not sys.stderr.isatty())
    if settings.workers > 1:
        share_metrics()
    from api.application import create_app

    try:
        application = create_app(settings)
    except (UnsafeSettings, StateError, KnowledgeError) as error:
        err.print(f"Vejviser cannot start: {error}", markup=False)
        raise typer.Exit(1) from error
    out.print(f"Vejviser: http://{settings.host}:{settings.port}")
    run(application, settings)


@app.command()
def purge(
    days: Annotated[int | None, typer.Option(min=1, help="Default VEJVISER_RETENTION_DAYS or 30.")] = None,
) -> None:
    """Delete conversations that were silent for longer than they are kept (the running service does it every hour)."""
    import asyncio
    from datetime import datetime

    from api.retention import Retention
    from api.settings import Settings
    from bot.persistence.conversations import SqlConversations
    from state.conversations import Conversations
    from state.database import Database, state_url
    from state.errors import StateError
    from state.statistics import Statistics

    settings = Settings()
    database = Database(state_url(settings.home))
    kept = days or settings.retention_days
    retention = Retention(database, SqlConversations(database), Conversations(database), Statistics(database), kept)
    try:
        deleted = asyncio.run(retention.purge(datetime.utcnow()))
    except StateError as error:
        err.print(
            f"Nothing more could be deleted: {error}. Mend: see that the database answers, then run it again", markup=False
        )
        raise typer.Exit(1) from error
    out.print(f"Deleted {deleted} conversations silent for more than {kept} days")


@catalogue_app.command("check")
def catalogue_check(
    folder: Annotated[Path | None, typer.Argument(help="Catalogue folder; default the shipped one.")] = None,
) -> None:
    """Check every file of the catalogue; each error names file, line and mend."""
    from knowledge.accounting import account, sources_folder
    from knowledge.errors import CatalogueError, SourcesMissing
    from knowledge.loading import load_catalogue
    from knowledge.needs import read_guidance
    from knowledge.vocabulary import CATALOGUE

    try:
        catalogue = load_catalogue(folder or CATALOGUE)
        read_guidance()
        sources = sources_folder()
        dangling = [(d.id, text) for d in account(catalogue, sources) for text in d.dangling] if sources else []
    except CatalogueError as error:
        for problem in error.problems:
            err.print(str(problem), markup=False)
        raise typer.Exit(1) from error
    except SourcesMissing as error:
        err.print(str(error), markup=False)
        raise typer.Exit(1) from error
    for document, text in dangling:
        err.print(f"document {document}: lines {text} reach beyond its end. Mend: correct the lines", markup=False)
    if dangling:
        raise typer.Exit(1)
    services = list(catalogue.services())
    out.print(
        f"{len(catalogue.municipalities)} municipalities, {len(services)} services, "
        f"{sum(1 for _ in catalogue.facts())} facts: no problem found"
    )


@catalogue_app.command("account")
def catalogue_account(as_json: AsJson = False) -> None:
    """Say what became of every non-blank line of every document in VEJVISER_SOURCES."""
    from knowledge.accounting import account, sources_folder
    from knowledge.errors import KnowledgeError
    from knowledge.loading import load_catalogue

    try:
        folder = sources_folder()
        if folder is None:
            err.print("VEJVISER_SOURCES is not set. Mend: set it to the folder that holds the original documents")
            raise typer.Exit(1)
        accounts = account(load_catalogue(), folder)
    except KnowledgeError as error:
        err.print(str(error), markup=False)
        raise typer.Exit(1) from error
    if as_json:
        rows = [
            {"id": a.id, "lines": a.lines, "cited": a.cited, "left_out": a.left_out, "unaccounted": a.unaccounted}
            for a in accounts
        ]
        print(json.dumps({"documents": rows}))
    else:
        table = Table("document", "lines", "cited", "left out", "unaccounted", "reasons")
        for a in accounts:
            reasons = ", ".join(f"{reason} {count}" for reason, count in a.reasons.items())
            table.add_row(a.id, str(a.lines), str(a.cited), str(a.left_out), str(a.unaccounted), reasons)
        out.print(table)
    if any(a.unaccounted for a in accounts):
        for a in accounts:
            if a.unaccounted:
                err.print(f"document {a.id}: lines {', '.join(map(str, a.unaccounted_lines))} are not accounted for")
        raise typer.Exit(1)


if __name__ == "__main__":
    sys.exit(app())
