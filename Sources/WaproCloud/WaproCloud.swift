// WaproCloud: what Meta says, both directions. Nothing here is stored; everything is a value.
//
// Outward, in the order in which a message passes:
//   Graph/CampaignBody, Graph/MessageBody   the body of POST /{phone_number_id}/messages, as bytes
//   Graph/GraphSender                       puts endpoint, credentials and body together; the one door for sends
//   HTTP/HTTPClient                         closures; `.live` is libcurl, a test brings its own
//   HTTP/CurlLane, HTTP/LaneLoop            one thread and one connection pool a lane, so that a chat never waits behind a campaign
//   HTTP/Transfer                           one request; knows whether its last byte left, which decides certain or unknown
//   Outcome/Outcome+Answer                  an answer → one of five outcomes, by the one table in Outcome/Codes/
//   Graph/GraphReader                       templates and phone numbers
//
// Inward:
//   Webhook/Signature, Webhook/Handshake    who is speaking
//   Webhook/WebhookPayload                  what was said: changes, messages, statuses; unreadable parts listed, neighbours kept
//
// Under both: JSON/JSONDocument, one bounded parser for everything that comes from outside. There is no second parser, so no
// document can mean two things (Foundation's two differ in duplicate keys and accept trailing commas).
