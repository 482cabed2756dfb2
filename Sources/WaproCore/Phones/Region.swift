/// A country or territory with telephone numbers of its own: two letters of ISO 3166.
public struct Region: Hashable, Sendable {
    /// 26 times the first letter and the second, both counted from 0.
    let index: Int

    /// Reads two letters, large or small; nil unless they are a region in the facts.
    public init?(_ text: some StringProtocol) {
        self.init(letters: text)
        guard NumberingPlan.shared.home(of: self) != nil else { return nil }
    }

    /// Reads two letters of any region.
    init?(letters text: some StringProtocol) {
        let letters = text.utf8.map { Int($0 | 0x20) - 0x61 }
        guard letters.count == 2, letters.allSatisfy((0..<26).contains) else { return nil }
        index = letters[0] * 26 + letters[1]
    }

    /// Every region in the facts, in alphabetical order.
    public static var all: [Region] { NumberingPlan.shared.regions }

    /// The number that is dialled before its numbers from abroad: 49 for Germany, 1 for Jamaica.
    public var callingCode: Int { NumberingPlan.shared.home(of: self)?.callingCode ?? 0 }
}

extension Region: CustomStringConvertible {
    public var description: String {
        String(decoding: [index / 26, index % 26].map { UInt8($0 + 0x41) }, as: UTF8.self)
    }
}
