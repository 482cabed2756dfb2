import Foundation
import Synchronization

/// A thread of the simulation's own, behind everybody else: a thousand seeds on the pool that all tests share would make those wait that
/// measure time.
final class PatientThread: TaskExecutor, @unchecked Sendable {  // the condition guards the jobs
    /// Whoever begins a seed takes the next one; a seed stays on its thread.
    static var next: PatientThread { all[Int(begun.wrappingAdd(1, ordering: .relaxed).newValue % UInt(all.count))] }
    private static let all = [PatientThread(), PatientThread()]
    private static let begun = Atomic<UInt>(0)

    private let condition = NSCondition()
    private var jobs: [UnownedJob] = []

    private init() {
        let thread = Thread { [self] in
            // Linux takes it for this thread alone.
            setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 19)
            while true { for job in take() { job.runSynchronously(on: asUnownedTaskExecutor()) } }
        }
        thread.start()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        condition.withLock {
            jobs.append(job)
            condition.signal()
        }
    }

    private func take() -> [UnownedJob] {
        condition.withLock {
            while jobs.isEmpty { condition.wait() }
            defer { jobs = [] }
            return jobs
        }
    }
}
