internal import CCurl

/// One request on its way, and the libcurl handle that carries it; used again for the next one.
///
/// It watches two things that no return code tells: whether libcurl ever put the request on a connection (`starts`) and how many bytes
/// of the body it took (`handedOut`). Before the last byte was taken the server cannot have the request; after that it may.
final class Transfer {
    let easy: UnsafeMutableRawPointer
    /// Where the loop keeps it.
    var position = 0

    private(set) var ordinal: UInt64 = 0
    private(set) var deadline = ContinuousClock.now
    private(set) var starts = 0
    private(set) var handedOut = 0
    private(set) var body: [UInt8] = []
    private var completion: HTTPClient.Completion?
    /// Why a callback ended the transfer.
    private var stopped: HTTPFailure.Kind?
    private var response = HTTPResponse(status: 0, body: [])
    /// Set on the handle already, so that a series of sends sets nothing but the length.
    private var target: HTTPTarget?
    private var fresh = false
    #if DEBUG
        private var hasLeft = false
    #endif

    let tally: LaneTally
    private let largestAnswer: Int
    private let allowsHTTP2: Bool
    let words: UnsafeMutablePointer<CChar>

    init(settings: HTTPSettings, tally: LaneTally) {
        self.tally = tally
        largestAnswer = settings.largestAnswer
        allowsHTTP2 = settings.version == .http2
        easy = curl_easy_init()
        words = .allocate(capacity: Int(CURL_ERROR_SIZE))
        words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        configure(settings)
    }

    deinit { words.deallocate() }

    /// The transfer of a handle that libcurl names.
    static func of(_ easy: UnsafeMutableRawPointer?) -> Transfer? {
        var context: UnsafeMutableRawPointer?
        guard wapro_curl_get_pointer(easy, CURLINFO_PRIVATE, &context) == CURLE_OK, let context else { return nil }
        return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }

    func begin(_ submission: CurlLane.Submission, fresh: Bool) {
        ordinal = submission.ordinal
        deadline = submission.deadline
        body = submission.request.body
        completion = submission.completion
        starts = 0
        handedOut = 0
        stopped = nil
        #if DEBUG
            hasLeft = false
        #endif
        words[0] = 0
        tally.unstarted += 1
        aim(at: submission.request.target)
        if self.fresh != fresh {
            self.fresh = fresh
            wapro_curl_set_long(easy, CURLOPT_FRESH_CONNECT, fresh ? 1 : 0)
        }
        if submission.request.target.method == .post {
            wapro_curl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
        }
    }

    private func aim(at target: HTTPTarget) {
        guard target !== self.target else { return }
        wapro_curl_set_string(easy, CURLOPT_URL, target.url)
        wapro_curl_set_pointer(easy, CURLOPT_HTTPHEADER, target.headers)
        switch target.method {
        case .get: wapro_curl_set_long(easy, CURLOPT_HTTPGET, 1)
        case .head: wapro_curl_set_long(easy, CURLOPT_NOBODY, 1)
        case .post: wapro_curl_set_long(easy, CURLOPT_POST, 1)
        }
        // Plain http is HTTP/1.1: an upgrade would repeat the request, and waiting to learn whether a connection can be shared (PIPEWAIT)
        // would make every request wait for the first answer.
        let sharing = allowsHTTP2 && target.url.hasPrefix("https:")
        wapro_curl_set_long(easy, CURLOPT_HTTP_VERSION, sharing ? Int(CURL_HTTP_VERSION_2TLS) : Int(CURL_HTTP_VERSION_1_1))
        wapro_curl_set_long(easy, CURLOPT_PIPEWAIT, sharing ? 1 : 0)
        self.target = target  // keeps the header list alive
    }

    /// The result when libcurl says how it ended.
    func result(_ code: CURLcode) -> HTTPResult {
        guard code == CURLE_OK else {
            let text = words[0] == 0 ? String(cString: curl_easy_strerror(code)) : String(cString: words)
            let printable = String(decoding: text.utf8.filter { (32..<127).contains($0) }, as: UTF8.self)
            return ended(HTTPFailure(stopped ?? HTTPFailure.Kind(code), code: Int(code.rawValue), detail: printable))
        }
        var status = 0
        wapro_curl_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
        response.status = status
        return .response(response)
    }

    /// The result when there is no answer.
    func ended(_ failure: HTTPFailure) -> HTTPResult {
        starts > 0 && handedOut == body.count ? .unknown(failure) : .notSent(failure)
    }

    /// Connections that libcurl opened for it.
    var connects: Int {
        var connects = 0
        wapro_curl_get_long(easy, CURLINFO_NUM_CONNECTS, &connects)
        return connects
    }

    var spokeHTTP2: Bool {
        var version = 0
        wapro_curl_get_long(easy, CURLINFO_HTTP_VERSION, &version)
        return version >= Int(CURL_HTTP_VERSION_2_0)
    }

    /// Makes it ready for the next request; what the last one held goes.
    func rest() -> HTTPClient.Completion {
        body = []
        response = HTTPResponse(status: 0, body: [])
        defer { completion = nil }
        return completion ?? { _ in }
    }

    func close() {
        curl_easy_cleanup(easy)
    }
}

// MARK: What libcurl calls, on the lane's thread

extension Transfer {
    /// Just before the request goes on a connection. The last moment at which it certainly has not been sent.
    func mayStart() -> Bool {
        if starts > 0, handedOut > 0 || (body.isEmpty && target?.method == .post) {
            stopped = .repeatRefused
            return false
        }
        if starts == 0, deadline < ContinuousClock.now {
            stopped = .tooLate
            return false
        }
        if starts == 0 { tally.unstarted -= 1 }
        starts += 1
        return true
    }

    /// Copies the next bytes of the body; 0 when there are none left.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, body.count - handedOut)
        guard count > 0 else { return 0 }
        body.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[handedOut..<(handedOut + count)])) }
        handedOut += count
        return count
    }

    func take(body bytes: UnsafeRawBufferPointer) -> Bool {
        guard response.body.count + bytes.count <= largestAnswer else {
            stopped = .answerTooLarge
            return false
        }
        response.body.append(contentsOf: bytes)
        return true
    }

    func take(header line: UnsafeRawBufferPointer) {
        guard let first = line.first else { return }
        switch first | 0x20 {
        case UInt8(ascii: "h") where line.starts(with: "HTTP/".utf8):
            response.retryAfter = nil
            response.businessUsage = nil
        case UInt8(ascii: "r"):
            if let seconds = Self.value(of: "retry-after", in: line).flatMap({ Int($0) }), (0...86_400).contains(seconds) {
                response.retryAfter = .seconds(seconds)
            }
        case UInt8(ascii: "x"):
            if let usage = Self.value(of: "x-business-use-case-usage", in: line) { response.businessUsage = usage }
        default: break
        }
    }

    private static func value(of name: String, in line: UnsafeRawBufferPointer) -> String? {
        let name = name.utf8
        guard line.count > name.count, line[name.count] == UInt8(ascii: ":"),
            zip(line, name).allSatisfy({ $0 | 0x20 == $1 | 0x20 })
        else { return nil }
        let isSpace: (UInt8) -> Bool = { $0 == 32 || $0 == 9 || $0 == 13 || $0 == 10 }
        let rest = line[(name.count + 1)...].drop(while: isSpace)
        return String(decoding: rest.prefix(4096).reversed().drop(while: isSpace).reversed(), as: UTF8.self)
    }
}

#if DEBUG
    extension Transfer {
        /// It carries a message, rather than a question.
        var isSend: Bool { target?.method == .post }

        /// True once for each send, when libcurl has taken the last byte of it.
        func noticesLeaving() -> Bool {
            guard !hasLeft, isSend, starts > 0, handedOut == body.count else { return false }
            hasLeft = true
            return true
        }
    }
#endif
