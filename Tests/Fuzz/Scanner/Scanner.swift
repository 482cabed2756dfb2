import WaproRPC

/// What the strict parser accepts, Foundation's decoder accepts as the same value, and the writer writes so that it is read as the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func scanner(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = input(start, count)
    var whole: JSONValue?
    do {
        let value = try JSONValue.parse(bytes)
        whole = value
        checkWriting(value)
        checkSecond(value, bytes)
    } catch {
        hold((0...bytes.count).contains(error.offset), "the flaw is at byte \(error.offset) of \(bytes.count)")
        hold("\(error)".utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }, "the flaw's words have something from the text: \(error)")
    }
    // What tight limits accept is what wide ones accept, and keeps them.
    let tight = JSONLimits(depth: 3, nodes: 9, stringBytes: 12, numberBytes: 5)
    if let small = try? JSONValue.parse(bytes, limits: tight) {
        hold(small == whole, "limits change what is read")
        var nodes = 0
        measure(small, depth: 0, &nodes)
        hold(nodes <= tight.nodes, "\(nodes) values")
    }
    return 0

    func measure(_ value: JSONValue, depth: Int, _ nodes: inout Int) {
        nodes += 1
        if case .string(let text) = value { hold(text.utf8.count <= tight.stringBytes, "a long string") }
        let inner = value.elements ?? value.members?.members.map(\.value)
        hold(inner == nil || depth < tight.depth, "\(depth) levels")
        for value in inner ?? [] { measure(value, depth: depth + 1, &nodes) }
    }
}

private func checkWriting(_ value: JSONValue) {
    let compact = value.compact
    hold(!compact.unicodeScalars.contains { $0.hidesOnTerminal }, "what is written hides something")
    for written in [compact, value.indented] {
        guard let again = try? JSONValue.parse(written) else { fatalError("what is written cannot be read: \(written)") }
        hold(again == value, "what is written is read as another value: \(written)")
        // Equality knows neither the order of members nor how a letter is composed.
        hold(Array(again.compact.utf8) == Array(compact.utf8), "what is written twice differs: \(written)")
    }
    hold(!value.indented.unicodeScalars.contains { $0.hidesOnTerminal && $0 != "\n" }, "what is written for people hides something")
}

private func checkSecond(_ value: JSONValue, _ bytes: [UInt8]) {
    do {
        hold(agree(value, try SecondReader.read(bytes)), "Foundation reads another value than \(value.compact)")
    } catch {
        fatalError("Foundation refuses \(value.compact): \(error)")
    }
}

private func agree(_ ours: JSONValue, _ other: SecondReader) -> Bool {
    switch (ours, other) {
    case (.null, .null): true
    case (.bool(let one), .bool(let two)): one == two
    case (.integer(let one), .number(let two?, _)): one == two
    // Foundation reads 0e5, which RFC 8259 allows, as a whole number only.
    case (.decimal(let one), .number(let whole, let two)): one == two ?? whole.map { Double($0) }
    case (.string(let one), .string(let two)): one.unicodeScalars.elementsEqual(two.unicodeScalars)
    case (.array(let one), .array(let two)): one.count == two.count && zip(one, two).allSatisfy(agree)
    case (.object(let one), .object(let two)):
        one.members.count == two.count && one.members.allSatisfy { member in two[member.key].map { agree(member.value, $0) } ?? false }
    default: false
    }
}
