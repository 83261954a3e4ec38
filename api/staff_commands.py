"""`vejviser staff ...` and `vejviser channel ...`: thin calls over the state tables. Passwords are asked for."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.identity.passwords import digest_of
from api.settings import Settings
from api.staff import ROLES
from state.audit import Audit, Entry
from state.database import Database, state_url
from state.errors import StateError
from state.staff import Account, AccountExists, Accounts, UnknownAccount
from state.switches import Switch, Switches

staff_app = typer.Typer(help="Accounts of the staff.", no_args_is_help=True)
channel_app = typer.Typer(help="Turn channels off and on; see who did.", no_args_is_help=True)
out, err = Console(soft_wrap=True), Console(stderr=True, soft_wrap=True)

Name = Annotated[str, typer.Argument(help="Name of the account.")]
Role = Annotated[str, typer.Option(help=f"One of {', '.join(ROLES)}.")]
Channel = Annotated[str, typer.Argument(help="widget, console, page or rest.")]


@staff_app.command("add")
def add(name: Name, role: Role = "phone_line") -> None:
    """Make an account; the password is asked for."""
    _demand_role(role)
    with _database() as database:
        if Accounts(database).find(name):
            raise AccountExists(name)
        Accounts(database).add(Account(name, role, _ask_password()), datetime.utcnow())
        _note(database, "staff.add", f"{name.lower()}: {role}")
    out.print(f"Made {name.lower()} ({role})", markup=False)


@staff_app.command("list")
def show() -> None:
    """Names and roles."""
    with _database() as database:
        table = Table("name", "role")
        for account in Accounts(database).all():
            table.add_row(account.name, account.role)
    out.print(table)


@staff_app.command("remove")
def remove(name: Name) -> None:
    """Delete an account and end its sessions."""
    with _database() as database:
        Accounts(database).remove(name)
        _note(database, "staff.remove", name.lower())
    out.print(f"Removed {name.lower()}", markup=False)


@staff_app.command("password")
def password(name: Name) -> None:
    """Set another password, asked for; sessions of the account end."""
    with _database() as database:
        if Accounts(database).find(name) is None:
            raise UnknownAccount(name)
        Accounts(database).change(name, password=_ask_password())
        _note(database, "staff.password", name.lower())
    out.print(f"Changed the password of {name.lower()}", markup=False)


@staff_app.command("role")
def role(name: Name, to: Annotated[str, typer.Argument(help=f"One of {', '.join(ROLES)}.")]) -> None:
    """Give an account another role; its sessions end."""
    _demand_role(to)
    with _database() as database:
        Accounts(database).change(name, role=to)
        _note(database, "staff.role", f"{name.lower()}: {to}")
    out.print(f"{name.lower()} is {to}", markup=False)


@channel_app.command("off")
def off(channel: Channel, reason: Annotated[str, typer.Option(help="Why; shown to staff, never to citizens.")]) -> None:
    """Turn a channel off; citizens get a polite text. Every replica goes by it within seconds."""
    _turn(channel, True, reason)


@channel_app.command("on")
def on(channel: Channel, reason: Annotated[str, typer.Option(help="Why.")] = "") -> None:
    """Turn a channel on again."""
    _turn(channel, False, reason)


@channel_app.command("list")
def channels() -> None:
    """Which channels are on."""
    with _database() as database:
        table = Table("channel", "is", "since", "by", "reason")
        for switch in Switches(database).all():
            since = f"{switch.at:%Y-%m-%d %H:%M} UTC" if switch.at else ""
            table.add_row(switch.channel, "off" if switch.off else "on", since, switch.who, switch.reason)
    out.print(table)


@channel_app.command("log")
def log(limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many entries.")] = 50) -> None:
    """The audit log, the newest first."""
    with _database() as database:
        for entry in Audit(database).latest(limit):
            out.print(f"{entry.at:%Y-%m-%d %H:%M:%S} UTC  {entry.who}  {entry.what}  {entry.detail}", markup=False)


def _turn(channel: str, off: bool, reason: str) -> None:
    with _database() as database:
        try:
            Switches(database).set(Switch(channel, off, reason, _who()), datetime.utcnow())
        except ValueError as error:
            err.print(str(error), markup=False)
            raise typer.Exit(1) from error
    out.print(f"{channel} is {'off' if off else 'on'}")


@contextmanager
def _database() -> Iterator[Database]:
    """The database of the settings; a fault of the state tables ends the command with its reason."""
    database = Database(state_url(Settings().home))
    try:
        yield database
    except AccountExists as error:
        _fail(f"There is an account {error} already. Change it with `vejviser staff password` or `role`.", error)
    except UnknownAccount as error:
        _fail(f"There is no account {error}. See `vejviser staff list`.", error)
    except StateError as error:
        _fail(str(error), error)
    finally:
        database.close()


def _fail(text: str, error: Exception) -> None:
    err.print(text, markup=False)
    raise typer.Exit(1) from error


def _ask_password() -> str:
    given = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    try:
        return digest_of(given)
    except ValueError as error:
        err.print(f"Refused: {error}", markup=False)
        raise typer.Exit(1) from error


def _demand_role(role: str) -> None:
    if role not in ROLES:
        err.print(f"There is no role '{role}': {', '.join(ROLES)}", markup=False)
        raise typer.Exit(1)


def _note(database: Database, what: str, detail: str) -> None:
    Audit(database).note(Entry(datetime.utcnow(), _who(), what, detail))


def _who() -> str:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        user = f"uid {os.getuid()}"
    return f"command line ({user})"
