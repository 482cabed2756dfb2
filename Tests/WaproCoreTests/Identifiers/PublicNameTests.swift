import Testing
import WaproCore

struct PublicNameTests {
    @Test(arguments: [
        "+4915112345678", "Eva +49 151 123", "call (+1) 202-555", "4915112345678", "x0151123456", "+1.2.3.4.5.6.7", "1 +1234567",
        "201011151234", "202613281430", "202611281460", "2026112814", "+202611281430", "20261128143099",
    ])
    func `a telephone number is found`(text: String) {
        #expect(PublicName.tellsNumber(text))
    }

    @Test(arguments: [
        "", "spring", "promo-20261128", "2026-11-28 14:30", "2026-11-28 1430", "wave 1 of 12", "a+b", "+123456", "1+2+3+4+5+6+7",
        "123456789", "50% off +", "leads-202611281430", "20261128143059 x",
    ])
    func `a date and a count are none`(text: String) {
        #expect(!PublicName.tellsNumber(text))
    }
}
