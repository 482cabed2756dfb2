#if DEBUG
    import GRDB
    import WaproCore

    extension Failpoint {
        static func beforeCommit(of work: WorkClass) -> Failpoint {
            switch work {
            case .control: .commitBeforeControl
            case .journal: .commitBeforeJournal
            case .sending: .commitBeforeSending
            case .applying: .commitBeforeApplying
            case .background: .commitBeforeBackground
            }
        }

        static func afterCommit(of work: WorkClass) -> Failpoint {
            switch work {
            case .control: .commitAfterControl
            case .journal: .commitAfterJournal
            case .sending: .commitAfterSending
            case .applying: .commitAfterApplying
            case .background: .commitAfterBackground
            }
        }

        /// Reaches these points in turn, and throws what SQLite would.
        static func throwing(_ points: [Failpoint]) throws {
            for point in points {
                switch reached(point) {
                case .error: throw DatabaseError(resultCode: .SQLITE_IOERR, message: "failpoint \(point.rawValue)")
                case .full: throw DatabaseError(resultCode: .SQLITE_FULL, message: "failpoint \(point.rawValue)")
                case nil: break
                }
            }
        }
    }
#endif
