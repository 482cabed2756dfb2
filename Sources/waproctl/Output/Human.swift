import WaproCore

#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Values as people read them.
enum Human {
    /// Whether times are shown in UTC.
    @TaskLocal static var usesUTC = false

    /// `1,234,567`
    static func count(_ value: Int64) -> String {
        let digits = String(value.magnitude)
        var text = ""
        for (position, digit) in digits.enumerated() {
            if position > 0, (digits.count - position) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return (value < 0 ? "-" : "") + text
    }

    /// One decimal at most: `12.5`, `80`.
    static func rate(_ value: Double) -> String {
        let tenths = Int64((value * 10).rounded())
        return tenths % 10 == 0 ? count(tenths / 10) : "\(count(tenths / 10)).\((tenths % 10).magnitude)"
    }

    /// `12.3 MiB`
    static func bytes(_ value: Int64) -> String {
        let units = ["B", "KiB", "MiB", "GiB", "TiB"]
        var (amount, unit) = (Double(value), 0)
        while amount >= 1024, unit < units.count - 1 { (amount, unit) = (amount / 1024, unit + 1) }
        return "\(rate(amount)) \(units[unit])"
    }

    /// `3.2 ms`
    static func milliseconds(_ duration: Duration) -> String { "\(rate(duration / .milliseconds(1))) ms" }

    /// Local time with its offset: `2026-11-23 09:15:00 +01:00`.
    static func time(_ timestamp: Timestamp) -> String {
        var seconds = time_t(timestamp.milliseconds / 1000)
        var parts = tm()
        if usesUTC { gmtime_r(&seconds, &parts) } else { localtime_r(&seconds, &parts) }
        func two(_ value: some BinaryInteger) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let offset = Int(parts.tm_gmtoff) / 60
        let zone = "\(offset < 0 ? "-" : "+")\(two(offset.magnitude / 60)):\(two(offset.magnitude % 60))"
        let date = "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
        return "\(date) \(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) \(zone)"
    }

    /// `1 row`, `2 rows`
    static func plural(_ value: Int64, _ noun: String) -> String {
        "\(count(value)) \(noun)\(value == 1 ? "" : "s")"
    }
}
