import CCurl
import Glibc

/// A bare libcurl multi loop: the same request again and again, HTTP/2 over TLS, on as many connections and streams as we use.
struct CurlFloor: Sendable {
    var url: String
    var authorities: String
    var headers: [String]
    var body: [UInt8]
    var connections = 4
    var streams = 64

    /// Requests a second.
    func run(_ total: Int) async throws -> Double {
        try await onThread { try runHere(total) }
    }

    private func runHere(_ total: Int) throws -> Double {
        guard let multi = curl_multi_init() else { throw Measure.Failure("libcurl has no multi handle") }
        wapro_curl_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
        wapro_curl_multi_set_long(multi, CURLMOPT_MAX_CONCURRENT_STREAMS, streams)
        wapro_curl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, connections)
        wapro_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, connections)
        var list: UnsafeMutablePointer<curl_slist>?
        for header in ["Expect:"] + headers { list = curl_slist_append(list, header) }
        defer { curl_slist_free_all(list) }
        return try body.withUnsafeBytes { bytes in
            var handles: [UnsafeMutableRawPointer] = []
            defer {
                for easy in handles {
                    curl_multi_remove_handle(multi, easy)
                    curl_easy_cleanup(easy)
                }
                curl_multi_cleanup(multi)
            }
            for _ in 0..<min(total, connections * streams) {
                guard let easy = curl_easy_init() else { throw Measure.Failure("libcurl has no easy handle") }
                wapro_curl_set_long(easy, CURLOPT_NOSIGNAL, 1)
                wapro_curl_set_string(easy, CURLOPT_URL, url)
                wapro_curl_set_string(easy, CURLOPT_CAINFO, authorities)
                wapro_curl_set_string(easy, CURLOPT_NOPROXY, "*")
                wapro_curl_set_pointer(easy, CURLOPT_HTTPHEADER, list)
                wapro_curl_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
                wapro_curl_set_long(easy, CURLOPT_PIPEWAIT, 1)
                wapro_curl_set_long(easy, CURLOPT_POST, 1)
                wapro_curl_set_long(easy, CURLOPT_POSTFIELDSIZE, bytes.count)
                wapro_curl_set_pointer(easy, CURLOPT_POSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
                wapro_curl_set_data_callback(easy, CURLOPT_WRITEFUNCTION) { _, size, count, _ in size * count }
                handles.append(easy)
            }
            let start = ContinuousClock.now
            for easy in handles { curl_multi_add_handle(multi, easy) }
            var (begun, done) = (handles.count, 0)
            while done < total {
                var (running, left): (Int32, Int32) = (0, 0)
                curl_multi_perform(multi, &running)
                while let message = curl_multi_info_read(multi, &left) {
                    guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
                    var status = 0
                    wapro_curl_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
                    guard message.pointee.data.result == CURLE_OK, status == 200 else {
                        throw Measure.Failure(
                            "the bare loop failed: \(String(cString: curl_easy_strerror(message.pointee.data.result))), \(status)"
                        )
                    }
                    done += 1
                    curl_multi_remove_handle(multi, easy)
                    if begun < total {
                        begun += 1
                        curl_multi_add_handle(multi, easy)
                    }
                }
                if done < total { curl_multi_poll(multi, nil, 0, 1000, nil) }
            }
            return Double(total) / (start.duration(to: .now) / .seconds(1))
        }
    }
}
