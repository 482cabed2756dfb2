// WaproReceiving: what happens to a webhook. In the order in which one passes through:
//
// * `Listener/` speaks HTTP to the proxy in front of us. `Listener` is the service; `WebhookConnection` is one connection, whose
//   rules are the state machine `Exchange`: limits first, then the signature over the raw bytes, then the journal, then 200.
// * `Journal/` commits the raw body before anybody is told 200 (promise P3), and bounds how many bodies wait for that.
// * `Reader/` is the service that takes waiting bodies out of the journal, oldest first, and parks what it cannot read.
// * `Applier/` is what a body changes: a list of `Update`s, each a synchronous function on a `Transaction`, so that a simulation
//   can run it. Applying twice changes nothing; a crash between two portions of a body is therefore harmless.
// * `Retention/` removes, in small batches, what has been kept long enough.
//
// Nothing here sends: what follows from a webhook is found in the store by whoever waits for it.
