import Testing
import WaproCore

@Suite struct PhoneNumberSpeedTests {
    /// A check against a slip of an order of magnitude; the figure itself is measured in release.
    @Test func `an import does not wait for phone numbers`() throws {
        let region = try #require(Region("DE"))
        let texts = ["+4915112345678", "0151 12345678", "+44 7700 900123", "(201) 555-0123", "+5511961234567"]
        let count = 20_000
        var accepted = 0
        let elapsed = ContinuousClock().measure {
            for index in 0..<count where (try? PhoneNumber.parse(texts[index % texts.count], defaultRegion: region)) != nil {
                accepted += 1
            }
        }
        #expect(accepted >= count * 4 / 5)
        #expect(elapsed < .seconds(2))
    }
}
