import Testing
import WaproCore

@testable import WaproDaemon

struct FormatTests {
    @Test(arguments: [
        ("250ms", Duration.milliseconds(250)), ("30s", .seconds(30)), ("5m", .seconds(300)), ("1h", .seconds(3600)),
        ("7d", .seconds(604_800)),
    ])
    func `a duration is read and written back`(text: String, duration: Duration) {
        #expect(DurationText.parse(text) == duration)
        #expect(DurationText.render(duration) == text)
    }

    @Test(arguments: ["", "30", "s", "-1s", "1.5s", "30 s", "30S", "99999999999999999999s", "9223372036854775807d", "٣s"])
    func `what is not a duration is refused`(text: String) {
        #expect(DurationText.parse(text) == nil)
    }

    @Test(arguments: [
        ("4096", 4096, "4KiB"), ("64KiB", 65_536, "64KiB"), ("4MiB", 4 << 20, "4MiB"), ("2GiB", 2 << 30, "2GiB"), ("1_000", 1000, "1000"),
    ])
    func `a size is read and written in its largest unit`(text: String, bytes: Int, rendered: String) {
        #expect(ByteSize.parse(text) == bytes)
        #expect(ByteSize.render(bytes) == rendered)
    }

    @Test(arguments: ["", "MiB", "4MB", "4 MiB", "-1", "9223372036854775807GiB"])
    func `what is not a size is refused`(text: String) {
        #expect(ByteSize.parse(text) == nil)
    }

    @Test(arguments: ["127.0.0.1:8085", "0.0.0.0:80", "[::1]:8085", "[2001:db8::1]:0"])
    func `an address to listen on is read and written back`(text: String) {
        #expect(ListenAddress(text)?.description == text)
    }

    @Test(arguments: ["", ":8085", "8085", "localhost:8085", "::1:8085", "[127.0.0.1]:80", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1"])
    func `what is not an address is refused`(text: String) {
        #expect(ListenAddress(text) == nil)
    }

    @Test func `a URL with a password in it is refused without repeating it`() {
        let complaint = #expect(throws: Complaint.self) { try Format.proxy.read("http://user:canary@proxy.example:3128") }
        #expect(complaint?.text.contains("canary") == false)
    }

    @Test(arguments: ["http://127.0.0.1:9000", "http://localhost", "http://[::1]:9000", "https://graph.facebook.com/"])
    func `plain http is for loopback only`(text: String) throws {
        #expect(try Format.baseURL.read(text) == (text.hasSuffix("/") ? String(text.dropLast()) : text))
        #expect(throws: Complaint.self) { try Format.baseURL.read("http://127.example.com") }
    }
}
