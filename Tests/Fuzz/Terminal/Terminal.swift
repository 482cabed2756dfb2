import WaproRPC

@testable import waproctl

/// Whatever text comes from outside, what is printed of it neither acts on a terminal nor hides there, and is as wide as it was asked to be.
///
/// The last byte chooses the width.
@_cdecl("LLVMFuzzerTestOneInput")
public func terminal(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var bytes = input(start, count)
    let width = bytes.takeLast() % 40 + 1
    let outside = String(decoding: bytes, as: UTF8.self)
    let text = TerminalText(outside: outside)
    checkHarmless(text.string)
    hold(TerminalText(outside: text.string) == text, "made harmless twice, it is another: \(text.string)")
    hold("\(outside)" as TerminalText == text, "interpolated, it is another")
    hold(TerminalText(data: outside, onTerminal: true) == text, "as data, it is another")
    checkHarmless(TerminalText(json: .string(outside), isCompact: true).string, isLossless: true)
    checkWidth(text, width)
    checkTable(bytes, width)
    return 0
}

/// Written anew, not with what the sanitiser itself asks.
private func checkHarmless(_ text: String, isLossless: Bool = false) {
    var marks = 0
    let scalars = Array(text.unicodeScalars)
    for (place, scalar) in scalars.enumerated() {
        let (before, behind) = (place > 0 ? scalars[place - 1] : nil, place + 1 < scalars.count ? scalars[place + 1] : nil)
        var word: String { "U+\(String(scalar.value, radix: 16))" }
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0: fatalError("a control reaches the terminal: \(word)")
        case 0xAD, 0x34F, 0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F, 0x200B, 0x200E, 0x200F, 0x2028...0x202E,
            0x2060...0x206F,
            0x3164, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB, 0xE0000...0xE0FFF:
            fatalError("what hides or turns text reaches the terminal: \(word)")
        case 0x200C, 0x200D:
            // After a virama of India, or between two pictures.
            let isSpelling = before?.properties.canonicalCombiningClass == .virama
            let isPicture = scalar.value == 0x200D && before.map { $0.properties.isEmoji || $0.value >> 4 == 0xFE0 } == true
            hold(isSpelling || isPicture && behind?.properties.isEmoji == true, "a joiner joins nothing: \(text)")
        case 0xFE00...0xFE0F:
            let mayVary = before.map { $0.properties.isEmoji || $0.value >= 0x1000 && $0.value >> 4 != 0xFE0 } == true
            hold(mayVary, "a selector selects nothing: \(text)")
        case 0xE000...0xF8FF, 0xF0000...0x10FFFF: fatalError("private use reaches the terminal: \(word)")
        default: break
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: marks += 1
        default: marks = 0
        }
        hold(marks <= 8 || isLossless, "marks are piled up")
    }
}

private func checkWidth(_ text: TerminalText, _ width: Int) {
    let cut = text.truncated(to: width)
    hold(cut.width <= width, "cut to \(width), it takes \(cut.width): \(cut.string)")
    hold(text.width > width || cut == text, "cut without need")
    for isOnLeft in [false, true] {
        let padded = text.padded(to: width, onLeft: isOnLeft)
        hold(padded.width == max(width, text.width), "padded to \(width), \(text.width) wide text takes \(padded.width): \(padded.string)")
    }
}

/// Cells cut by 0xFF, which UTF-8 does not have, in rows of two.
private func checkTable(_ bytes: [UInt8], _ width: Int) {
    var cells = bytes.split(separator: 0xFF).map { TerminalText(outside: String(decoding: $0, as: UTF8.self)) }
    if cells.count % 2 == 1 { cells.append("-") }
    var table = Table(columns: [.init(heading: "name", isNumber: false), .init(heading: "count", isNumber: true)])
    table.rows = stride(from: 0, to: cells.count, by: 2).map { [cells[$0], cells[$0 + 1]] }
    for line in table.lines(width: width) {
        checkHarmless(line.string)
        hold(line.width <= width, "a line of \(line.width) in a terminal of \(width)")
    }
    let widths = Set(table.lines(width: nil).map(\.width))
    let last = cells.isEmpty ? 0 : cells.indices.filter { $0 % 2 == 1 }.map { cells[$0].width }.max()!
    // Numbers stand right: all lines end together, unless blanks at the end are taken away.
    if last > 0, !cells.contains(where: { $0.string.hasSuffix(" ") }) { hold(widths.count == 1, "lines end at \(widths.sorted())") }
}
