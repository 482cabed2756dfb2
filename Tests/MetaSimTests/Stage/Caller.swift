import NIOCore
import NIOHTTP1
import NIOPosix

@testable import MetaSim

extension Stage {
    /// One request on a connection of its own.
    func call(
        _ method: String,
        _ path: String,
        body: String? = nil,
        token: String? = StandardWorld.accessToken,
        milliseconds: Int64 = 60_000
    ) async throws -> Reading {
        let url = CallbackURL(base + path)!
        var headers: HTTPHeaders = ["host": url.authority]
        if let token { headers.add(name: "authorization", value: "Bearer " + token) }
        if let body {
            headers.add(name: "content-type", value: "application/json")
            headers.add(name: "content-length", value: String(body.utf8.count))
        }
        let connection = try await CallbackConnection.connect(url, on: .singletonMultiThreadedEventLoopGroup).get()
        let buffer = body.map { ByteBuffer(string: $0) }
        do {
            let answer = try await connection.call(
                HTTPMethod(rawValue: method),
                url,
                headers: headers,
                body: buffer,
                timeout: .milliseconds(milliseconds)
            ).get()
            try? await connection.channel.close()
            return Reading(status: answer.status, bytes: answer.body)
        } catch {
            try? await connection.channel.close()
            throw error
        }
    }
}
