/// Which time zones numbers are in, by their first digits.
struct TimeZonePlan: Sendable {
    static let shared = TimeZonePlan(TimeZoneFacts.text)

    private var lists: [[String]] = []
    private var tree = DigitTree()

    func zones(of digits: DigitRun) -> [String] {
        tree.longestMatch(digits).map { lists[$0] } ?? []
    }

    /// Reads the words that the facts describe.
    init(_ text: String) {
        var isInNames = false
        for word in text.split(whereSeparator: \.isWhitespace) {
            if word.utf8.first?.isDigit == true {
                for digits in DigitTree.beginnings(word) { tree.insert(digits, lists.count - 1) }
                isInNames = false
            } else {
                if !isInNames { lists.append([]) }
                lists[lists.count - 1].append(String(word))
                isInNames = true
            }
        }
    }
}
