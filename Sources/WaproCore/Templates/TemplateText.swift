/// Text of a template, cut at its placeholders: `Hi {{1}}, order {{2}} is on its way.`
struct TemplateText: Sendable, Hashable {
    enum Part: Sendable, Hashable {
        case literal(String)
        case placeholder(String)
    }

    let parts: [Part]
    /// Each placeholder once: numbers in rising order, names as they first come, which is the order in which Meta takes them.
    let placeholders: [String]
    /// Characters that are there whatever the values are.
    let literalLength: Int

    init(_ text: String) {
        var parts: [Part] = []
        var rest = Substring(text)
        while let (before, inner, after) = rest.cutHole() {
            let name = inner.trimmingSpaces()
            if !before.isEmpty { parts.append(.literal(String(before))) }
            parts.append(.placeholder(String(name)))
            rest = after
        }
        if !rest.isEmpty { parts.append(.literal(String(rest))) }
        self.parts = parts
        var names: [String] = []
        for case .placeholder(let name) in parts where !names.contains(name) { names.append(name) }
        placeholders = names.allSatisfy { Int($0) != nil } ? names.sorted { Int($0) ?? 0 < Int($1) ?? 0 } : names
        literalLength = parts.reduce(0) { if case .literal(let text) = $1 { $0 + text.templateLength } else { $0 } }
    }

    /// The text with `values` in the places of `placeholders`, which have the same order.
    func rendered(_ values: [String]) -> String {
        var text = ""
        for part in parts {
            switch part {
            case .literal(let literal): text += literal
            case .placeholder(let name): text += placeholders.firstIndex(of: name).map { values[$0] } ?? ""
            }
        }
        return text
    }

    /// The length of `rendered(values)` without making it.
    func length(_ values: [String]) -> Int {
        parts.reduce(literalLength) { sum, part in
            guard case .placeholder(let name) = part, let index = placeholders.firstIndex(of: name) else { return sum }
            return sum + values[index].templateLength
        }
    }
}

extension StringProtocol {
    /// Length as compared with Meta's limits, which do not say what a character is: Unicode scalars, so that an emoji made of
    /// several is not taken for one.
    var templateLength: Int { unicodeScalars.count }

    func trimmingSpaces() -> SubSequence {
        guard let first = firstIndex(where: { $0 != " " }), let last = lastIndex(where: { $0 != " " }) else {
            return self[startIndex..<startIndex]
        }
        return self[first...last]
    }
}

extension Substring {
    /// What is before, inside and after the first `{{…}}`; nil when there is none.
    func cutHole() -> (before: Substring, inner: Substring, after: Substring)? {
        guard let open = firstDouble("{", from: startIndex), let close = firstDouble("}", from: index(open, offsetBy: 2)) else {
            return nil
        }
        return (self[..<open], self[index(open, offsetBy: 2)..<close], self[index(close, offsetBy: 2)...])
    }

    /// Where the same brace first stands twice in a row.
    func firstDouble(_ brace: Character, from start: Index) -> Index? {
        var index = start
        while index < endIndex, let found = self[index...].firstIndex(of: brace) {
            let next = self.index(after: found)
            if next < endIndex, self[next] == brace { return found }
            index = next
        }
        return nil
    }
}
