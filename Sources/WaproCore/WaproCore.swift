// WaproCore: the words and rules of wapro, without any I/O. Everything here is a value or a pure function, so that a rule runs
// in a test in microseconds, and so that sending and receiving can be simulated from a seed.
//
// In the order in which a campaign meets them:
//
//   CSV/          `CSVReader` cuts bytes that come in pieces of any size into rows; `CSVHeader` says which column is which.
//   Phones/       `PhoneNumber.parse` makes E.164 of what people write; `NumberingPlan` looks numbers up in the committed facts
//                 (`Facts/`, generated): country, possible lengths, time zones.
//   Templates/    `Template` is Meta's JSON. `slots` says what is to be filled, `plan` checks what a person gave for that,
//                 `TemplatePlan.fill` makes the message for one contact. `TemplateExpression` is the little language `{{name|friend}}`.
//   Campaigns/    the states of a campaign.
//   Messages/     the states of a message: our decisions `move` it, Meta's facts `advance` it.
//   Sending/      how fast, and when again.
//   Events/       what is told to subscribers, and the reasons that history keeps.
//   Identifiers/  typed, time-ordered identifiers, and the attempt that Meta echoes in every status.
//   Time/         moments and the clock that is injected.
//   Words/        what helps to answer a mistyped word; bytes as people compare them.
//   Failpoints/   debug builds only: the places at which tests break the daemon.
//
// It imports the standard library and FoundationEssentials, nothing else.
