import WaproCore
import WaproRPC

/// Whatever line comes, it is answered as JSON-RPC 2.0 says, in one line that everybody can read; and no handler is called that the caller may
/// not call, or by a notification of a change.
///
/// The length of the line chooses the caller's role.
@_cdecl("LLVMFuzzerTestOneInput")
public func dispatch(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = input(start, count)
    let roles: [Role?] = [.admin, .operator, .agent, .viewer, nil]
    let caller = Caller(uid: 1000, gid: 1000, groups: [], role: roles[count % roles.count])
    let work = router.read(bytes)
    nonisolated(unsafe) var answer: Work.Answer?
    // No handler waits, so it is there when this returns.
    Task.immediate { answer = await work.answer(caller, on: Nowhere()) }
    guard let answer else { fatalError("the answer waits for something") }
    if let once = work.answerAtOnce(caller, on: Nowhere()) {
        hold(once.line == answer.line, "at once \(once.line ?? "nothing"), else \(answer.line ?? "nothing")")
    }
    guard let line = answer.line else {
        hold(expected(bytes) == [], "not answered")
        return 0
    }
    hold(line.utf8.allSatisfy { $0 >= 0x20 }, "more than one line: \(line)")
    // The document of the protocol is long, and the same each time.
    if line.utf8.count > 1 << 17 { return 0 }
    guard let json = try? JSONValue.parse(line), (try? SecondReader.read(Array(line.utf8))) != nil else { fatalError("not JSON: \(line)") }
    let responses = json.elements ?? [json]
    for response in responses { check(response) }
    let ids = responses.map { $0["id"] ?? .null }
    guard let wanted = expected(bytes) else {
        hold(ids == [.null] && json.elements == nil, "what cannot be read has one answer, not \(line)")
        return 0
    }
    hold(ids == wanted, "answered are \(ids), asked was \(wanted)")
    hold((json.elements != nil) == ((try? JSONValue.parse(bytes))?.elements != nil), "a batch is answered as one: \(line)")
    return 0
}

/// The ids of the answers that must come, in order; nil for what cannot be read as a whole.
private func expected(_ bytes: [UInt8]) -> [JSONValue]? {
    guard let json = try? JSONValue.parse(bytes) else { return nil }
    let entries = json.elements ?? [json]
    if entries.isEmpty || json.elements != nil && entries.count > Router.batchLimit { return nil }
    return entries.flatMap { entry -> [JSONValue] in
        switch entry["id"] {
        case .some(.integer(let id)): return [.integer(id)]
        case .some(.string(let id)) where id.utf8.count <= 128: return [.string(id)]
        case .some: return [.null]
        case nil: return isNotification(entry, inBatch: json.elements != nil) ? [] : [.null]
        }
    }
}

private func isNotification(_ entry: JSONValue, inBatch: Bool) -> Bool {
    guard entry["jsonrpc"] == "2.0", entry["method"]?.text != nil else { return false }
    guard [nil, "a list", "an object"].contains(entry["params"]?.kindInWords) else { return false }
    guard let meta = entry["meta"] else { return true }
    guard let members = meta.members?.members else { return false }
    return members.allSatisfy { member in
        switch (member.key, member.value) {
        case ("progress", .bool): true
        case ("token", .string(let token)): (1...4096).contains(token.unicodeScalars.count)
        case ("timeout_ms", .integer(let value)): !inBatch && (1...86_400_000).contains(value)
        default: false
        }
    }
}

private func check(_ response: JSONValue) {
    hold(response["jsonrpc"] == "2.0" && response["id"] != nil && response.members?.members.count == 3, "no response: \(response.compact)")
    guard let error = response["error"] else {
        hold(response["result"] != nil, "neither result nor error: \(response.compact)")
        return
    }
    guard let fault = Fault(json: error) else { fatalError("no error: \(error.compact)") }
    hold(Fault.Kind.all.contains(fault.kind) && fault.json == error, "the error is read as another: \(error.compact)")
}
