import WaproCore
import WaproRPC

/// A campaign's report for people.
enum ReportView {
    /// One line: how far it is.
    static func progress(_ report: CampaignReport.Reply) -> TerminalText {
        let counts = report.counts
        let open = counts.pending + counts.waiting + counts.sending
        let settled = report.total - open
        var line: TerminalText = "\(report.name) \(report.state.slug)  \(bar(settled, of: report.total))  "
        line += "\(Human.count(settled)) of \(Human.count(report.total))\(report.frozen ? "" : " so far")"
        if report.rateNow > 0 { line += "  \(Human.rate(report.rateNow)) a second" }
        if counts.failed > 0 { line += "  \(Human.count(counts.failed)) failed" }
        if counts.inDoubt > 0 { line += "  \(Human.count(counts.inDoubt)) in doubt" }
        return line
    }

    static func lines(_ report: CampaignReport.Reply) -> [TerminalText] {
        var lines: [TerminalText] = [progress(report)]
        if let why = report.heldBecause { lines.append("  held because \(why)") }
        if let why = report.stoppedBecause { lines.append("  stopped   \(why)") }
        if let started = report.startedAt { lines.append("  started   \(Human.time(started))") }
        if let finished = report.finishedAt { lines.append("  finished  \(Human.time(finished))") }
        if report.finishedAt == nil, let eta = report.etaAt { lines.append("  through   about \(Human.time(eta))") }
        if let limit = report.limit { lines.append("  limited   by \(limit.known?.words ?? limit.slug)") }
        lines += [""] + recipients(report)
        if report.deferred > 0 { lines += ["", "  \(Human.count(report.deferred)) of those waiting wait for a later time"] }
        if report.askedInDoubt > 0 {
            let resolve = Advice.command("campaign resolve", report.name)
            lines += ["", "  \(Human.count(report.askedInDoubt)) in doubt need a decision: \(resolve) VERDICT"]
        }
        if report.replies > 0 {
            lines += ["", "  \(report.replies == 1 ? "1 person has" : "\(Human.count(report.replies)) people have") replied"]
        }
        if !report.failures.isEmpty {
            lines += ["", "  why some failed"]
            for failure in report.failures {
                let code = failure.code.map { " (\($0))" } ?? ""
                lines.append("    \(Human.count(failure.count))  \(failure.reason)\(code)")
                lines.append("      → \(failure.nextStep)")
            }
        }
        return lines
    }

    /// Every state that somebody is in, with a share; they add up to the total.
    private static func recipients(_ report: CampaignReport.Reply) -> [TerminalText] {
        guard case .object(let counts) = report.counts.json else { return [] }
        var rows: [(name: TerminalText, count: TerminalText, share: TerminalText)] = []
        for field in RecipientCounts.shape.fields {
            guard case .integer(let count) = counts[field.name], count > 0 else { continue }
            let name = field.name.split(separator: "_").joined(separator: " ")
            rows.append(("\(name)", "\(Human.count(count))", "\(share(count, of: report.total))"))
        }
        rows.append(("total", "\(Human.count(report.total))", report.frozen ? .empty : "so far"))
        let (names, numbers) = (rows.map(\.name.width).max() ?? 0, rows.map(\.count.width).max() ?? 0)
        return rows.map { ("  " + $0.name.padded(to: names + 2) + $0.count.padded(to: numbers, onLeft: true) + "  " + $0.share).trimmed }
    }

    private static func share(_ part: Int64, of whole: Int64) -> String {
        guard whole > 0 else { return "" }
        return "\(Human.rate(Double(part) * 100 / Double(whole))) %"
    }

    private static func bar(_ part: Int64, of whole: Int64) -> TerminalText {
        let width = 20
        let filled = whole > 0 ? Int(part * Int64(width) / whole) : 0
        return "\(String(repeating: "█", count: filled))\(String(repeating: "░", count: width - filled))"
    }
}
