internal import CCurl
import Glibc

extension Transfer {
    /// Everything that never changes over a handle's life.
    func configure(_ settings: HTTPSettings) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        let tally = Unmanaged.passUnretained(tally).toOpaque()
        func set(_ option: CURLoption, _ value: Int) { wapro_curl_set_long(easy, option, value) }
        func set(_ option: CURLoption, _ value: String) { wapro_curl_set_string(easy, option, value) }

        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let authorities = settings.authorities { set(CURLOPT_CAINFO, authorities) }
        // An empty proxy also switches off those of the environment.
        set(CURLOPT_PROXY, settings.proxy ?? "")
        set(CURLOPT_NOPROXY, "localhost,127.0.0.0/8,::1")
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        set(CURLOPT_CONNECTTIMEOUT_MS, settings.connectTimeout.wholeMilliseconds)
        set(CURLOPT_TIMEOUT_MS, settings.totalTimeout.wholeMilliseconds)
        set(CURLOPT_TCP_KEEPALIVE, 1)
        set(CURLOPT_USERAGENT, "wapro")

        wapro_curl_set_pointer(easy, CURLOPT_PRIVATE, context)
        wapro_curl_set_pointer(easy, CURLOPT_ERRORBUFFER, words)
        // The body of a POST comes from a callback, and there is deliberately no CURLOPT_SEEKFUNCTION: libcurl repeats a POST by itself
        // when a kept connection dies before the answer, and without a way to rewind the body it fails instead (CURLE_SEND_FAIL_REWIND).
        wapro_curl_set_pointer(easy, CURLOPT_READDATA, context)
        wapro_curl_set_data_callback(easy, CURLOPT_READFUNCTION, Transfer.onRead)
        wapro_curl_set_pointer(easy, CURLOPT_WRITEDATA, context)
        wapro_curl_set_data_callback(easy, CURLOPT_WRITEFUNCTION, Transfer.onBody)
        wapro_curl_set_pointer(easy, CURLOPT_HEADERDATA, context)
        wapro_curl_set_data_callback(easy, CURLOPT_HEADERFUNCTION, Transfer.onHeader)
        wapro_curl_set_pointer(easy, CURLOPT_PREREQDATA, context)
        wapro_curl_set_prereq_callback(easy, Transfer.onStart)
        // Connections outlive the handle that opened them, so what counts them is the lane's.
        wapro_curl_set_pointer(easy, CURLOPT_SOCKOPTDATA, tally)
        wapro_curl_set_sockopt_callback(easy, Transfer.onOpen)
        wapro_curl_set_pointer(easy, CURLOPT_CLOSESOCKETDATA, tally)
        wapro_curl_set_closesocket_callback(easy, Transfer.onClose)
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer {
        Unmanaged<Transfer>.fromOpaque(context!).takeUnretainedValue()
    }

    private static let onRead: wapro_curl_data_callback = { bytes, size, count, context in
        Transfer.from(context).read(into: UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
    }

    private static let onBody: wapro_curl_data_callback = { bytes, size, count, context in
        // Anything but the number of bytes is an error to libcurl.
        Transfer.from(context).take(body: UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
    }

    private static let onHeader: wapro_curl_data_callback = { bytes, size, count, context in
        Transfer.from(context).take(header: UnsafeRawBufferPointer(start: bytes, count: size * count))
        return size * count
    }

    private static let onStart:
        @convention(c) (
            UnsafeMutableRawPointer?, UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<CChar>?, Int32, Int32
        ) -> Int32 = { context, _, _, _, _ in
            Transfer.from(context).mayStart() ? Int32(CURL_PREREQFUNC_OK) : Int32(CURL_PREREQFUNC_ABORT)
        }

    private static let onOpen: @convention(c) (UnsafeMutableRawPointer?, curl_socket_t, curlsocktype) -> Int32 = { context, _, _ in
        Unmanaged<LaneTally>.fromOpaque(context!).takeUnretainedValue().open += 1
        return Int32(CURL_SOCKOPT_OK)
    }

    private static let onClose: @convention(c) (UnsafeMutableRawPointer?, curl_socket_t) -> Int32 = { context, socket in
        Unmanaged<LaneTally>.fromOpaque(context!).takeUnretainedValue().open -= 1
        return Glibc.close(socket)
    }
}

extension Duration {
    /// At least 1, so that a short time-out does not become none.
    fileprivate var wholeMilliseconds: Int {
        max(1, Int(self / .milliseconds(1)))
    }
}

extension HTTPFailure.Kind {
    /// What libcurl's code says went wrong; not whether the request was sent.
    init(_ code: CURLcode) {
        self =
            switch code {
            case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: .proxy
            case CURLE_COULDNT_RESOLVE_HOST: .nameNotResolved
            case CURLE_COULDNT_CONNECT: .connectionRefused
            case CURLE_OPERATION_TIMEDOUT: .timedOut
            case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
                CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
                .tls
            case CURLE_GOT_NOTHING: .emptyAnswer
            case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE: .connectionLost
            case CURLE_SEND_FAIL_REWIND: .repeatRefused
            case CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_WEIRD_SERVER_REPLY: .protocolError
            case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: .malformedAddress
            default: .other
            }
    }
}
