extension MessageState {
    /// The states that *our* decisions may move a message to. Everything else is a defect and is refused by the store.
    public var moves: Set<MessageState> {
        switch self {
        case .pending: [.waiting, .skipped, .cancelled, .expired]
        case .waiting: [.sending, .skipped, .cancelled, .expired]
        // Back to waiting: it certainly was not sent, or Meta asked to come again later.
        case .sending: [.waiting, .inDoubt, .accepted, .failed, .skipped, .cancelled, .expired]
        // Only evidence, or a person, ends doubt: to waiting is the person's order to send again.
        case .inDoubt: [.waiting, .accepted, .failed, .cancelled]
        // Meta reported an asynchronous failure that may be tried again (131049, 130429, 131056).
        case .failed: [.waiting]
        case .accepted, .sent, .delivered, .read, .played, .skipped, .cancelled, .expired, .received: []
        }
    }

    public func mayMove(to next: MessageState) -> Bool {
        moves.contains(next)
    }
}
