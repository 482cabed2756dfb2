import WaproCore
import WaproRPC
import WaproStore

/// Answers `number.*`.
struct NumberHandlers: Sendable {
    let store: Store

    func register(_ handlers: inout Handlers) {
        handlers.on(NumberList.self) { ask, call throws(Fault) in
            let (after, limit) = (try ask.place(), ask.limit ?? 100)
            return try await store.ask { snapshot in
                let found = try snapshot.numbers().filter { number in after.map { number.id > $0 } ?? true }.prefix(limit)
                return Page(
                    items: try found.map { try snapshot.info(of: $0, for: call.caller) },
                    next: found.count == limit ? found.last?.id.description : nil
                )
            }
        }
        handlers.on(NumberShow.self) { ask, call throws(Fault) in
            try await store.ask { try $0.info(of: $0.requireNumber(ask.number, field: "number"), for: call.caller) }
        }
    }
}

extension Snapshot {
    /// A number by id, Meta's id or name; a fault that lists what there is.
    func requireNumber(_ text: String, field: String) throws -> NumberRecord {
        if let number = try number(text) { return number }
        let known = try numbers().map(\.name)
        throw Fault.notFound(
            "number",
            "\"\(text)\"",
            field: field,
            hint: known.isEmpty ? "No number is configured; see waprod.yaml(5)." : "There is: \(known.joined(separator: ", "))."
        )
    }
}

extension Caller {
    /// No telephone number and no text that somebody wrote, not even our own.
    var seesOnlyCounts: Bool { role ?? .viewer == .viewer }
}

extension Snapshot {
    fileprivate func info(of number: NumberRecord, for caller: Caller) throws -> NumberInfo {
        let reach = try reach(of: number.portfolio)
        return NumberInfo(
            id: number.id,
            name: number.name,
            phoneNumberId: number.phoneNumberID,
            displayNumber: caller.seesOnlyCounts ? "" : number.displayNumber ?? "",
            verifiedName: number.verifiedName,
            account: number.accountName,
            portfolio: number.portfolioName,
            quality: number.quality,
            throughput: number.rate ?? number.throughput,
            status: number.halted.map { $0 > 0 ? "HALTED (\($0))" : "HALTED" } ?? number.status,
            messagingLimit: number.messagingLimit,
            refreshedAt: number.refreshedAt,
            held: try isHeld(number.id),
            messagingUsed: reach.limit.people.map { _ in Int64(reach.used) },
            foreign: Int64(try foreignTraffic(of: number.id).reduce(0) { $0 + $1.count })
        )
    }
}
