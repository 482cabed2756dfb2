import WaproCore
import WaproRPC

@testable import WaproCloud

/// Three readers of JSON, and where they may differ: the scanner of webhooks lets halves of surrogate pairs through and does not look how
/// large a number is.
func checkScanner(_ bytes: [UInt8]) {
    let strict = Result { () throws(JSONFlaw) in try WaproRPC.JSONValue.parse(bytes) }
    let document: JSONDocument
    do {
        document = try JSONDocument(bytes)
    } catch {
        hold((0...bytes.count).contains(error.offset), "refused at byte \(error.offset) of \(bytes.count)")
        if case .success = strict { fatalError("the strict parser accepts what the scanner refuses: \(error)") }
        return
    }
    let tree = document.root.tree
    checkQuoting(tree)
    switch strict {
    case .failure(let flaw):
        let allowed = ["half of a surrogate pair", "a number out of range"]
        hold(allowed.contains(flaw.words), "the scanner accepts what the strict parser refuses: \(flaw)")
    case .success:
        guard let second = try? SecondReader.read(bytes) else { fatalError("Foundation refuses what the scanner accepts") }
        hold(agree(tree, second), "Foundation reads another value than \(tree)")
    }
}

private func agree(_ ours: RawJSON, _ other: SecondReader) -> Bool {
    switch (ours, other) {
    case (.null, .null): true
    case (.bool(let one), .bool(let two)): one == two
    case (.integer(let one), .number(let two?, _)): one == two
    // Foundation reads 0e5, which RFC 8259 allows, as a whole number only.
    case (.number(let one), .number(let whole, let two)): one == two ?? whole.map { Double($0) }
    case (.string(let one), .string(let two)): one.unicodeScalars.elementsEqual(two.unicodeScalars)
    case (.array(let one), .array(let two)): one.count == two.count && zip(one, two).allSatisfy(agree)
    case (.object(let one), .object(let two)):
        one.count == two.count && one.allSatisfy { member in two[member.key].map { agree(member.value, $0) } ?? false }
    default: false
    }
}

/// What we quote for Meta is read as what it was.
private func checkQuoting(_ tree: RawJSON) {
    switch tree {
    case .string(let text):
        var quoted: [UInt8] = []
        quoted.appendQuoted(text)
        let read = try? WaproRPC.JSONValue.parse(quoted).text
        hold(read.map { $0.unicodeScalars.elementsEqual(text.unicodeScalars) } ?? false, "quoted wrongly: \(text)")
    case .array(let elements): for element in elements { checkQuoting(element) }
    case .object(let members): for value in members.values { checkQuoting(value) }
    default: break
    }
}
