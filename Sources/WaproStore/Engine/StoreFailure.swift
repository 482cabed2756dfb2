/// Why the store could not do what it was asked. The message of each is for a person.
public enum StoreFailure: Error, Sendable, Hashable {
    /// Another process holds the store's lock.
    case inUse(path: String)
    /// The file was written by a newer version of wapro.
    case newer(path: String)
    /// The file or folder cannot be opened, created or written.
    case unopenable(path: String, why: String)
    /// The disk is full: nothing of the batch was kept. It may work again later.
    case full
    /// More work waits than the store accepts; the caller may try again.
    case overloaded
    /// The disk failed under a commit: whether it happened is unknown, and only a restart can tell.
    case broken(String)
    /// A read took longer than it may, or kept the log of changes from being emptied, and was ended; it changed nothing.
    case tooSlow
    /// The store is closed.
    case closed
    /// A row was not in the state that a change said it leaves; a defect of ours, so the change was refused.
    case notInState(String)
    /// SQLite refused a statement for another reason; a defect of ours.
    case refused(String)
}

extension StoreFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .inUse(let path): "the store \(path) is in use by another waprod; only one may own it"
        case .newer(let path): "the store \(path) was written by a newer version of wapro; install that version, or restore a backup"
        case .unopenable(let path, let why): "the store \(path) cannot be opened: \(why)"
        case .full: "the disk is full; nothing was changed"
        case .overloaded: "the store has more work waiting than it accepts; try again"
        case .broken(let why): "the disk failed under a commit (\(why)); waprod must restart to find out what was kept"
        case .tooSlow: "reading the store took too long and was ended; try again, or ask for less"
        case .closed: "the store is closed"
        case .notInState(let what): "the store refused a change: \(what)"
        case .refused(let why): "the store refused a statement: \(why)"
        }
    }
}
