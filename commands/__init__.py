"""What people can do: thin Slack handlers, one module a feature. `ROUTES` lists every way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.routes import Action, Closed, Command, Event, Options, Shortcut, View
from bot.views import actions, decisions
from bot.views import share as share_form
from commands import (
    choose,
    details,
    digest,
    digest_buttons,
    examples,
    form,
    history,
    home,
    jobs,
    leftovers,
    notes,
    paging,
    profiles,
    receipts,
    saved,
    share,
    shortlist,
    stage,
)

if TYPE_CHECKING:
    from bot.slack.routes import Route

ROUTES: tuple[Route, ...] = (
    Command("/profiles", profiles.rank),
    Command("/jobs", jobs.rank),
    Command("/shortlist", shortlist.run),
    Command("/digest", digest.run),
    Action(actions.DIGEST_NOW, digest_buttons.run_now),
    Action(actions.DIGEST_PAUSE, digest_buttons.pause),
    Action(actions.DIGEST_RESUME, digest_buttons.resume),
    Action(actions.DIGEST_EDIT, digest_buttons.edit),
    Action(actions.DIGEST_REMOVE, digest_buttons.remove),
    Action(actions.DIGEST_SAVE, digest_buttons.save),
    View(actions.DIGEST_FORM, digest_buttons.submit),
    Action(actions.SET_STAGE, stage.change, own_ack=True),
    Action(actions.DETAILS, details.show),
    Action(actions.PART, details.turn),
    Action(actions.MENU, stage.menu, own_ack=True),
    Action(actions.NOTE, notes.write),
    View(decisions.NOTE, notes.keep),
    View(decisions.REASON, stage.reasoned),
    Action(actions.PREVIOUS, paging.turn),
    Action(actions.NEXT, paging.turn),
    Action(actions.ARRANGE, paging.arrange),
    Action(actions.LOOSEN, paging.loosen),
    Action(actions.RECEIPTS, receipts.count),
    Action(actions.CHOOSE, choose.pick),
    Action(actions.EXAMPLE, examples.run),
    Action(actions.AGAIN, history.again),
    Action(actions.PAST_UNDO, history.undo, own_ack=True),
    Action(actions.HOME_REFRESH, home.refresh),
    Action(actions.FIND_PROFILES, form.find_profiles),
    Action(actions.FIND_JOBS, form.find_jobs),
    Action(actions.SHARE, share.ask),
    Action(share_form.FIELDS, share.preview),
    View(share_form.CALLBACK, share.submit),
    Action(actions.REFINE, form.refine),
    Action(actions.OPEN_FORM, form.reopen),
    Action(actions.SAVE, saved.ask_name),
    Action(actions.RUN_SAVED, saved.press),
    Action(actions.REMOVE_SAVED, saved.remove),
    View(actions.SAVE_FORM, saved.submit),
    Action(actions.MORE_FILTERS, form.more),
    Action(actions.OFFER, leftovers.ignore),  # a type-ahead field tells what was chosen in it
    Options(actions.OFFER, form.offer),
    View(actions.FORM, form.submit),
    Shortcut(actions.FIND_PROFILES, form.find_profiles),
    Shortcut(actions.FIND_JOBS, form.find_jobs),
    Event("app_home_opened", home.show),
    # Last: Bolt takes the first route that fits.
    Action(actions.ANYTHING_ELSE, leftovers.explain),
    View(actions.ANYTHING_ELSE, leftovers.explain),
    Closed(actions.ANYTHING_ELSE, leftovers.ignore),
    Options(actions.ANYTHING_ELSE, leftovers.ignore),
    Shortcut(actions.ANYTHING_ELSE, leftovers.explain),
)
