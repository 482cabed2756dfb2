import Testing
import WaproCore

@Suite struct PhoneNumberTests {
    private func parse(_ text: String, _ region: String? = nil) -> Result<String, PhoneNumberRefusal> {
        Result { () throws(PhoneNumberRefusal) in try PhoneNumber.parse(text, defaultRegion: region.flatMap { Region($0) }).e164 }
    }

    @Test(arguments: [
        "+4915112345678", "4915112345678", "004915112345678", "+49 151 12345678", "+49 (0) 151 / 123-456.78",
        " +49\u{A0}151\u{202F}12345678 ",
        "\u{202A}+49 151 12345678\u{202C}", "+49\u{2011}151\u{2013}12345678", "＋４９１５１１２３４５６７８", "+٤٩١٥١١٢٣٤٥٦٧٨", "(+49) 151 12345678",
        "'+4915112345678", "4915112345678.0", "4915112345678.00", " 4915112345678.0\u{A0} ", "+49 [151] 12345678", "+49 0151 12345678",
        "+004915112345678",
    ])
    func `one number however it is written`(text: String) {
        #expect(parse(text) == .success("+4915112345678"))
    }

    @Test(arguments: [
        ("0151 12345678", "DE", "+4915112345678"), ("15112345678", "DE", "+4915112345678"), ("4915112345678", "DE", "+4915112345678"),
        ("06 1234 5678", "IT", "+390612345678"), ("312 345 6789", "IT", "+393123456789"), ("+39 06 1234 5678", "DE", "+390612345678"),
        ("06 20 123 4567", "HU", "+36201234567"), ("+36 06 20 123 4567", "HU", "+36201234567"),
        ("8 (912) 345-67-89", "RU", "+79123456789"), ("912 345 67 89", "RU", "+79123456789"), ("8 701 234 5678", "KZ", "+77012345678"),
        ("044 55 1234 5678", "MX", "+525512345678"), ("01 55 1234 5678", "MX", "+525512345678"),
        ("+52 1 55 1234 5678", "MX", "+525512345678"), ("521 55 1234 5678", "MX", "+525512345678"),
        ("+52 1 1 55 1234 5678", "MX", "+525512345678"),
        ("55 1234 5678", "MX", "+525512345678"),
        ("011 15-2345-6789", "AR", "+5491123456789"), ("0341 15 234-5678", "AR", "+5493412345678"),
        ("02966 15 23-4567", "AR", "+5492966234567"),
        ("+54 9 11 2345 6789", "AR", "+5491123456789"), ("+54 11 15 2345 6789", "AR", "+5491123456789"),
        ("011 4123-4567", "AR", "+541141234567"),
        ("(11) 96123-4567", "BR", "+5511961234567"), ("0 11 96123-4567", "BR", "+5511961234567"),
        ("0 15 11 96123-4567", "BR", "+5511961234567"),
        ("0 21 2345-6789", "BR", "+552123456789"),
        ("07700 900123", "GB", "+447700900123"), ("07781 123456", "GG", "+447781123456"), ("256789", "GG", "+441481256789"),
        ("(201) 555-0123", "US", "+12015550123"), ("1-201-555-0123", "US", "+12015550123"), ("011 44 7700 900123", "US", "+447700900123"),
        ("464 1234", "AG", "+12684641234"), ("0011 44 7700 900123", "AU", "+447700900123"), ("8 029 491 19 11", "BY", "+375294911911"),
        ("06 12 34 56 78", "FR", "+33612345678"), ("0692 12 34 56", "RE", "+262692123456"), ("447700900123", "FR", "+447700900123"),
    ])
    func `numbers as they are dialled at home`(text: String, region: String, e164: String) {
        #expect(parse(text, region) == .success(e164))
    }

    @Test(arguments: [
        ("+12684641234", "AG"), ("+14165550123", "CA"), ("+12015550123", "US"), ("+77012345678", "KZ"), ("+79123456789", "RU"),
        ("+447781123456", "GG"), ("+447797123456", "JE"), ("+447624123456", "IM"), ("+447700900123", "GB"), ("+35818123456", "AX"),
        ("+358412345678", "FI"), ("+4779123456", "SJ"), ("+4740612345", "NO"), ("+212528812345", "EH"), ("+212650123456", "MA"),
        ("+262639012345", "YT"), ("+262692123456", "RE"), ("+590690001234", "GP"), ("+5997151234", "BQ"), ("+59995181234", "CW"),
        ("+61891621234", "CC"), ("+61412345678", "AU"), ("+390669812345", "VA"),
    ])
    func `countries that share a calling code are told apart`(text: String, region: String) throws {
        #expect(try PhoneNumber.parse(text, defaultRegion: nil).region?.description == region)
    }

    @Test(arguments: [
        ("", PhoneNumberRefusal.empty), ("  \u{A0}", .empty), ("-", .empty), ("+", .notANumber), ("n/a", .letters),
        ("+49 151 CALL", .letters),
        ("0151 1234567 ext 3", .letters), ("+49 151 123#45678", .notANumber), ("49+15112345678", .notANumber),
        ("++4915112345678", .notANumber),
        ("0151 12345678, 0170 1234567", .notANumber), ("4.47701E+11", .spreadsheetNotation), ("4,47701E+11", .spreadsheetNotation),
        ("4.4770090012E11", .spreadsheetNotation), ("0151 12345678", .nationalWithoutRegion), ("+999 123456", .unknownCallingCode),
        ("+0151123456", .unknownCallingCode), ("+49151", .tooShort(callingCode: 49)), ("+4915112345678901", .tooLong(callingCode: 49)),
        ("+4915112345678/01701234567", .tooLong(callingCode: nil)), ("+3315123", .tooShort(callingCode: 33)),
        ("+33012345678901", .tooLong(callingCode: 33)),
        ("+12345", .tooShort(callingCode: 1)), ("+10234567890", .impossible(callingCode: 1)), ("123", .tooShort(callingCode: nil)),
        ("+49 151 1234\u{FFFD}", .notANumber),
    ])
    func `what is no number is refused with its reason`(text: String, refusal: PhoneNumberRefusal) {
        #expect(parse(text) == .failure(refusal))
    }

    @Test(arguments: [("77009001234", "GB"), ("(8-612) 345678", "LT"), ("201555012", "US"), ("33612345678", "US")])
    func `a slip in a national number never becomes a number abroad`(text: String, region: String) {
        #expect(throws: PhoneNumberRefusal.self) { try parse(text, region).get() }
    }

    @Test func `a broken byte is no digit`() {
        let bytes: [UInt8] = Array("+49151".utf8) + [0xC3] + Array("12345678".utf8)
        let outcome = bytes.withUnsafeBufferPointer { bytes in
            Result { () throws(PhoneNumberRefusal) in try PhoneNumber.parse(utf8: bytes, defaultRegion: nil) }
        }
        #expect(outcome == .failure(.notANumber))
    }

    @Test func `refusals and descriptions never show the number`() throws {
        let number = try PhoneNumber.parse("+4915112345678", defaultRegion: nil)
        #expect("\(number)" == "+49…5678")
        #expect("\([number])" == "[+49…5678]")
        #expect(!String(reflecting: Optional(number)).contains("151"))
        let refusal = try #require(throws: PhoneNumberRefusal.self) { try PhoneNumber.parse("+49151123456789012", defaultRegion: nil) }
        #expect(!refusal.description.contains("151"))
        #expect(refusal.slug == "too_long")
    }

    @Test func `a number knows its time zones`() throws {
        func zones(_ text: String) throws -> [String] { try PhoneNumber.parse(text, defaultRegion: nil).timeZones }
        #expect(try zones("+4915112345678") == ["Europe/Berlin"])
        #expect(try zones("+12125550123") == ["America/New_York"])
        #expect(try zones("+13105550123") == ["America/Los_Angeles"])
        #expect(try zones("+48221234567") == ["Europe/Warsaw"])
        #expect(try zones("+61412345678").count > 3)
        #expect(try zones("+380501234567").contains("Europe/Kyiv"))
    }

    @Test func `stored values come back whatever the plan says`() {
        #expect(PhoneNumber(value: 4_915_112_345_678)?.digits == "4915112345678")
        #expect(PhoneNumber(value: 99_912_345_678)?.e164 == "+99912345678")
        #expect(PhoneNumber(value: 0) == nil)
        #expect(PhoneNumber(value: -4_915_112_345_678) == nil)
        #expect(PhoneNumber(value: 1_000_000_000_000_000) == nil)
    }

    @Test func `regions are the two letters of ISO 3166 that have numbers`() {
        #expect(Region("de") == Region("DE"))
        #expect(Region("DE")?.callingCode == 49)
        #expect(Region("JM")?.callingCode == 1)
        #expect(Region("QQ") == nil)
        #expect(Region("D") == nil)
        #expect(Region("D1") == nil)
        #expect(Region.all.count == 245)
    }
}
