// A tour of WaproRPC: the contract between waprod and everybody who calls it. No transport, no storage.
//
// 1. JSON/           a strict reader and a writer. Every line from outside passes this reader and no other.
// 2. Shape/          what can cross the wire (`WireValue`), what it may be (`WireType`), and objects whose fields are named once (`Shape`).
// 3. Method/         what a method says about itself (`Method`), who may call it (`Role`), what it does (`Effect`), how it refuses (`Fault`).
// 4. Methods/        the methods, one file a noun. `Catalogue` lists them all. A property's documentation is its field's, in `shape`:
//                    there it reaches callers too.
// 5. Router/         a line in, an answer out: `Handlers` are registered by type, `Router` reads, `Work` answers, `Call` is what a handler
//                    knows about its caller.
// 6. Client/         the same methods from the other side: `Client` over any `Transport`.
// 7. OpenRPC.swift   the catalogue as a document.
