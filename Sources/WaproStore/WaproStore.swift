// WaproStore: the only SQL.
//
// One SQLite file is the truth. A tour:
//
// * `Engine/` is how it is written and read. `Store` opens the file and lends it out: `write` runs a closure inside the next
//   group commit and returns when that commit is on disk; `read` runs a closure on a short snapshot. `Writer` owns the one
//   connection that writes; `WorkQueue` decides who goes first (the classes of work); `StoreLock` keeps a second daemon out.
// * `Schema/` has the migrations: named, append-only, one transaction each.
// * The other folders have the tables, one file a table, as extensions of `Snapshot` (what can be asked) and `Transaction`
//   (what can be changed). A change of a message's or a campaign's state goes through `move` (our decisions) or `advance`
//   (Meta's facts) and writes its history row, which is also the event, in the same transaction.
//
// Nobody outside sees GRDB. What is SQLite's own, rather than SQL, is in `Engine/Connection.swift`.
