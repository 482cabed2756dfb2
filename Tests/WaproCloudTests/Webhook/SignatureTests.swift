import Testing
import WaproCloud
import WaproCore

@Suite struct SignatureTests {
    let body = Array(#"{"object":"whatsapp_business_account"}"#.utf8)
    let current = Secret("current secret")
    let previous = Secret("previous secret")

    @Test func `the published example of HMAC-SHA256 verifies`() {
        // RFC 4231, test case 2.
        let header = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        let message = Array("what do ya want for nothing?".utf8)
        #expect(Signature.verify(headers: [header], body: message, secrets: [Secret("Jefe")]))
        #expect(Signature.verify(headers: ["sha256=" + header.dropFirst(7).uppercased()], body: message, secrets: [Secret("Jefe")]))
    }

    @Test func `the current and the previous secret are accepted, another is not`() {
        for secret in [current, previous] {
            #expect(Signature.verify(headers: [Signature.sign(body, secret: secret)], body: body, secrets: [current, previous]))
        }
        #expect(!Signature.verify(headers: [Signature.sign(body, secret: Secret("other"))], body: body, secrets: [current, previous]))
        #expect(!Signature.verify(headers: [Signature.sign(body, secret: Secret(""))], body: body, secrets: [Secret("")]))
        #expect(!Signature.verify(headers: [Signature.sign(body, secret: current)], body: body, secrets: []))
    }

    @Test func `any changed bit of the body is refused`() {
        let header = Signature.sign(body, secret: current)
        for index in body.indices {
            for bit in 0..<8 {
                var changed = body
                changed[index] ^= 1 << bit
                #expect(!Signature.verify(headers: [header], body: changed, secrets: [current]))
            }
        }
    }

    @Test func `any changed character of the header is refused`() {
        let header = Array(Signature.sign(body, secret: current))
        for index in header.indices {
            var changed = header
            changed[index] = changed[index] == "0" ? "1" : "0"
            #expect(!Signature.verify(headers: [String(changed)], body: body, secrets: [current]))
        }
    }

    @Test(arguments: [
        [], [""], ["sha256="], ["SHA256=" + String(repeating: "0", count: 64)], ["sha256=" + String(repeating: "g", count: 64)],
        ["sha256=" + String(repeating: "٠", count: 32)], ["sha1=da39a3ee5e6b4b0d3255bfef95601890afd80709"],
    ])
    func `a missing or malformed header is refused`(_ headers: [String]) {
        #expect(!Signature.verify(headers: headers, body: body, secrets: [current]))
    }

    @Test func `several headers are refused, even when all are right`() {
        let header = Signature.sign(body, secret: current)
        #expect(!Signature.verify(headers: [header, header], body: body, secrets: [current]))
        #expect(!Signature.verify(headers: [header + " "], body: body, secrets: [current]))
    }

    @Test func `the handshake echoes the challenge to who knows the verify token`() {
        let token = Secret("vt-example")
        #expect(Handshake(mode: "subscribe", token: "vt-example", challenge: "1158201444", verifyToken: token) == .challenge("1158201444"))
        #expect(Handshake(mode: "subscribe", token: "vt-exampl", challenge: "1158201444", verifyToken: token) == .refused)
        #expect(Handshake(mode: "unsubscribe", token: "vt-example", challenge: "1158201444", verifyToken: token) == .refused)
        #expect(Handshake(mode: "subscribe", token: nil, challenge: "1158201444", verifyToken: token) == .refused)
        #expect(Handshake(mode: "subscribe", token: "vt-example", challenge: nil, verifyToken: token) == .refused)
        #expect(Handshake(mode: "subscribe", token: "vt-example", challenge: "<script>", verifyToken: token) == .refused)
        #expect(Handshake(mode: "subscribe", token: "", challenge: "1", verifyToken: Secret("")) == .refused)
    }
}
