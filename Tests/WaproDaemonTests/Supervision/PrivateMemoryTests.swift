import Glibc
import Testing

@testable import WaproDaemon

struct PrivateMemoryTests {
    @Test func `nobody dumps or reads the memory of a process that asked for it`() async {
        await #expect(processExitsWith: .success) {
            PrivateMemory.begin()
            #expect(!PrivateMemory.mayBeDumped)
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
            #expect(limit.rlim_cur == 0 && limit.rlim_max == 0)
        }
    }
}
