"""What people can do: thin Slack handlers, one module a feature. `ROUTES` lists every way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.routes import Action, Closed, Command, Event, Options, Shortcut, View
from bot.views import actions
from bot.views import share as share_form
from commands import choose, details, examples, help, history, home, jobs, leftovers, profiles, share, stage  # noqa: A004 - a feature's own name

if TYPE_CHECKING:
    from bot.slack.routes import Route

ROUTES: tuple[Route, ...] = (
    Command("/profiles", profiles.rank),
    Command("/jobs", jobs.rank),
    Command("/shortlist", help.show),
    Action(actions.SET_STAGE, stage.change),
    Action(actions.DETAILS, details.show),
    Action(actions.PART, details.turn),
    Action(actions.MENU, stage.menu),
    Action(actions.CHOOSE, choose.pick),
    Action(actions.EXAMPLE, examples.run),
    Action(actions.AGAIN, history.again),
    Action(actions.PAST_UNDO, history.undo),
    Action(actions.HOME_REFRESH, home.refresh),
    Action(actions.SHARE, share.ask),
    Action(share_form.FIELDS, share.preview),
    View(share_form.CALLBACK, share.submit),
    Event("app_home_opened", home.show),
    # Last: Bolt takes the first route that fits.
    Action(actions.ANYTHING_ELSE, leftovers.explain),
    View(actions.ANYTHING_ELSE, leftovers.explain),
    Closed(actions.ANYTHING_ELSE, leftovers.ignore),
    Options(actions.ANYTHING_ELSE, leftovers.ignore),
    Shortcut(actions.ANYTHING_ELSE, leftovers.explain),
)
