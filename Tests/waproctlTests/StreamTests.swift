import Foundation
import Testing
import WaproRPC

@testable import waproctl

/// The real program, when what it prints cannot be written.
@Suite(.timeLimit(.minutes(5))) struct StreamTests {
    @Test func `a result that cannot be written is said, with status 74`() async throws {
        for (output, why) in [(">/dev/full", "No space left on device"), (">&-", "it is closed")] {
            let (status, words) = try await Bash.run("waproctl --version \(output)")
            #expect(status == 74 && words == "waproctl: Standard output cannot be written: \(why).\n")
        }
        let (status, words) = try await Bash.run("waproctl --version >&- 2>&-")
        #expect(status == 74 && words.isEmpty)
    }

    @Test(arguments: ["2>&-", "2>/dev/full", "2> >(:)", "<&-", "<&- 2>&-"])
    func `nothing fails because a hint cannot be written`(redirection: String) async throws {
        let daemon = FakeDaemon(result: ["items": [], "next": "more"])
        let (status, words) = try await Bash.run("waproctl contact list -o ndjson -v \(redirection)", daemon: daemon)
        #expect(status == 0, "\(words)")
    }

    @Test func `what is printed does not get into the connection to the daemon`() async throws {
        let daemon = FakeDaemon(result: ["items": [], "next": "more"])
        let (status, words) = try await Bash.run("waproctl contact list -o json >&-", daemon: daemon)
        #expect(status == 74 && words.hasPrefix("There is more") == false && words.contains("it is closed"))
    }

    @Test func `a reader that goes away is no failure to speak of`() async throws {
        // A pipe of which nobody has the other end.
        let (status, words) = try await Bash.run("mkfifo $0.pipe; exec 3<>$0.pipe 4>$0.pipe 3<&-; rm $0.pipe; waproctl --help >&4")
        #expect(status == 141 && words.isEmpty)
    }

    @Test func `standard input that is closed is said`() async throws {
        let (status, words) = try await Bash.run("waproctl contact import - <&-")
        #expect(status == 66 && words == "waproctl: Standard input is closed.\n")
    }

    @Test func `a pager and man start no other programs, and under sudo the caller chooses neither`() {
        let variables = ["PAGER": "evil", "MANPAGER": "evil", "MANOPT": "-P evil", "LESSOPEN": "|evil", "HOME": "/evil", "TERM": "vt100"]
        #expect(Pager.command { variables[$0] } == "evil")
        let (keepsOurs, own) = Pager.environment { variables[$0] }
        #expect(keepsOurs && own == ["LESSSECURE": "1"])
        let underSudo = variables.merging(["SUDO_UID": "1000", "WAPROCTL_PAGER": "evil"]) { $1 }
        #expect(Pager.command { underSudo[$0] }?.contains("evil") == false)
        let (keepsThere, given) = Pager.environment { underSudo[$0] }
        #expect(!keepsThere && given["TERM"] == "vt100" && given["LESSSECURE"] == "1" && given["MANPAGER"] == "less")
        #expect(!given.values.contains { $0.contains("evil") })
    }

    /// On a terminal, which `script` makes, with a man that says what it was told.
    @Test(.enabled(if: access("/usr/bin/script", X_OK) == 0, "script is not installed"))
    func `help tells man that its pager may start nothing`() async throws {
        let (_, words) = try await Bash.run(
            """
            folder=$(mktemp -d); trap 'rm -r $folder' EXIT
            printf '#!/bin/sh\\nenv\\n' >$folder/man; chmod +x $folder/man
            PATH=$folder:$PATH script -qec 'waproctl help campaign' /dev/null
            """
        )
        #expect(words.contains("LESSSECURE=1") && words.contains("WAPRO_SOCKET="))
    }
}
