// WaproPeople: the people that wapro writes to.
//
// * `Import/` takes a CSV file in pieces: `Importer` is its door, `ImportFile` cuts the pieces into rows and checks each,
//   `ImportColumns` says which column is which. What can be written is written, what cannot is kept with its line and the reason.
//
// Looking contacts up is the store's; who may be written to is decided where a message is claimed.
