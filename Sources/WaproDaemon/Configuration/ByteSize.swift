/// Sizes as an administrator writes them: `4MiB`, `64KiB`, `2GiB`, or a plain number of bytes.
enum ByteSize {
    private static let units: [(suffix: String, bytes: Int)] = [("", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)]

    static func parse(_ text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "_" }
        let suffix = text.dropFirst(digits.count)
        guard let number = Int(digits.filter { $0 != "_" }), let unit = units.first(where: { $0.suffix == suffix }) else { return nil }
        let (product, overflow) = number.multipliedReportingOverflow(by: unit.bytes)
        return overflow ? nil : product
    }

    static func render(_ bytes: Int) -> String {
        let unit = units.last { bytes != 0 && bytes % $0.bytes == 0 } ?? units[0]
        return "\(bytes / unit.bytes)\(unit.suffix)"
    }
}
