import Testing
import WaproCore
import WaproRPC

@testable import WaproDaemon

struct PasswordHashTests {
    @Test func `it is scrypt as RFC 7914 has it`() throws {
        let hash = try PasswordHash(Secret("pleaseletmein"), parallelism: 1, salt: Array("SodiumChloride".utf8))
        #expect(
            hash.text == "scrypt$14$8$1$536f6469756d43686c6f72696465$7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
        )
    }

    @Test func `what was kept knows its password, and no other`() throws {
        let kept = try #require(PasswordHash(text: PasswordHash(Secret("correct horse"), costLog2: 4).text))
        #expect(try kept.matches(Secret("correct horse")))
        #expect(try !kept.matches(Secret("correct horse ")))
        let again = try PasswordHash(Secret("correct horse"), costLog2: 4)
        #expect(again.salt != kept.salt && again.text != kept.text)
    }

    @Test(arguments: ["", "scrypt", "bcrypt$14$8$5$00$00", "scrypt$99$8$5$00$" + String(repeating: "0", count: 64), "scrypt$14$8$5$0g$00"])
    func `what is no hash is none`(text: String) {
        #expect(PasswordHash(text: text) == nil)
    }

    @Test func `a password that is too short or too long is refused before anything is computed`() {
        for password in ["seven..", String(repeating: "x", count: 257)] {
            let fault = #expect(throws: Fault.self) {
                try SessionPassword(password: Secret("the old one"), new: Secret(password)).validate()
            }
            #expect(fault?.kind == .invalidParameters && fault?.field == "new" && fault?.words == "new must have 8 to 256 characters.")
        }
    }
}
