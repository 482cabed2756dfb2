internal import CCurl

/// Method, address and headers: what many requests have in common. Made once and shared, so that a send costs no string work.
///
/// Headers carry tokens: nothing prints them.
public final class HTTPTarget: @unchecked Sendable {  // immutable; the list is only read, by libcurl, until the last reference goes
    public let method: HTTPMethod
    public let url: String
    let headers: UnsafeMutablePointer<curl_slist>?

    /// - Precondition: header names and values have no line breaks; `GraphCredentials` refuses tokens that have one.
    public init(_ method: HTTPMethod, _ url: String, headers: [(name: String, value: String)] = []) {
        self.method = method
        self.url = url
        // Without this libcurl asks for permission before a large body, and waits a second for it.
        var list = curl_slist_append(nil, "Expect:")
        for (name, value) in headers {
            precondition(!"\(name)\(value)".utf8.contains { $0 == 10 || $0 == 13 }, "a header must be one line")
            list = curl_slist_append(list, "\(name): \(value)")
        }
        self.headers = list
    }

    deinit { curl_slist_free_all(headers) }
}

extension HTTPTarget: CustomStringConvertible, CustomReflectable {
    public var description: String { "HTTPTarget" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
