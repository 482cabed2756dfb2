import NIOCore

/// One timer of a connection, wound anew at every step of every request; used on the connection's event loop alone.
///
/// Winding it later costs nothing: the timer that is set goes off, sees that its time has moved, and sets itself again.
final class Alarm {
    private var deadline = NIODeadline.distantFuture
    private var timer: (goesOffAt: NIODeadline, task: Scheduled<Void>)?

    var isWound: Bool { timer != nil }

    func wind(_ deadline: NIODeadline, on loop: any EventLoop, _ ring: @escaping () -> Void) {
        self.deadline = deadline
        if let timer, timer.goesOffAt <= deadline { return }
        timer?.task.cancel()
        set(on: loop, ring)
    }

    private func set(on loop: any EventLoop, _ ring: @escaping () -> Void) {
        let task = loop.assumeIsolated().scheduleTask(deadline: deadline) { [self] in
            timer = nil
            if deadline > .now() { set(on: loop, ring) } else { ring() }
        }
        timer = (deadline, task)
    }

    func stop() {
        timer?.task.cancel()
        timer = nil
    }
}
