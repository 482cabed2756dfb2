#if DEBUG
    import Synchronization

    /// A named place before or after a commit or a network write, at which a test of the whole daemon can break it.
    ///
    /// Debug builds only: a release has nothing of it. This is the one list of them; a story walks every point with every action, so
    /// a point that is added here must be reached somewhere and is walked from then on.
    public enum Failpoint: String, Sendable, Hashable, CaseIterable {
        // The writer, by the class of work that is in the batch: everything of it has run and nothing is on disk; or all is, and nobody
        // was told.
        case commitBeforeControl = "commit.before.control"
        case commitBeforeJournal = "commit.before.journal"
        case commitBeforeSending = "commit.before.sending"
        case commitBeforeApplying = "commit.before.applying"
        case commitBeforeBackground = "commit.before.background"
        case commitAfterControl = "commit.after.control"
        case commitAfterJournal = "commit.after.journal"
        case commitAfterSending = "commit.after.sending"
        case commitAfterApplying = "commit.after.applying"
        case commitAfterBackground = "commit.after.background"
        case checkpointBefore = "checkpoint.before"
        case checkpointAfter = "checkpoint.after"
        // A message to Meta: libcurl does not have it yet; its last byte has left; its answer came and is not recorded.
        case sendBefore = "send.before"
        case sendLeft = "send.left"
        case sendAnswered = "send.answered"
        // The 200 for a webhook whose body is on disk.
        case webhookBefore = "webhook.before"
        case webhookAfter = "webhook.after"
        // A line to a client of the control socket.
        case rpcBefore = "rpc.before"
        case rpcAfter = "rpc.after"

        /// What the place has to feign; the other actions (the end of the process, a delay) happen inside the hook.
        public enum Fault: Sendable, Hashable {
            /// An I/O error of the disk, or a connection that is lost.
            case error
            /// The disk is full. Only ever told at a place that writes to the disk.
            case full
        }

        public typealias Hook = @Sendable (Failpoint) -> Fault?

        private static let hook = Mutex<Hook?>(nil)

        /// From now on `hook` decides what happens at each point; it may block, and may end the process.
        public static func install(_ hook: @escaping Hook) {
            self.hook.withLock { $0 = hook }
        }

        public static var isInstalled: Bool { hook.withLock { $0 != nil } }

        /// Called at the place itself. Nothing happens unless a hook was installed.
        public static func reached(_ point: Failpoint) -> Fault? {
            let hook = hook.withLock { $0 }
            return hook?(point)
        }

        /// The disk can be found full here.
        public var writesToDisk: Bool {
            switch self {
            case .commitBeforeControl, .commitBeforeJournal, .commitBeforeSending, .commitBeforeApplying, .commitBeforeBackground,
                .checkpointBefore:
                true
            default: false
            }
        }
    }
#endif
