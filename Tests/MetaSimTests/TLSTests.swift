import Foundation
import Testing

@testable import MetaSim

/// Against the `curl` program, which trusts nothing but the CA file that it is given.
@Suite struct TLSTests {
    private func curl(_ arguments: [String]) async throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["curl", "--silent", "--show-error", "--max-time", "20"] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        return try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { process in
                let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                continuation.resume(returning: (process.terminationStatus, output))
            }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
    }

    @Test(arguments: [("--http2", "2"), ("--http1.1", "1.1")])
    func `curl sends over HTTPS, trusting the CA file`(option: String, version: String) async throws {
        try await Stage.run({ $0.httpsPort = 0 }) { stage in
            let file = FileManager.default.temporaryDirectory.appending(path: "metasim-\(UUID().uuidString).pem")
            try stage.endpoints.authority!.write(to: file, atomically: true, encoding: .utf8)
            defer { try? FileManager.default.removeItem(at: file) }
            let url = stage.endpoints.https! + "/v25.0/\(StandardWorld.phoneNumberID)/messages"
            let (status, output) = try await curl([
                option, "--cacert", file.path, "-H", "Authorization: Bearer \(StandardWorld.accessToken)",
                "-d", Body.template("447700900456"), "-w", "\n%{http_version} %{http_code}", url,
            ])
            #expect(status == 0)
            #expect(output.hasSuffix("\n\(version) 200"))
            #expect(stage.sim.ledger.messages(to: "447700900456").count == 1)
        }
    }

    @Test func `curl refuses a certificate that nobody told it to trust`() async throws {
        try await Stage.run({ $0.httpsPort = 0 }) { stage in
            let (status, _) = try await curl([stage.endpoints.https! + "/v25.0/1"])
            #expect(status == 60)
        }
    }

    @Test func `a certificate can be expired, for another host or of another authority, and be made good while it runs`() async throws {
        try await Stage.run({
            $0.httpsPort = 0
            $0.certificateFlaw = .expired
        }) { stage in
            let file = FileManager.default.temporaryDirectory.appending(path: "metasim-\(UUID().uuidString).pem")
            try stage.endpoints.authority!.write(to: file, atomically: true, encoding: .utf8)
            defer { try? FileManager.default.removeItem(at: file) }
            func ending(_ words: String...) async throws -> (Int32, String) {
                let (status, output) = try await curl(
                    ["--cacert", file.path, "--stderr", "-"] + words + [stage.endpoints.https! + "/v25.0/1"]
                )
                return (status, output)
            }
            let expired = try await ending()
            #expect(expired.0 == 60 && expired.1.contains("expired"))
            #expect(try stage.sim.present(.otherHost))
            let other = try await ending()
            #expect(other.0 == 60 && other.1.contains("match"))
            #expect(try stage.sim.present(.unknownAuthority))
            let unknown = try await ending()
            #expect(unknown.0 == 60)
            #expect(try stage.sim.present(.none))
            #expect(try await ending().0 == 0)
        }
    }

    @Test func `it can go away, and come back to the same port with the same ledger`() async throws {
        try await Stage.run { stage in
            _ = try await stage.send(Body.template("447700900456"))
            await stage.sim.withdraw()
            await #expect(throws: (any Error).self) { try await stage.send(Body.template("447700900456")) }
            try await stage.sim.comeBack()
            #expect(try await stage.send(Body.template("447700900456")).status == 200)
            #expect(stage.sim.ledger.count == 2)
        }
    }

    @Test func `over HTTP/2 a reset stream is an empty answer after acceptance`() async throws {
        try await Stage.run({
            $0.httpsPort = 0
            $0.knobs.faults = [Fault(.reset)]
        }) { stage in
            let file = FileManager.default.temporaryDirectory.appending(path: "metasim-\(UUID().uuidString).pem")
            try stage.endpoints.authority!.write(to: file, atomically: true, encoding: .utf8)
            defer { try? FileManager.default.removeItem(at: file) }
            let url = stage.endpoints.https! + "/v25.0/\(StandardWorld.phoneNumberID)/messages"
            let (status, output) = try await curl([
                "--http2", "--cacert", file.path, "-H", "Authorization: Bearer \(StandardWorld.accessToken)", "-d",
                Body.template("447700900456"), url,
            ])
            // 92: the stream was not closed cleanly.
            #expect(status == 92)
            #expect(output.isEmpty)
            #expect(stage.sim.ledger.count == 1)
        }
    }

    @Test func `openssl verifies the certificate under the authority, strictly`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "metasim-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let made = CertificateAuthority()
        try made.authority.write(to: folder.appending(path: "ca.pem"), atomically: true, encoding: .utf8)
        try made.issue().certificate.write(to: folder.appending(path: "server.pem"), atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "openssl", "verify", "-x509_strict", "-purpose", "sslserver", "-verify_ip", "127.0.0.1",
            "-CAfile", folder.appending(path: "ca.pem").path, folder.appending(path: "server.pem").path,
        ]
        process.standardOutput = FileHandle.nullDevice
        let status = try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        #expect(status == 0)
    }
}
