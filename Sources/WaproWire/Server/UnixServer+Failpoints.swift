#if DEBUG
    import NIOCore
    import WaproCore

    extension UnixServer {
        static func failBeforeReply(_ channel: any Channel) async throws {
            guard Failpoint.reached(.rpcBefore) == .error else { return }
            try? await channel.close()
            throw ChannelError.ioOnClosedChannel
        }

        static func failAfterReply(_ channel: any Channel) async throws {
            guard Failpoint.isInstalled else { return }
            // The writer hands the line to the event loop: a turn of that later it has left.
            try? await channel.eventLoop.submit {}.get()
            guard Failpoint.reached(.rpcAfter) == .error else { return }
            try? await channel.close()
        }
    }
#endif
