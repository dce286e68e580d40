"""Commands of whoever runs the installation: start it, found it, let people in, look after it."""

from datetime import timedelta

import click
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bartizan.api.models import Token
from bartizan.cli import database, forgetting, running
from bartizan.cli.terminal import CONFORMS, FALLS_SHORT, CouldNotRun, Counting, leave, report, say
from bartizan.exchange.demo import load_demo
from bartizan.ground.people import second_factor as factors
from bartizan.ground.people import sessions
from bartizan.ground.people.models import Person, SecondFactor
from bartizan.ground.people.sign_in import make_link
from bartizan.ground.records.statistics import count_at_start
from bartizan.ground.trail.acts import act

PORT = click.option("--port", type=int, envvar="PORT", default=8000, show_default=True)
JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
HOST_OF_DEMO = "m-okafor"  # who shows visitors round


@click.command()
@PORT
def demo(port: int) -> None:
    """Fill a new database with the demo company and open it in a browser.

    A second start keeps what is there.

    \b
    bartizan demo
    bartizan demo --port 9000
    BARTIZAN_DATA=/tmp/trial bartizan demo
    """
    running.demand_free(port)
    database.prepare(say)
    if not Person.objects.exists():
        say("Loading the demo company …")
        with Counting("Chapters") as counting, transaction.atomic():
            load_demo(timezone.localdate(), counting)
        running.begin_again()
    who = Person.objects.filter(code=HOST_OF_DEMO).first()
    if who is None:
        raise CouldNotRun(
            f"{settings.DATA} holds an organization of its own: `bartizan serve` serves it."
            " For the demo set BARTIZAN_DATA to an empty folder."
        )
    count_at_start()
    say("Starting the server …")
    link = running.address(port, f"/sign-in/{make_link(who)}/")
    running.serve(port, f"Open {link}  (signs in {who.name}, once, within the hour)")


@click.command()
@PORT
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
def serve(port: int, host: str) -> None:
    """Serve the pages and the API until stopped.

    \b
    bartizan serve
    bartizan serve --port 9000
    BARTIZAN_HOSTS=sms.example.org BARTIZAN_HTTPS=1 bartizan serve --host 0.0.0.0
    """
    database.demand_prepared()
    database.make_cache()
    count_at_start()
    running.demand_free(port, host)
    running.serve(port, f"Serving on {running.address(port, '/', host)}", host)


@click.command()
@click.option("--organization", help="Its full name.")
@click.option("--name", help="Who sets it up and manages security.")
@click.option("--email", help="You sign in with it.")
@click.option("--director", default="", help="Name of the top manager, if that is somebody else.")
@PORT
def setup(
    organization: str | None, name: str | None, email: str | None, director: str, port: int
) -> None:
    """Create the database, the organization and its first roles.

    Asks for what is not said. Prints a link that signs you in once.

    \b
    bartizan setup
    bartizan setup --organization "Acme Freight" --name "Ada Stone" --email ada@acme.example
    """
    database.prepare(say)
    database.demand_unfounded()
    person = database.found(
        organization or click.prompt("Name of the organization", err=True),
        name or click.prompt("Your name", err=True),
        email or click.prompt("Your e-mail address", err=True),
        director,
    )
    say("Ready. Start `bartizan serve`, then open this within the hour to sign in:")
    click.echo(running.address(port, f"/sign-in/{make_link(person)}/"))


@click.command()
def upgrade() -> None:
    """Bring the database to this version of Bartizan. Stop the server and make a backup first.

    \b
    bartizan backup before.tar && bartizan upgrade
    """
    if not database.exists():
        raise CouldNotRun(database.NONE_YET)
    database.prepare(say)
    say("The database is up to date.")


@click.command("sign-in-link")
@click.argument("who", metavar="EMAIL|CODE")
@PORT
def sign_in_link(who: str, port: int) -> None:
    """Print a one-time link that signs somebody in, for whoever is new or forgot.

    Once signed in they choose a password.

    \b
    bartizan sign-in-link ada@acme.example
    """
    database.demand_prepared()
    click.echo(running.address(port, f"/sign-in/{make_link(_somebody(who))}/"))


@click.command("second-factor")
@click.argument("who", metavar="EMAIL|CODE")
@click.option("--remove", is_flag=True, help="Take it away, with its recovery codes.")
def second_factor(who: str, remove: bool) -> None:
    """Say since when somebody signs in with a code as well, or take that away.

    For whoever has lost the phone and the recovery codes. They sign in without a code and set up
    another.

    \b
    bartizan second-factor ada@acme.example --remove
    """
    database.demand_prepared()
    person = _somebody(who)
    factor = SecondFactor.objects.filter(person=person).first()
    if factor is None:
        say(f"{person.name} has no second factor.")
    elif remove:
        with act(None, through="command", why=f"second factor of {person.code} removed"):
            factors.remove(person)
        say(f"Removed: {person.name} signs in without a code.")
    else:
        say(f"{person.name} signs in with a code since {factor.since}.")


@click.command("sign-out")
@click.argument("who", metavar="EMAIL|CODE")
def sign_out(who: str) -> None:
    """End all sessions of somebody, who can sign in again. Switch them off to keep them out.

    \b
    bartizan sign-out ada@acme.example
    """
    database.demand_prepared()
    person = _somebody(who)
    say(f"Ended: {sessions.end(person)} of the sessions of {person.name}.")


@click.command()
@click.argument("who", metavar="EMAIL|CODE")
@click.option("--name", default="made by the command", help="What it is for.")
@click.option("--days", type=click.IntRange(1, 3660), default=365, show_default=True)
def token(who: str, name: str, days: int) -> None:
    """Print a token with which a program uses the API in somebody's name. It is shown once.

    \b
    bartizan token ada@acme.example --name "nightly report" --days 90
    curl -H "Authorization: Bearer btz_…" http://127.0.0.1:8000/api/conformity/
    """
    database.demand_prepared()
    person = _somebody(who)
    click.echo(Token.issue(person, name[:80], timezone.now() + timedelta(days=days)))
    say(f"It acts for {person.name}, with their authorities, for {days} days.")


def _somebody(who: str) -> Person:
    person = forgetting.known_as(who)
    if person is None or not person.is_active:
        raise CouldNotRun(f"Nobody active has the e-mail address or code {who}.")
    return person


@click.command()
@click.argument("who", metavar="EMAIL|CODE")
@click.option("--basis", required=True, help="The law that asks for it. Kept for ever.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(who: str, basis: str, yes: bool) -> None:
    """Erase a person's data, from the tables and from the trail. There is no way back.

    What they did stays, under a number. Backups made before still hold the data.

    \b
    bartizan erase ada@acme.example --basis "GDPR Art. 17(1)(a)"
    """
    database.demand_prepared()
    person = forgetting.known_as(who)
    if person is None:
        raise CouldNotRun(f"Nobody has the e-mail address or code {who}.")
    if not yes:
        click.confirm(f"Erase {person.name} ({person.code}) for ever?", abort=True, err=True)
    erased = forgetting.forget(person, basis)
    say(f"Erased: {erased.entries} entries hold nothing of them any more.")
    for place, rows in erased.left.items():
        click.echo(f"{place}: {rows} rows still hold the name or the e-mail address")
    leave(FALLS_SHORT if erased.left else CONFORMS)


@click.command()
@JSON
def doctor(as_json: bool) -> None:
    """Look after the installation: what works, what does not, and what to do about it.

    \b
    bartizan doctor
    bartizan doctor --json
    """
    findings = database.examined()
    if as_json:
        report(findings)
    else:
        for finding in findings:
            click.echo(f"{'ok ' if finding['ok'] else 'BAD'}  {finding['what']}: {finding['says']}")
        click.echo(f"Data folder: {settings.DATA}")
    leave(CONFORMS if all(finding["ok"] for finding in findings) else FALLS_SHORT)


COMMANDS = (
    demo,
    serve,
    setup,
    upgrade,
    sign_in_link,
    sign_out,
    second_factor,
    token,
    erase,
    doctor,
)
