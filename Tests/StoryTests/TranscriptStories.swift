import Foundation
import Testing
import WaproRPC

/// A conversation with the daemon in which every method is called, as it was agreed on: what a caller of this version may rely on.
///
/// After a change that is meant: `WAPRO_GOLDEN=write swift test --filter TranscriptStories`, and look at the diff: within a major version of the
/// protocol it may only add.
@Suite(.serialized) struct TranscriptStories {
    private static let golden = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Golden/transcript.ndjson")

    private static let people = Data("phone,first_name\n+4915112345678,Ada\nnobody,Bob\n+4915112345679,Zoë\n".utf8).base64EncodedString()

    /// Lines, in which `$import` stands for the identifier that an earlier answer gave.
    private static let lines = [
        #"{"jsonrpc":"2.0","id":1,"method":"rpc.hello","params":{"client":"transcript 1"}}"#, call("system.ping"), call("system.status"),
        call("account.list"),
        call("account.check", #"{"account":"goods"}"#), call("account.token", #"{"account":"goods","token":"EAAnobody"}"#),
        call("account.token", #"{"account":"goods","token":"EAAmetasimSystemUserTokenForTests0001","idempotency_key":"token-1"}"#),
        call("account.add", #"{"name":"goods","waba_id":"330918274650112","portfolio":"group","app":"main","token":"EAAother"}"#),
        call("account.add", #"{"name":"rooms","waba_id":"330918274650999","portfolio":"group","app":"main","token":"EAAother"}"#),
        call(
            "account.add",
            #"{"name":"rooms","waba_id":"330918274650999","portfolio":"group","app":"main","token":"EAAroomsByTheMainApp","numbers":["451207733986551"],"dry_run":true}"#
        ), call("account.subscribe", #"{"account":"goods"}"#),
        call("account.subscribe", #"{"account":"goods","callback_url":"http://a.example/"}"#),
        call("number.list"), call("number.show", #"{"number":"offers"}"#),
        call("contact.import", #"{"list":"people","file_name":"people.csv","idempotency_key":"import-1"}"#),
        call("contact.import", #"{"list":"people","file_name":"people.csv","idempotency_key":"import-1"}"#),
        call("contact.import", #"{"list":"others","idempotency_key":"import-1"}"#),
        call("import.append", #"{"import":"$import","piece":1,"data":"","last":true}"#),
        call("import.append", #"{"import":"$import","piece":0,"data":"\#(people)","last":true}"#),
        call("import.show", #"{"import":"$import"}"#), call("import.faults", #"{"import":"$import"}"#),
        call("import.list", #"{"limit":5}"#),
        call("contact.list", #"{"list":"people","limit":1}"#), call("contact.show", #"{"contact":"+4915112345678"}"#),
        call("contact.show", #"{"contact":"+4915112345670"}"#), call("template.sync"), call("template.list", #"{"name":"autumn_offer"}"#),
        call("template.show", #"{"template":"autumn_offer","language":"en_GB"}"#),
        call("campaign.create", #"{"name":"spring","number":"offers","template":"autumn_offer","language":"en_GB","list":"people"}"#),
        call(
            "campaign.create",
            #"{"name":"spring","number":"offers","template":"autumn_offer","language":"en_GB","list":"people","parameters":{"1":"{{first_name|there}}","2":"20%"},"start_at":"2099-01-01T08:00:00Z"}"#
        ), call("campaign.list"), call("campaign.show", #"{"campaign":"spring"}"#), call("message.list", #"{"limit":5}"#),
        // From here on nothing leaves, so that what follows is the same in every run.
        call("system.hold", #"{"reason":"wrong price"}"#), call("system.hold"), call("campaign.start", #"{"campaign":"spring"}"#),
        call("campaign.start", #"{"campaign":"spring","at":"2099-01-01T08:00:00Z"}"#), call("campaign.report", #"{"campaign":"spring"}"#),
        call("campaign.forecast", #"{"campaign":"spring"}"#), call("campaign.recipients", #"{"campaign":"spring","limit":1}"#),
        call("campaign.why", #"{"campaign":"spring","recipient":"+4915112345678"}"#),
        call("campaign.adjust", #"{"campaign":"spring","rate":10}"#),
        call("campaign.pause", #"{"campaign":"spring"}"#), call("campaign.resume", #"{"campaign":"spring"}"#),
        call("campaign.resolve", #"{"campaign":"spring","verdict":"sent"}"#), call("campaign.cancel", #"{"campaign":"spring"}"#),
        call("message.send", #"{"to":"+4915112345678","number":"offers","text":"Hello."}"#),
        call("message.show", #"{"message":"msg_0000000000001"}"#),
        call("message.resolve", #"{"message":"msg_0000000000001","verdict":"sent"}"#),
        call("event.subscribe", #"{"from":"now"}"#), call("event.unsubscribe", #"{"subscription":"none"}"#),
        call("system.release", #"{"dry_run":true}"#),
        call("system.release"), call("user.add", #"{"name":"ada","role":"agent","password":"correct horse battery"}"#),
        call("user.add", #"{"name":"ada","role":"agent","password":"correct horse battery"}"#), call("user.list"),
        call("session.login", #"{"name":"ada","password":"wrong password"}"#),
        call("session.login", #"{"name":"ada","password":"correct horse battery","methods":["message.*"]}"#), call("session.list"),
        #"{"jsonrpc":"2.0","id":1,"method":"rpc.hello","meta":{"token":"$token"}}"#,
        #"{"jsonrpc":"2.0","id":1,"method":"campaign.list","meta":{"token":"$token"}}"#,
        #"{"jsonrpc":"2.0","id":1,"method":"session.password","params":["correct horse battery","staple of the day"],"meta":{"token":"$token"}}"#,
        #"{"jsonrpc":"2.0","id":1,"method":"session.logout","meta":{"token":"$token"}}"#,
        #"{"jsonrpc":"2.0","id":1,"method":"campaign.list","meta":{"token":"$token"}}"#, call("session.end", #"{"user":"ada"}"#),
        call("user.set", #"{"user":"ada","state":"disabled"}"#), call("user.remove", #"{"user":"ada"}"#),
        call("audit.list", #"{"limit":3}"#), call("audit.verify"),
        call("rpc.check", #"{"method":"campaign.show","params":["spring"]}"#),
        call("rpc.check", #"{"method":"campaign.show","params":{}}"#), call("rpc.check", #"{"method":"system.hold"}"#),
        call("rpc.check", #"{"method":"campaign.cancel","params":["spring"]}"#),
        call("rpc.cancel", #"{"id":99}"#), call("rpc.discover"), call("campaign.lst"), call("campaign.list", #"{"limit":"ten"}"#),
        #"{"jsonrpc":"2.0","id":1,"method":"campaign.list","meta":{"timeout":1}}"#, #"{"jsonrpc":"1.0","id":1,"method":"system.ping"}"#,
        #"{"jsonrpc":"2.0","id":1,"method":"system.ping",}"#,
        #"[{"jsonrpc":"2.0","id":"a","method":"system.ping"},{"jsonrpc":"2.0","method":"system.hold"},{"id":"b"}]"#,
    ]

    private static func call(_ method: String, _ parameters: String = "{}") -> String {
        #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":\#(parameters)}"#
    }

    @Test func `every method answers as it was agreed on`() async throws {
        for method in Catalogue.wapro.methods {
            #expect(Self.lines.contains { $0.contains(#""method":"\#(method.name)""#) }, "\(method.name)")
        }
        let transcript = try await record()
        if ProcessInfo.processInfo.environment["WAPRO_GOLDEN"] == "write" {
            try Data((transcript.joined(separator: "\n") + "\n").utf8).write(to: Self.golden)
        }
        let agreed = try String(contentsOf: Self.golden, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(agreed.count == transcript.count)
        for (agreed, now) in zip(agreed, transcript) { #expect(agreed == now) }
    }

    /// Requests and answers in turn.
    private func record() async throws -> [String] {
        let found = Found()
        try await Stage.play { stage in
            try stage.layOutTokens()
            let daemon = try await stage.startDaemon()
            defer { daemon.kill() }
            // Its first look at the numbers is no part of the conversation.
            try await eventually { try await stage.call { try await $0(NumberShow(number: "offers")).verifiedName != nil } }
            found.lines = try await offPool {
                let plug = try #require(Plug.unix(stage.socket))
                var (lines, importID, token) = ([String](), "", "")
                var quieting = Quieting()
                for line in Self.lines {
                    let line = line.replacing("$import", with: importID).replacing("$token", with: token)
                    var answer = try JSONValue.parse(try plug.line(for: line))
                    // Who has subscribed is told of events between the answers.
                    while answer["method"] != nil { answer = try JSONValue.parse(plug.nextLine()) }
                    if case .string(let id)? = answer["result"]?["import"], importID.isEmpty { importID = id }
                    if case .string(let secret)? = answer["result"]?["token"] { token = secret }
                    // Its audience is frozen behind the answer.
                    if line.contains("campaign.start") {
                        let look = Self.call("campaign.recipients", #"{"campaign":"spring"}"#)
                        for _ in 0..<500 where try !plug.line(for: look).contains(#""message":"msg_"#) { usleep(10_000) }
                    }
                    lines += [quieting.quiet(text: line), quieting.quiet(answer, of: line).compact]
                }
                return lines
            }
            #expect(try await daemon.stop() == 0)
        }
        return found.lines
    }

    private final class Found: @unchecked Sendable {
        var lines: [String] = []
    }
}

/// Takes out of an answer what is another in every run.
private struct Quieting {
    nonisolated(unsafe) private static let identifier = /[a-z]{3}_[0-9a-hjkmnp-tv-z]{13}/
    nonisolated(unsafe) private static let token = /wps_[0-9a-f]{64}/
    nonisolated(unsafe) private static let time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/
    nonisolated(unsafe) private static let place = /127\.0\.0\.1:\d+/
    private static let volatile: Set<String> = [
        "store", "boot", "version", "hash", "digest", "memory_bytes", "database_bytes", "wal_bytes", "waits", "first", "last", "cursor",
        "subscription", "rate_now", "uid", "token",
    ]
    private var names: [String: String] = [:]

    mutating func quiet(_ json: JSONValue, of request: String) -> JSONValue {
        // It has a golden file of its own.
        if request.contains("rpc.discover") { return ["jsonrpc": "2.0", "result": "openrpc.json", "id": 1] }
        return quiet(json)
    }

    private mutating func quiet(_ json: JSONValue) -> JSONValue {
        switch json {
        case .array(let elements): return .array(elements.map { quiet($0) })
        case .object(let object):
            return .object(
                JSONObject(
                    object.members.map { member in
                        JSONObject.Member(key: member.key, value: Self.volatile.contains(member.key) ? "…" : quiet(member.value))
                    }
                )
            )
        case .string(let text): return .string(quiet(text: text))
        default: return json
        }
    }

    mutating func quiet(text: String) -> String {
        var text = text.replacing(Self.token, with: "wps_…").replacing(Self.place, with: "127.0.0.1:PORT")
        for match in text.matches(of: Self.identifier).map({ String($0.output) }) {
            let name = names[match] ?? "\(match.prefix(3))_\(names.count + 1)"
            names[match] = name
            text = text.replacing(match, with: name)
        }
        // A time that the transcript itself gives stays.
        return text.replacing(Self.time) { $0.output.0.hasPrefix("2099") ? String($0.output.0) : "TIME" }
    }
}
