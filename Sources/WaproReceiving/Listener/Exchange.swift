import NIOCore
import WaproCloud
import WaproCore

/// The rules of one connection, as a state machine: what to do at each thing that happens. It reads no clock and touches no socket.
///
/// A refusal is given as early as it is certain (a body that announces itself too large is not read), and ends the connection unless
/// the request was read whole.
struct Exchange {
    enum Event {
        /// Bytes came that are not a whole header yet.
        case bytes
        case head(RequestHead)
        case body(ByteBuffer)
        case end
        /// There is no room for more of the body: other bodies fill the memory that is set aside for them.
        case crowded
        /// The store has committed the body, or has not.
        case journaled(isKept: Bool)
        /// The time for the current state is over.
        case late
        /// What came is not HTTP, or its header is larger than the limits.
        case malformed(isTooLarge: Bool)
        /// The listener stops: finish what is under way, begin nothing.
        case retire
    }

    enum Action: Equatable {
        case nothing
        /// Tell a sender that waits for it to go on with the body (`Expect: 100-continue`).
        case invite
        /// Check the signature and put the body into the journal.
        case judge(ByteBuffer, app: String, signature: String)
        case answer(WebhookAnswer, body: String? = nil, ending: Ending)
        case close
    }

    /// What becomes of the connection after an answer.
    enum Ending: Equatable {
        case keepOpen
        case close
        /// Close our side and read on a little, so that the sender sees the answer before the kernel resets it.
        case drain
    }

    private enum State {
        case idle
        case header
        case body(Incoming)
        case journaling(keepsOpen: Bool)
        case draining
        case closed
    }

    private struct Incoming {
        var app: String
        var signature: String
        var keepsOpen: Bool
    }

    private let limits: Listener.Limits
    private let apps: ListenerApps
    private var state = State.idle {
        didSet { phase += 1 }
    }
    /// What has come of the body; beside the state, so that a part is appended without copying the ones before it.
    private var body = ByteBuffer()
    private var isRetiring = false

    /// Changes whenever the time allowed begins anew.
    private(set) var phase = 0

    init(limits: Listener.Limits, apps: ListenerApps) {
        self.limits = limits
        self.apps = apps
    }

    /// A request is under way or being answered: what comes next has to wait.
    var isBusy: Bool {
        if case .journaling = state { return true }
        return false
    }

    /// False while what arrives of a body is only read to be thrown away.
    var wantsBody: Bool {
        if case .body = state { return true }
        return false
    }

    /// How long the current state may last.
    var patience: Duration {
        switch state {
        case .idle: limits.idle
        case .header: limits.header
        case .body: limits.body
        case .journaling: limits.answer
        case .draining, .closed: .seconds(1)
        }
    }

    mutating func on(_ event: Event) -> Action {
        switch (state, event) {
        case (.closed, _): .nothing
        case (.idle, .bytes): begin()
        case (.idle, .head(let head)), (.header, .head(let head)): read(head)
        case (.body, .body(let part)): take(part)
        case (.body(let incoming), .end): judge(incoming)
        case (.journaling(let keepsOpen), .journaled(let isKept)): answer(isKept ? .kept : .unavailable, whole: true, keepsOpen: keepsOpen)
        case (.journaling, .late): answer(.unavailable, whole: true, keepsOpen: false)
        case (.body, .crowded): answer(.unavailable, whole: false)
        case (.header, .late), (.body, .late): answer(.tooSlow, whole: false)
        case (.idle, .late), (.draining, .late), (.idle, .retire): close()
        case (_, .retire): retire()
        case (.idle, .malformed(let isTooLarge)), (.header, .malformed(let isTooLarge)), (.body, .malformed(let isTooLarge)):
            answer(isTooLarge ? .headerTooLarge : .unreadable, whole: false)
        // The rest of a request that was answered early; a late word from the journal.
        default: .nothing
        }
    }

    private mutating func begin() -> Action {
        state = .header
        return .nothing
    }

    private mutating func retire() -> Action {
        isRetiring = true
        return .nothing
    }

    private mutating func close() -> Action {
        state = .closed
        return .close
    }

    private mutating func read(_ head: RequestHead) -> Action {
        guard let app = head.app.flatMap({ apps[$0] }) else { return answer(.unknownPath, whole: head.isWhole, keepsOpen: head.keepsOpen) }
        switch head.method {
        case .get:
            let query = HandshakeQuery(head.query)
            let handshake = Handshake(mode: query.mode, token: query.token, challenge: query.challenge, verifyToken: app.verifyToken)
            guard case .challenge(let challenge) = handshake else {
                return answer(.unverified, whole: head.isWhole, keepsOpen: head.keepsOpen)
            }
            return answer(.handshake, body: challenge, whole: head.isWhole, keepsOpen: head.keepsOpen)
        case .post:
            guard head.announcedLength ?? 0 <= limits.bodyBytes else { return answer(.tooLarge, whole: false) }
            guard let signature = head.signature else { return answer(.unsigned, whole: head.isWhole, keepsOpen: head.keepsOpen) }
            state = .body(Incoming(app: app.name, signature: signature, keepsOpen: head.keepsOpen))
            return head.waitsForInvitation ? .invite : .nothing
        case .other:
            return answer(.wrongMethod, whole: head.isWhole, keepsOpen: head.keepsOpen)
        }
    }

    private mutating func take(_ part: ByteBuffer) -> Action {
        guard body.readableBytes + part.readableBytes <= limits.bodyBytes else { return answer(.tooLarge, whole: false) }
        var part = part
        if body.readableBytes == 0 { body = part } else { body.writeBuffer(&part) }
        return .nothing
    }

    private mutating func judge(_ incoming: Incoming) -> Action {
        state = .journaling(keepsOpen: incoming.keepsOpen)
        defer { body = ByteBuffer() }
        return .judge(body, app: incoming.app, signature: incoming.signature)
    }

    /// Refuses the body that is being judged: its signature is not of this app.
    mutating func refuseSignature() -> Action {
        guard case .journaling(let keepsOpen) = state else { return .nothing }
        return answer(.unsigned, whole: true, keepsOpen: keepsOpen)
    }

    private mutating func answer(_ answer: WebhookAnswer, body: String? = nil, whole: Bool, keepsOpen: Bool = false) -> Action {
        self.body = ByteBuffer()
        let ending: Ending = whole ? (keepsOpen && !isRetiring ? .keepOpen : .close) : .drain
        switch ending {
        case .keepOpen: state = .idle
        case .close: state = .closed
        case .drain: state = .draining
        }
        return .answer(answer, body: body, ending: ending)
    }
}
