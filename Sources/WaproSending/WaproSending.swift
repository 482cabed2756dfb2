// WaproSending: how a message is sent. A tour, in the order of the walk:
//
// * `Machine/` decides. `SendingMachine` is a step function: an input and the time go in, effects come out; it awaits nothing and
//   reads no clock, so the whole can be simulated from a seed. What it decides: which campaign to freeze and expand further, how
//   many messages `Pacer` grants now, when a campaign is done.
// * `Expander` freezes the audience and writes its messages, a batch at a time.
// * `Queue` claims what was granted: the intent to send is committed before the request leaves (promise P1).
// * `Sender` is the only caller of Meta's send endpoint. It renders a claim and hands it over at once; a claim that is too old, or
//   whose campaign stopped meanwhile, goes back unsent.
// * `Recorder` writes what came of it: result, history and event in one transaction.
// * `Recovery` runs at boot: an intent of an earlier start has an unknown fate.
// * `Dispatcher` is the thin shell that carries effects out and brings inputs back.
// * `Doubt/` waits for evidence about messages of which nobody knows whether they were sent.
// * `Answers/` says why and when, to people: what became of a recipient, what keeps a campaign, when it will be through.
//
// It meets WaproReceiving in the database and nowhere else.
