import WaproCore
import WaproRPC

/// The real catalogue. Its handlers know nothing: each checks that what it got can be written and read again, and answers a fault.
let router: Router = {
    var handlers = Handlers()
    func answer<M: Method>(_ method: M.Type) {
        let ofRouter = ["rpc.discover", "rpc.check", "rpc.cancel"]
        guard !ofRouter.contains(M.name) else { return }
        if M.effect == .reads {
            handlers.atOnce(M.self) { ask, call throws(Fault) in throw refuse(ask, call) }
        } else {
            handlers.on(M.self) { ask, call throws(Fault) in throw refuse(ask, call) }
        }
    }
    for method in Catalogue.wapro.methods { answer(method) }
    do {
        return try Router(handlers)
    } catch {
        fatalError("\(error)")
    }
}()

private func refuse<M: Method>(_ ask: M, _ call: Call) -> Fault {
    hold(call.caller.role.map { $0 >= M.role } ?? false, "\(M.name) is called by one who may not")
    hold(call.id != nil || M.effect == .reads, "\(M.name) is executed for a notification")
    let json = ask.json
    guard let again = try? M.decode(json, .strict) else { fatalError("\(M.name) does not read what it writes: \(json.compact)") }
    hold(again == ask && again.json == json, "\(M.name) reads something else than it wrote: \(json.compact)")
    // Words from outside, and now and then a fault that the method does not declare.
    return Fault(json.compact.utf8.count % 2 == 0 ? .notFound : .overloaded, json.compact, field: "any", retryAfterMilliseconds: 1)
}

/// A connection on which nothing is kept.
struct Nowhere: Connection {
    func send(_ line: String) async throws(CancellationError) {}
    func release(_ name: String) -> Bool { false }
    func cancel(_ id: RequestID) -> Bool { false }
    func reserve(_ stem: String, atMost limit: Int) -> String? { nil }
}
