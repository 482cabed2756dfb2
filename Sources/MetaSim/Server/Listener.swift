import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOPosix
import NIOSSL

/// A socket that answers: plain HTTP/1.1, or HTTPS with HTTP/1.1 or HTTP/2 as ALPN agrees.
enum Listener {
    static func plain(_ platform: Platform, host: String, port: Int, on group: any EventLoopGroup) async throws -> any Channel {
        try await bootstrap(on: group) { channel in
            channel.eventLoop.makeCompletedFuture { try addHTTP1(to: channel, platform, scheme: "http") }
        }.bind(host: host, port: port).get()
    }

    static func secure(
        _ platform: Platform,
        host: String,
        port: Int,
        identity: ServerIdentity,
        on group: any EventLoopGroup
    ) async throws -> any Channel {
        try await bootstrap(on: group) { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: identity.context))
            }.flatMap {
                channel.configureHTTP2SecureUpgrade(
                    h2ChannelConfigurator: { channel in
                        channel.eventLoop.makeCompletedFuture { try addHTTP2(to: channel, platform) }
                    },
                    http1ChannelConfigurator: { channel in
                        channel.eventLoop.makeCompletedFuture { try addHTTP1(to: channel, platform, scheme: "https") }
                    }
                )
            }
        }.bind(host: host, port: port).get()
    }

    private static func bootstrap(
        on group: any EventLoopGroup,
        _ initialise: @escaping @Sendable (any Channel) -> EventLoopFuture<Void>
    ) -> ServerBootstrap {
        ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1_024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer(initialise)
    }

    private static func addHTTP1(to channel: any Channel, _ platform: Platform, scheme: String) throws {
        try channel.pipeline.syncOperations.configureHTTPServerPipeline(withPipeliningAssistance: true, withErrorHandling: true)
        try channel.pipeline.syncOperations.addHandler(ExchangeHandler(platform: platform, scheme: scheme, isStream: false))
    }

    private static func addHTTP2(to channel: any Channel, _ platform: Platform) throws {
        var connection = NIOHTTP2Handler.ConnectionConfiguration()
        connection.initialSettings = [
            HTTP2Setting(parameter: .maxConcurrentStreams, value: 1_000),
            HTTP2Setting(parameter: .maxHeaderListSize, value: 1 << 16),
        ]
        // NIO closes a connection after 200 resets in 30 seconds. libcurl resets each stream it is done with, and Meta does not mind.
        connection.controlFrameRateLimit.maximumCount = .max
        var streams = NIOHTTP2Handler.StreamConfiguration()
        streams.streamResetFrameRateLimit.maximumCount = .max
        streams.streamErrorRateLimit.maximumCount = .max
        streams.targetWindowSize = 1 << 20
        _ = try channel.pipeline.syncOperations.configureHTTP2Pipeline(
            mode: .server,
            connectionConfiguration: connection,
            streamConfiguration: streams
        ) { stream in
            stream.eventLoop.makeCompletedFuture {
                try stream.pipeline.syncOperations.addHandler(HTTP2FramePayloadToHTTP1ServerCodec())
                try stream.pipeline.syncOperations.addHandler(ExchangeHandler(platform: platform, scheme: "https", isStream: true))
            }
        }
    }
}
