/// What somebody who mistyped a word probably meant.
public enum Suggestion {
    /// The word of `words` that is closest to `typed`, if one is close: a third of its characters may differ, two at least.
    public static func nearest(to typed: String, among words: some Sequence<String>) -> String? {
        let typed = Array(typed.lowercased().unicodeScalars.prefix(64))
        let best = words.map { (word: $0, distance: distance(typed, Array($0.unicodeScalars))) }.min { $0.distance < $1.distance }
        guard let best, best.distance <= max(2, typed.count / 3), best.distance < max(typed.count, best.word.unicodeScalars.count) else {
            return nil
        }
        return best.word
    }

    /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var rows = [Array(0...right.count)]
        for i in 0..<left.count {
            var row = [i + 1]
            for j in 0..<right.count {
                var cost = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { cost = min(cost, rows[i - 1][j - 1] + 1) }
                row.append(cost)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}
