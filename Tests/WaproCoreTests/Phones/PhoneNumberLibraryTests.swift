import Testing
import WaproCore

/// Debian's python3-phonenumbers is the judge of the committed facts: 245 regions and 9 codes of no country.
///
/// Differences that are accepted, all of one kind, this parser being the more lenient: it looks at the first three digits of a
/// national number and at its length, the library at every digit. A number of another kind of service (a voicemail box) is refused.
@Suite(.serialized) struct PhoneNumberLibraryTests {
    private static let samples = Result { try PhoneSample.all() }

    private func samples(_ kinds: String...) throws -> [PhoneSample] {
        try Self.samples.get().filter { kinds.contains($0.kind) }
    }

    private func parse(_ sample: PhoneSample) -> Result<PhoneNumber, PhoneNumberRefusal> {
        Result { () throws(PhoneNumberRefusal) in try PhoneNumber.parse(sample.text, defaultRegion: Region(sample.region)) }
    }

    @Test func `every country's example numbers become the same E164 in every form`() throws {
        let examples = try samples("example")
        #expect(Set(examples.map(\.region)).count == 246)
        for sample in examples {
            #expect((try? parse(sample).get())?.e164 == sample.e164, "\(sample) \(parse(sample))")
        }
    }

    @Test func `every country's example numbers belong to that country`() throws {
        for sample in try samples("example") where sample.e164 != nil {
            #expect((try? parse(sample).get())?.region?.description == sample.home, "\(sample)")
        }
    }

    @Test func `what is too short or too long or invalid is refused`() throws {
        var accepted: [PhoneSample] = []
        let bad = try samples("short", "long", "invalid").filter { $0.e164 == nil }
        for sample in bad {
            if case .success = parse(sample) { accepted.append(sample) }
        }
        #expect(bad.count > 1200)
        // San Marino: 0549 and four digits, where the library wants six after 0549 but knows of eight digits that begin with 05.
        #expect(accepted.count <= 1, "\(accepted)")
    }

    @Test func `numbers with a real beginning become what the library makes of them`() throws {
        let near = try samples("near")
        var refused: [PhoneSample] = []
        var different: [PhoneSample] = []
        for sample in near where sample.e164 != nil {
            guard case .success(let number) = parse(sample) else {
                refused.append(sample)
                continue
            }
            if number.e164 != sample.e164 { different.append(sample) }
        }
        #expect(near.count > 3900)
        #expect(refused.isEmpty, "\(refused)")
        #expect(different.isEmpty, "\(different)")
    }

    @Test func `numbers are in as many time zones as the library says`() throws {
        let zones = try samples("zones")
        #expect(zones.count == 8)
        for sample in zones { #expect((try? parse(sample).get())?.timeZones.count == sample.e164.flatMap { Int($0) }, "\(sample)") }
    }

    @Test func `random digits are valid or invalid as the library says in 95 of 100 cases`() throws {
        let random = try samples("random")
        var wrong: [PhoneSample] = []
        var agreed = 0
        for sample in random {
            let number = try? parse(sample).get()
            if (number == nil) == (sample.e164 == nil) { agreed += 1 }
            // What the library holds for valid is never refused or read as another number.
            if let e164 = sample.e164, number?.e164 != e164 { wrong.append(sample) }
        }
        #expect(wrong.isEmpty, "\(wrong)")
        #expect(Double(agreed) / Double(random.count) > 0.95, "\(agreed) of \(random.count)")
    }
}
