import WaproRPC

@testable import WaproCloud

/// Nothing of a webhook is lost: every change and every element of a list is either read or named as unreadable, and what is kept as it came is
/// JSON. What the scanner of webhooks accepts is what the strict parser of the socket and Foundation's decoder accept.
@_cdecl("LLVMFuzzerTestOneInput")
public func webhook(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = input(start, count)
    checkScanner(bytes)
    do {
        let payload = try WebhookPayload(bytes)
        hold(try payload == WebhookPayload(bytes), "read twice, and not the same")
        for part in payload.unreadable { check(part) }
        for change in payload.changes { check(change) }
        if let second = try? SecondReader.read(bytes) { checkNothingIsLost(payload, second) }
    } catch {
        hold("\(error)".utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }, "the refusal has something from the body")
    }
    return 0
}

/// Never anything from outside.
private func check(_ part: UnreadablePart) {
    let known = "abcdefghijklmnopqrstuvwxyz_.[]0123456789"
    hold(part.path.allSatisfy { known.contains($0) }, "a path with something from the body: \(part.path)")
    hold(part.reason.hasPrefix("it is ") || part.reason.hasPrefix("it has "), "a reason with something from the body: \(part.reason)")
}

private func check(_ change: WebhookChange) {
    switch change.content {
    case .messages(let messages):
        for message in messages.messages {
            hold(!message.id.isEmpty && (message.from ?? message.userID) != nil, "a message of nobody")
            hold(message.from?.utf8.allSatisfy { (48...57).contains($0) } ?? true, "a number that is none: \(message.from ?? "")")
            for text in [message.node, message.referral, message.context?.referredProduct] { checkRaw(text) }
        }
        for status in messages.statuses { hold(!status.id.isEmpty, "a status of no message") }
    case .preferences(let preferences, contacts: _):
        hold(preferences.allSatisfy { $0.waID != nil || $0.userID != nil }, "a preference of nobody")
    case .echoes(let echoes, contacts: _): for echo in echoes { checkRaw(echo.node) }
    case .account(let update): checkRaw(update.json)
    case .other(let json): checkRaw(json)
    default: break
    }
}

private func checkRaw(_ text: String?) {
    guard let text else { return }
    hold((try? JSONDocument(Array(text.utf8))) != nil, "kept as it came, and not JSON: \(text)")
}

// MARK: Nothing is lost

private func checkNothingIsLost(_ payload: WebhookPayload, _ body: SecondReader) {
    var known = payload.changes[...]
    var unread = Set(payload.unreadable.map(\.path))
    hold(unread.count == payload.unreadable.count, "a part is named twice")
    for (index, entry) in (body["entry"]?.elements ?? []).enumerated() {
        guard let changes = entry["changes"]?.elements else {
            hold(unread.remove("entry[\(index)]") != nil, "entry \(index) is lost")
            continue
        }
        for (place, change) in changes.enumerated() {
            let path = "entry[\(index)].changes[\(place)]"
            if unread.remove(path) != nil { continue }
            guard let read = known.popFirst() else { fatalError("\(path) is lost") }
            hold(read.field == change["field"]?.text ?? change["value"]?["field"]?.text, "\(path) is of another field: \(read.field)")
            for (name, kept) in read.lists {
                let (of, before) = ("\(path).value.\(name)", unread.count)
                let given = change["value"]?[name]
                unread = unread.filter { !$0.hasPrefix("\(of)[") && $0 != of }
                let expected = given.map { $0.elements?.count ?? 1 } ?? 0
                hold(kept + before - unread.count == expected, "\(of): \(kept) read, \(before - unread.count) not, of \(expected)")
            }
        }
    }
    hold(known.isEmpty && unread.isEmpty, "more than there was: \(known.count) changes, \(unread.sorted())")
}

extension WebhookChange {
    /// How many elements were read of each list.
    fileprivate var lists: [(String, Int)] {
        switch content {
        case .messages(let read):
            [
                ("contacts", read.contacts.count), ("messages", read.messages.count), ("statuses", read.statuses.count),
                ("errors", read.errors.count),
            ]
        case .preferences(let read, let contacts): [("user_preferences", read.count), ("contacts", contacts.count)]
        case .echoes(let read, let contacts): [("message_echoes", read.count), ("contacts", contacts.count)]
        default: []
        }
    }
}
