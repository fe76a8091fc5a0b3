"""The `/workspace` calls: the hands and eyes of people, and the switchboard of tests (DESIGN §6).

Beyond the contract, replies have: `delivered: false` where a client would not have asked the app (an input that speaks
only on submit, a modal without `notify_on_close`, an app without `app_home_opened`); `version` on a message and, after
a failed press by that user, `warning`; `errors` and `warning` on a view; `shortcuts`, `app` and `last_event_id` in the
state. `POST /workspace/actions` on a view takes `values` as a submission does, and `POST /workspace/views/close` takes
`clear: true` for the X. `GET` on faults and config tells what is set.
"""
