/// Finds the longest beginning of a run of digits that has a value.
struct DigitTree: Sendable {
    /// Ten children a node, by digit; 0 for none, for nothing leads back to the root.
    private var children: [Int32] = Array(repeating: 0, count: 10)
    /// One a node; -1 for none.
    private var values: [Int32] = [-1]

    mutating func insert(_ digits: DigitRun, _ value: Int) {
        var node = 0
        for index in 0..<digits.count {
            let place = node * 10 + digits[index]
            if children[place] == 0 {
                children[place] = Int32(values.count)
                values.append(-1)
                children.append(contentsOf: repeatElement(0, count: 10))
            }
            node = Int(children[place])
        }
        values[node] = Int32(value)
    }

    /// The value of the longest beginning of `digits` that has one.
    func longestMatch(_ digits: DigitRun) -> Int? {
        var node = 0
        var best: Int32 = -1
        for index in 0..<digits.count {
            node = Int(children[node * 10 + digits[index]])
            if node == 0 { break }
            if values[node] >= 0 { best = values[node] }
        }
        return best < 0 ? nil : Int(best)
    }

    /// Reads `2[0-35]` as 20, 21, 22, 23 and 25, and `*` as what every run begins with; nothing for what is neither.
    static func beginnings(_ word: some StringProtocol) -> [DigitRun] {
        if word == "*" { return [DigitRun()] }
        let stem = DigitRun(word.prefix { $0 != "[" })
        guard let stem, let open = word.firstIndex(of: "[") else { return stem.map { [$0] } ?? [] }
        var digits: [UInt8] = []
        var isRange = false
        for byte in word[word.index(after: open)...].utf8 where byte.isDigit || byte == UInt8(ascii: "-") {
            let digit = byte & 15
            if byte.isDigit { digits += isRange ? Array(((digits.last ?? 0) + 1)...digit) : [digit] }
            isRange = !byte.isDigit
        }
        return digits.map { digit in
            var run = stem
            run.append(digit)
            return run
        }
    }
}
