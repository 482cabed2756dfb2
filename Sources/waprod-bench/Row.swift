/// One line of the table: medians of our path and of its floor, and what they say together.
struct Row {
    enum Bar {
        case atLeast(Double)
        case atMost(Double)
    }

    var name: String
    var unit: String
    var ours: [Double]
    /// Nil where the limit is a number, not another program.
    var floor: [Double]?
    /// What the ratio of ours to the floor must be; without a floor, ours itself.
    var bar: Bar
    /// Of waprod in all rounds.
    var cpuSeconds: Double?
    /// Of waprod at most, bytes.
    var peak: Int?
    /// What else was seen, in words with figures.
    var remarks: [String] = []

    var ratio: Double {
        guard let floor else { return ours.median }
        return ours.median / floor.median
    }

    var ratioText: String { ratio.rounded(digits: 3) }

    var isMet: Bool {
        // What was left out is not met.
        guard !ours.isEmpty else { return false }
        return switch bar {
        case .atLeast(let least): ratio >= least
        case .atMost(let most): ratio <= most
        }
    }

    /// Below two thirds of what was recorded for the small run, or half more where less is better. What was never recorded has not fallen.
    var hasFallen: Bool {
        guard let recorded = Recorded.small[name] else { return false }
        switch bar {
        case .atLeast: return ratio < recorded * 2 / 3
        case .atMost: return ratio > recorded * 3 / 2
        }
    }

    private var barText: String {
        switch bar {
        case .atLeast(let least): "≥ \(least)"
        case .atMost(let most): "≤ \(most)"
        }
    }

    static let heading =
        "case".padded(to: 16) + "ours".padded(to: 11, right: true) + "floor".padded(to: 11, right: true) + "  " + "unit".padded(to: 8)
        + "ratio".padded(to: 8, right: true) + "must".padded(to: 10, right: true) + "spread".padded(to: 8, right: true)
        + "cpu s".padded(to: 8, right: true) + "peak MB".padded(to: 9, right: true)

    var line: String {
        let cells =
            name.padded(to: 16) + ours.median.text.padded(to: 11, right: true) + (floor?.median.text ?? "–").padded(to: 11, right: true)
            + "  " + unit.padded(to: 8) + ratioText.padded(to: 8, right: true)
            + (barText + (isMet ? " " : "!")).padded(to: 10, right: true)
            + "\(Int((ours.spread * 100).rounded())) %".padded(to: 8, right: true)
            + (cpuSeconds?.rounded(digits: 1) ?? "–").padded(to: 8, right: true)
            + (peak.map { "\($0 >> 20)" } ?? "–").padded(to: 9, right: true)
        return ([cells] + remarks.map { "    " + $0 }).joined(separator: "\n")
    }

    static func json(_ rows: [Row]) -> String {
        let objects = rows.map { row in
            var members = [
                "\"case\":\"\(row.name)\"", "\"unit\":\"\(row.unit)\"", "\"ours\":[\(row.ours.map { "\($0)" }.joined(separator: ","))]",
                "\"ratio\":\(row.ratio)", "\"bar\":\"\(row.barText)\"", "\"met\":\(row.isMet)",
            ]
            if let floor = row.floor { members.append("\"floor\":[\(floor.map { "\($0)" }.joined(separator: ","))]") }
            if let seconds = row.cpuSeconds { members.append("\"cpu_seconds\":\(seconds)") }
            if let peak = row.peak { members.append("\"peak_bytes\":\(peak)") }
            members.append("\"remarks\":[\(row.remarks.map { "\"\($0)\"" }.joined(separator: ","))]")
            return "{\(members.joined(separator: ","))}"
        }
        return "[\(objects.joined(separator: ",\n "))]"
    }
}

/// Ratios of `--small` on two cores, of November 2026, of the slowest machine that was seen: to be raised with what raises them. Only where there
/// is a floor: a figure without one says how fast the machine is. `webhook-p99` is the bar itself, since disks stand still as they like; no
/// webhook of `mixed` may be refused.
enum Recorded {
    static let small = [
        "send": 0.52, "webhook": 0.15, "webhook-p99": 10, "webhook-batch": 0.32, "journal": 13, "mixed-refused": 0, "import": 0.13,
        "rpc-1x1": 0.29, "rpc-1x64": 0.07, "rpc-100x1": 0.19, "rpc-100x64": 0.11, "cli": 1.5, "send-300k": 1.2, "webhook-300k": 1.2,
        "report-300k": 1.5, "why-300k": 1.5,
    ]
}
