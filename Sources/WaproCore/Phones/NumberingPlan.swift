/// The facts about the numbers of every country, in the form in which they are looked up.
struct NumberingPlan: Sendable {
    static let shared = NumberingPlan(NumberingFacts.text)

    /// How numbers are dialled inside a region.
    struct Home: Sendable {
        let region: Region
        let callingCode: Int
        /// What is dialled before a national number, longest first, and before how many digits at least.
        var trunks: [(prefix: DigitRun, least: Int)] = []
        /// How many digits are dialled on an island, and what stands before them abroad.
        var local: (length: Int, area: DigitRun)?
        /// What is dialled before a calling code, where it is not 00.
        var abroad: DigitRun?
    }

    /// What numbers with the same beginning have in common.
    struct Range: Sendable {
        /// Nil for numbers that belong to no country.
        let region: Region?
        /// Bit n is set when a national number may have n digits.
        let lengths: UInt32

        var shortest: Int { lengths.trailingZeroBitCount }
        var longest: Int { 31 - lengths.leadingZeroBitCount }
        func allows(_ length: Int) -> Bool { lengths >> UInt32(length) & 1 == 1 }
    }

    private(set) var regions: [Region] = []
    private var homes: [Home] = []
    /// By `Region.index`; -1 for none.
    private var homeOfRegion: [Int] = Array(repeating: -1, count: 676)
    /// By calling code: its main region's place in `homes`, -2 for a code of no country, -1 for no code.
    private var homeOfCode: [Int] = Array(repeating: -1, count: 1000)
    /// By calling code: how many digits its longest national numbers have.
    private var longest: [Int] = Array(repeating: 0, count: 1000)
    private var ranges: [Range] = []
    private var tree = DigitTree()

    func home(of region: Region) -> Home? {
        let index = homeOfRegion[region.index]
        return index < 0 ? nil : homes[index]
    }

    /// The main region of a calling code; nil for a code of no country.
    func home(ofCode code: Int) -> Home? {
        let index = homeOfCode[code]
        return index < 0 ? nil : homes[index]
    }

    func longest(ofCode code: Int) -> Int { longest[code] }

    /// The calling code that an international number begins with, and the rest.
    func split(_ digits: DigitRun) -> (code: DigitRun, national: DigitRun)? {
        for length in 1...3 where digits.count > length {
            let code = digits.first(length)
            if homeOfCode[Int(code.value)] != -1, code[0] != 0 { return (code, digits.dropping(length)) }
        }
        return nil
    }

    /// What is known about an international number's beginning.
    func range(_ digits: DigitRun) -> Range? {
        tree.longestMatch(digits).map { ranges[$0] }
    }

    /// Reads the words that the facts describe.
    init(_ text: String) {
        var code = DigitRun()
        var isInRange = false
        for word in text.split(whereSeparator: \.isWhitespace) {
            if word.hasPrefix("+"), let digits = DigitRun(word.dropFirst()) {
                code = digits
                homeOfCode[Int(code.value)] = -2
            } else if word.hasPrefix("=") {
                let parts = word.dropFirst().split(separator: ":")
                let range = Range(region: Region(letters: parts[0]), lengths: Self.lengths(parts[1]))
                longest[Int(code.value)] = max(longest[Int(code.value)], range.longest)
                ranges.append(range)
                isInRange = true
            } else if let region = Region(letters: word) {
                homeOfRegion[region.index] = homes.count
                if homeOfCode[Int(code.value)] == -2 { homeOfCode[Int(code.value)] = homes.count }
                homes.append(Home(region: region, callingCode: Int(code.value)))
                regions.append(region)
                isInRange = false
            } else if isInRange {
                for beginning in DigitTree.beginnings(word) {
                    if let digits = beginning.prepending(code) { tree.insert(digits, ranges.count - 1) }
                }
            } else {
                homes[homes.count - 1].add(word)
            }
        }
        regions.sort { $0.index < $1.index }
    }

    /// Reads `6-8,10`.
    private static func lengths(_ text: Substring) -> UInt32 {
        text.split(separator: ",").reduce(into: 0) { mask, span in
            let ends = span.split(separator: "-").compactMap { Int($0) }
            for length in ends[0]...ends[ends.count - 1] { mask |= 1 << UInt32(length) }
        }
    }
}

extension NumberingPlan.Home {
    fileprivate init(region: Region, callingCode: Int) {
        (self.region, self.callingCode) = (region, callingCode)
    }

    /// Reads `0`, `014>=10`, `local:7:268` or `abroad:011`.
    fileprivate mutating func add(_ word: Substring) {
        let parts = word.split(separator: ":")
        switch parts[0] {
        case "local": local = DigitRun(parts[2]).map { (Int(parts[1]) ?? 0, $0) }
        case "abroad": abroad = DigitRun(parts[1])
        default:
            let halves = word.split(separator: ">=")
            guard let prefix = DigitRun(halves[0]) else { return }
            trunks.append((prefix, halves.count == 2 ? Int(halves[1]) ?? 0 : 0))
            trunks.sort { $0.prefix.count > $1.prefix.count }
        }
    }
}
