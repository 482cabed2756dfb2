import WaproCore

/// Whether secrets must be there.
public enum SecretCheck: Sendable, Hashable {
    /// Every reference must lead to a secret: for a daemon that starts.
    case required
    /// A credential may be out of reach because only systemd passes it: for `waprod --check-config` in a shell. What was not
    /// looked at is listed in `Configuration.unchecked`, and its value is empty.
    case whereReachable
}

extension SecretReference {
    /// The secret itself.
    ///
    /// - Returns: nil for a credential that is out of reach, with `.whereReachable` only.
    func resolve(environment: [String: String], check: SecretCheck) throws(Complaint) -> Secret? {
        switch self {
        case .file(let path):
            return try secret(inFile: path, credential: nil)
        case .credential(let name):
            guard let directory = environment["CREDENTIALS_DIRECTORY"] else {
                guard check == .required else { return nil }
                throw Complaint(
                    "\(self): systemd passed no credentials; start waprod with systemctl, or write {file: /PATH}"
                )
            }
            guard SmallFile.exists("\(directory)/\(name)") else {
                throw Complaint("\(self): systemd did not pass it; add LoadCredential=\(name) with “systemctl edit waprod.service”")
            }
            return try secret(inFile: "\(directory)/\(name)", credential: name)
        case .environment(let name):
            guard let value = environment[name] else { throw Complaint("\(self): the variable is not set") }
            return try secret(in: value, ifEmpty: "the variable is empty")
        }
    }

    private func secret(inFile path: String, credential name: String?) throws(Complaint) -> Secret {
        let content: SmallFile.Content
        do {
            content = try SmallFile.read(path, limit: 64 << 10)
        } catch {
            throw Complaint("\(self): \(error.text)")
        }
        if name == nil, content.isReadableByEverybody {
            throw Complaint("\(self): every user of this machine can read it; run “chmod o-rwx \(path)” and consider the secret known")
        }
        guard let text = content.text else { throw Complaint("\(self): it is not text") }
        let empty = name.map { "it is empty: put the secret in /etc/credstore/\($0), owned by root with mode 0600, and restart waprod" }
        return try secret(in: text, ifEmpty: empty ?? "the file is empty")
    }

    /// One trailing line end is an editor's, not the secret's. Anything else that cannot stand in an HTTP header is a mistake.
    private func secret(in text: String, ifEmpty empty: String) throws(Complaint) -> Secret {
        var bytes = Array(text.utf8)
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard !bytes.isEmpty else { throw Complaint("\(self): \(empty)") }
        guard bytes.allSatisfy({ (33...126).contains($0) }) else {
            throw Complaint("\(self): it has a space, a line break or a character outside ASCII in it; a secret is one word on one line")
        }
        return Secret(String(decoding: bytes, as: UTF8.self))
    }
}
