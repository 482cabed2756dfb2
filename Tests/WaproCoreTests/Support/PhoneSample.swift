import Foundation

/// A number and what Debian's python3-phonenumbers says of it.
struct PhoneSample: Sendable {
    let kind: String
    let region: String
    let text: String
    /// E.164; nil when the library holds the number for invalid.
    let e164: String?
    /// The number's own region; nil for none.
    let home: String?

    struct LibraryMissing: Error, CustomStringConvertible {
        let output: String

        var description: String {
            """
            This test compares with the phone number library of Debian, which did not answer. Install it with
                apt-get install python3-phonenumbers
            (it has to work as: /usr/bin/python3 -c 'import phonenumbers'). It said: \(output)
            """
        }
    }

    /// Asks the library; throws what to install when it is not there.
    static func all() throws -> [PhoneSample] {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let script = tests.appending(path: "Reference/phone-samples.py")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = [script.path(percentEncoded: false)]
        let pipe = Pipe()
        let errors = Pipe()
        process.standardOutput = pipe
        process.standardError = errors
        do {
            try process.run()
        } catch {
            throw LibraryMissing(output: "\(error)")
        }
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        let complaint = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw LibraryMissing(output: String(decoding: complaint, as: UTF8.self)) }
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            let verdict = fields[3].split(separator: " ").map(String.init)
            return PhoneSample(
                kind: fields[0],
                region: fields[1],
                text: fields[2],
                e164: verdict[0] == "-" ? nil : verdict[0],
                home: verdict.count == 2 && verdict[1] != "-" ? verdict[1] : nil
            )
        }
    }
}
