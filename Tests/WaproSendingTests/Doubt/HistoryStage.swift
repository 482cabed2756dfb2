import Foundation
import Synchronization
import WaproCloud
import WaproCore

@testable import WaproSending

/// Meta's `message_history` as an HTTP client: answers each call with the next page, and gives a next one while there is one.
final class HistoryStage: Sendable {
    private let pages: Mutex<[[String]]>

    /// - Parameter pages: entries of each, as `entry` writes them.
    init(_ pages: [[String]]) {
        self.pages = Mutex(pages)
    }

    /// An entry of a message to this person that left at this time; nil for one without events.
    static func entry(_ phone: Int64, _ name: String, at time: Timestamp?) -> String {
        let events = time.map { #"{"delivery_status":"SENT","timestamp":\#($0.milliseconds / 1000)}"# } ?? ""
        return #"{"id":"1","message_id":"\#(wamid(phone, name))","events":{"data":[\#(events)]}}"#
    }

    /// As Meta makes them: base64 of a small structure with the person's digits.
    static func wamid(_ phone: Int64, _ name: String) -> String {
        let digits = Array(String(phone).utf8)
        return "wamid." + Data([0x1C, 0x18, UInt8(digits.count)] + digits + Array(name.utf8)).base64EncodedString()
    }

    var client: HTTPClient {
        var client = HTTPClient.unexpected
        client.perform = { [self] request, completion in
            let (page, number) = pages.withLock { pages in (pages.isEmpty ? [] : pages.removeFirst(), pages.count) }
            let next = number > 0 ? #","paging":{"cursors":{"after":"A\#(number)"},"next":"https://elsewhere.example/"}"# : ""
            let body = #"{"data":[\#(page.joined(separator: ","))]\#(next)}"#
            completion(.response(HTTPResponse(status: 200, body: Array(body.utf8))))
            return HTTPRequestID(lane: request.lane, ordinal: UInt64(number))
        }
        return client
    }

    func history(of fixture: Fixture) throws -> MessageHistory {
        let route = SendingRoute(phoneNumberID: "106540352242922", credentials: try GraphCredentials(token: Secret("token")))
        return MessageHistory(
            store: fixture.store,
            graph: GraphReader(http: client, endpoint: .meta),
            routes: SendingRoutes([fixture.number: route]),
            callsAnHour: 60,
            settles: .seconds(30),
            clock: fixture.clock.wall
        )
    }
}
