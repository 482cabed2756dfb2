import Synchronization
import WaproCloud
import WaproCore

@testable import WaproStore

/// Meta's end of the wire, as an HTTP client that keeps what is handed over until the simulation takes it.
final class Wire: Sendable {
    struct Handed: Sendable {
        var request: HTTPRequest
        var completion: HTTPClient.Completion
    }

    private let handed = Mutex<[Handed]>([])

    func take() -> [Handed] {
        handed.withLock { handed in
            defer { handed = [] }
            return handed
        }
    }

    var client: HTTPClient {
        var client = HTTPClient.unexpected
        client.perform = { [self] request, completion in
            handed.withLock { $0.append(Handed(request: request, completion: completion)) }
            return HTTPRequestID(lane: request.lane, ordinal: 0)
        }
        return client
    }
}

/// A message as Meta gets it: read from the bytes of the request, not from what the daemon thinks of it.
struct Post {
    /// For the checks alone; Meta does not look at it.
    let claim: Claim
    let callbackData: String
    /// Digits.
    let phone: String
    let phoneNumberID: String
    /// The template's name, or the text.
    let what: String
    let isTemplate: Bool

    var isMarketing: Bool { isTemplate && (what == "winter_sale" || what == "offer") }

    init(_ request: HTTPRequest, _ claim: Claim) throws {
        self.claim = claim
        let body = String(decoding: request.body, as: UTF8.self)
        func value(_ before: String, in text: String = body) throws -> String {
            guard let start = text.firstRange(of: before) else { throw Broken("body", "no \(before) in \(text)") }
            return String(text[start.upperBound...].prefix { $0 != "\"" && $0 != "/" })
        }
        callbackData = try value(#""biz_opaque_callback_data":""#)
        phone = try value(#""to":"+"#)
        phoneNumberID = try value("/v25.0/", in: request.target.url)
        isTemplate = try value(#""type":""#) == "template"
        what = try value(isTemplate ? #""name":""# : #""body":""#)
    }
}
