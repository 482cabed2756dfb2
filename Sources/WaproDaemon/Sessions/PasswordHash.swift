import Crypto
import CryptoExtras
import WaproCore

/// A password as it is kept: `scrypt$LOG2N$R$P$SALT$HASH`, so that a later version may take more trouble with new ones.
struct PasswordHash: Sendable, Hashable {
    /// 2 to this power is scrypt's N.
    let costLog2: Int
    let blockSize: Int
    let parallelism: Int
    let salt: [UInt8]
    private let hash: [UInt8]

    private static let length = 32
    /// 16 MiB and some hundred milliseconds: much for who guesses, little for who logs in.
    static let costLog2 = 14

    init(_ password: Secret, costLog2: Int = costLog2, blockSize: Int = 8, parallelism: Int = 5, salt: [UInt8] = randomBytes(16)) throws {
        (self.costLog2, self.blockSize, self.parallelism, self.salt) = (costLog2, blockSize, parallelism, salt)
        let key = try KDF.Scrypt.deriveKey(
            from: Array(password.revealed.utf8),
            salt: salt,
            outputByteCount: Self.length,
            rounds: 1 << costLog2,
            blockSize: blockSize,
            parallelism: parallelism
        )
        hash = key.withUnsafeBytes { Array($0) }
    }

    /// Of no password that anybody knows.
    static func nobodys(costLog2: Int) -> PasswordHash {
        PasswordHash(costLog2: costLog2, blockSize: 8, parallelism: 5, salt: randomBytes(16), hash: randomBytes(length))
    }

    private init(costLog2: Int, blockSize: Int, parallelism: Int, salt: [UInt8], hash: [UInt8]) {
        (self.costLog2, self.blockSize, self.parallelism, self.salt, self.hash) = (costLog2, blockSize, parallelism, salt, hash)
    }

    /// Reads what is kept; nil when it is none.
    init?(text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt", let cost = Int(parts[1]), (1...24).contains(cost), let block = Int(parts[2]),
            let parallelism = Int(parts[3]), let salt = Hexadecimal.bytes(of: String(parts[4])),
            let hash = Hexadecimal.bytes(of: String(parts[5])), hash.count == Self.length
        else { return nil }
        self.init(costLog2: cost, blockSize: block, parallelism: parallelism, salt: salt, hash: hash)
    }

    var text: String {
        "scrypt$\(costLog2)$\(blockSize)$\(parallelism)$\(Hexadecimal.text(of: salt))$\(Hexadecimal.text(of: hash))"
    }

    /// Whether it is made of this password; takes as long whatever the answer is.
    func matches(_ password: Secret) throws -> Bool {
        let other = try PasswordHash(password, costLog2: costLog2, blockSize: blockSize, parallelism: parallelism, salt: salt)
        return SymmetricKey(data: hash) == SymmetricKey(data: other.hash)
    }
}
