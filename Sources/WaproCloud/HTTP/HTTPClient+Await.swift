import Synchronization

extension HTTPClient {
    /// The result of a request; cancelling the task cancels the request, and the result then says whether it may have been sent.
    public func result(of request: HTTPRequest) async -> HTTPResult {
        let progress = Mutex(Progress.idle)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let refused = progress.withLock { progress in
                    guard case .idle = progress else { return true }
                    progress = .handedOver(perform(request) { continuation.resume(returning: $0) })
                    return false
                }
                if refused { continuation.resume(returning: .notSent(HTTPFailure(.cancelled))) }
            }
        } onCancel: {
            let id: HTTPRequestID? = progress.withLock { progress in
                defer { progress = .cancelled }
                guard case .handedOver(let id) = progress else { return nil }
                return id
            }
            if let id { cancel(id) }
        }
    }

    /// A task may be cancelled before, while or after its request is handed over.
    private enum Progress {
        case idle
        case handedOver(HTTPRequestID)
        case cancelled
    }
}
