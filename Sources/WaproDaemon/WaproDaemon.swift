// WaproDaemon: wiring. A tour:
//
// * `Configuration/` reads and checks `waprod.yaml` and the environment; `Decisions.md` beside this file keeps what was decided
//   and why.
// * `Daemon` is the composition root: it opens the store, recovers, opens the doors and runs every long-lived thing as a service
//   of one group.
// * `Handlers/` answers the methods of `WaproRPC`, one file a noun: checks what is asked, and asks or changes the store. A handler
//   does no domain work; it is called only by a caller whose role suffices, with parameters that have been read whole.
// * `Accounts/` is which accounts and apps there are, from the configuration and from commands, and with which secrets (`AccountBook`,
//   `KeptSecrets`); `Callers` and `Sessions/` are who may do what, `Auditor` what is written of who may not.
// * `Supervision/` and `Logging/` speak with systemd.
