import Foundation
import Synchronization

@testable import MetaSim

/// A running simulator with an inbox that its webhooks go to, and a caller.
struct Stage: Sendable {
    let sim: MetaSim
    let inbox: Inbox
    let clock: SteppedTime
    let endpoints: Endpoints

    var base: String { endpoints.http! }

    /// Runs `body` on a fresh stage. Delays are scaled to nearly nothing, everybody reads, nobody replies, numbers have no rate limit.
    static func run(
        _ configure: (inout Configuration) -> Void = { _ in },
        _ body: (Stage) async throws -> Void
    ) async throws {
        let inbox = try await Inbox.open()
        let clock = SteppedTime()
        var configuration = Configuration()
        configuration.threads = 1
        configuration.now = { clock.now }
        configuration.knobs.timeScale = 0.0001
        configuration.knobs.readShare = 1
        configuration.knobs.replyShare = 0
        configuration.knobs.throughputPerSecond = -1
        // A busy machine is no failure.
        configuration.knobs.callbackTimeoutMilliseconds = 60_000
        // POSTs over several connections overtake each other, here as at Meta.
        configuration.knobs.callbackConnections = 1
        configuration.world.apps[0].callback = inbox.url
        configure(&configuration)
        let sim = MetaSim(configuration)
        let stage = Stage(sim: sim, inbox: inbox, clock: clock, endpoints: try await sim.start())
        do {
            try await body(stage)
        } catch {
            await stage.close()
            throw error
        }
        await stage.close()
    }

    private func close() async {
        await sim.stop()
        await inbox.close()
    }
}

/// A clock that moves only when told to.
final class SteppedTime: Sendable {
    private let time = Mutex<Int64>(1_795_341_600_000)

    var now: Int64 { time.withLock { $0 } }

    func step(milliseconds: Int64) {
        time.withLock { $0 += milliseconds }
    }
}

/// An answer, read with Foundation's JSON and not with the simulator's.
struct Reading {
    let status: Int
    let bytes: [UInt8]

    var json: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any] ?? [:] }
    var text: String { String(decoding: bytes, as: UTF8.self) }
    var error: [String: Any] { json["error"] as? [String: Any] ?? [:] }
    var code: Int? { error["code"] as? Int }
    var subcode: Int? { error["error_subcode"] as? Int }
    var details: String? { (error["error_data"] as? [String: Any])?["details"] as? String }
    var wamid: String? { (json["messages"] as? [[String: Any]])?.first?["id"] as? String }
}

extension Stage {
    /// Posts a message body, from the first number unless told otherwise.
    func send(
        _ body: String,
        from number: String = StandardWorld.phoneNumberID,
        token: String? = StandardWorld.accessToken
    ) async throws -> Reading {
        try await call("POST", "/v25.0/\(number)/messages", body: body, token: token)
    }

    func get(_ path: String, token: String? = StandardWorld.accessToken) async throws -> Reading {
        try await call("GET", path, token: token)
    }

    /// Waits for all webhooks, then gives every status in the order they came in.
    func statuses() async -> [Status] {
        await sim.settled()
        return inbox.statuses
    }
}

/// Bodies as Meta's examples write them.
enum Body {
    static func text(_ to: String, _ text: String = "hi", extra: String = "") -> String {
        #"{"messaging_product":"whatsapp","recipient_type":"individual","to":"\#(to)","type":"text","text":{"body":"\#(text)"}\#(extra)}"#
    }

    static func template(
        _ to: String,
        _ name: String = "autumn_offer",
        language: String = "en_GB",
        components: String = body("Amara", "20%"),
        callback: String? = nil
    ) -> String {
        let data = callback.map { #","biz_opaque_callback_data":"\#($0)""# } ?? ""
        return #"{"messaging_product":"whatsapp","to":"\#(to)","type":"template","template":{"name":"\#(name)","#
            + #""language":{"code":"\#(language)"},"components":[\#(components)]}\#(data)}"#
    }

    static func body(_ texts: String...) -> String {
        component("body", texts.map { #"{"type":"text","text":"\#($0)"}"# })
    }

    static func component(_ type: String, _ parameters: [String], extra: String = "") -> String {
        #"{"type":"\#(type)"\#(extra),"parameters":[\#(parameters.joined(separator: ","))]}"#
    }
}
