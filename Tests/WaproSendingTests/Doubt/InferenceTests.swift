import Testing
import WaproCloud
import WaproCore

@testable import WaproSending

/// What Meta's message history may settle: exactly one unknown entry that fits exactly one attempt (DESIGN §3.5).
@Suite struct InferenceTests {
    private static let sentAt = Timestamp(milliseconds: 1_795_341_600_400)

    private func doubt(_ message: Int64, _ digits: String..., at time: Timestamp = sentAt) -> Inference.Doubt {
        Inference.Doubt(message: MessageID(rawValue: message), digits: Set(digits), intentAt: time)
    }

    /// An entry whose wamid carries the digits, as Meta writes them; `id` makes it another one.
    private func entry(_ digits: String, _ id: String = "A", at time: Timestamp? = sentAt) -> HistoryEntry {
        let bytes = [0x1C, 0x18, UInt8(digits.utf8.count)] + Array(digits.utf8) + [0x15, 0x02] + Array(id.utf8)
        return HistoryEntry(wamid: "wamid." + base64(bytes), at: time)
    }

    private func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = (0..<3).map { start + $0 < bytes.count ? Int(bytes[start + $0]) : 0 }
            let bits = group[0] << 16 | group[1] << 8 | group[2]
            for index in 0..<4 {
                text.append(start + index <= bytes.count ? alphabet[bits >> (18 - 6 * index) & 63] : "=")
            }
        }
        return text
    }

    private func matches(_ doubts: [Inference.Doubt], _ entries: [HistoryEntry]) -> [Int64: String] {
        let found = Inference.matches(doubts, entries)
        return Dictionary(uniqueKeysWithValues: found.map { ($0.message.rawValue, $0.wamid) })
    }

    @Test func `one entry that fits one attempt settles it, others beside it too`() {
        let (ada, bob) = (entry("491511", "A"), entry("491511000002", "B"))
        #expect(ada.digits == nil, "what is too short to be a telephone number is none")
        let eve = entry("491511000001", "C")
        #expect(eve.digits == "491511000001")
        let found = matches([doubt(1, "491511000001"), doubt(2, "491511000002")], [ada, bob, eve])
        #expect(found == [1: eve.wamid, 2: bob.wamid])
    }

    @Test func `two entries for one attempt settle nothing, and neither do two attempts for one entry`() {
        let first = entry("491511000001", "A")
        #expect(matches([doubt(1, "491511000001")], [first, entry("491511000001", "B")]).isEmpty)
        #expect(matches([doubt(1, "491511000001"), doubt(2, "491511000001")], [first]).isEmpty)
        // Two of each are no better: nothing says which is which.
        #expect(matches([doubt(1, "491511000001"), doubt(2, "491511000001")], [first, entry("491511000001", "B")]).isEmpty)
    }

    @Test func `two attempts to one person that are far apart are told apart by their time`() {
        let later = Self.sentAt.advanced(by: .seconds(3600))
        let (early, late) = (entry("491511000001", "A"), entry("491511000001", "B", at: later))
        let found = matches([doubt(1, "491511000001"), doubt(2, "491511000001", at: later)], [early, late])
        #expect(found == [1: early.wamid, 2: late.wamid])
    }

    @Test(arguments: [(-2_001, false), (-2_000, true), (0, true), (120_000, true), (120_001, false)])
    func `the time of an entry is near that of the attempt`(milliseconds: Int, fits: Bool) {
        let entry = entry("491511000001", at: Self.sentAt.advanced(by: .milliseconds(milliseconds)))
        #expect(matches([doubt(1, "491511000001")], [entry]).isEmpty != fits)
    }

    @Test func `an entry without a time or a number settles nothing; a person may have two numbers`() {
        #expect(matches([doubt(1, "491511000001")], [entry("491511000001", at: nil)]).isEmpty)
        #expect(matches([doubt(1, "491511000001")], [HistoryEntry(wamid: "wamid.none", at: Self.sentAt)]).isEmpty)
        // Brazil: what was sent to and what Meta calls the person differ.
        let known = entry("551195501234")
        #expect(matches([doubt(1, "5511995501234", "551195501234")], [known]) == [1: known.wamid])
        #expect(matches([doubt(1, "5511995501234")], [known]).isEmpty)
    }
}
