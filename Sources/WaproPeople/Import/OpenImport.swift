import WaproCore
import WaproStore

/// Rows that are written in one commit, together with what they add to the import's counts: so they are counted exactly once, also when
/// the commit fails and is tried again.
struct ImportChunk: Sendable {
    var rows: [ContactRow] = []
    var faults: [ImportFault] = []

    var isEmpty: Bool { rows.isEmpty && faults.isEmpty }
    var isFull: Bool { rows.count + faults.count >= ImportLimits.rows }
}

/// An import that takes pieces. What is here is lost with the process: then the import is called failed, and what it wrote stays.
///
/// Used by its importer alone, which is an actor.
final class OpenImport {
    let id: ImportID
    let list: ListID?
    var file: ImportFile
    /// The piece that was begun; its bytes are in `file` already, should the rest of it have to be tried again.
    var begunPiece: (index: Int, digest: PieceDigest)?
    /// Chunks whose commit failed.
    var unwritten: [ImportChunk] = []
    var bytes = 0
    var touchedAt: Timestamp
    private var isBusy = false
    private var waiters: [CheckedContinuation<Void, Never>] = []

    init(id: ImportID, list: ListID?, file: ImportFile, at now: Timestamp) {
        (self.id, self.list, self.file, touchedAt) = (id, list, file, now)
    }
}

extension OpenImport {
    /// Pieces are taken one after another, also when a caller repeats one while it is being taken.
    func takeTurn(isolation: isolated (any Actor)? = #isolation) async {
        while isBusy { await withCheckedContinuation { waiters.append($0) } }
        isBusy = true
    }

    func endTurn() {
        isBusy = false
        let woken = waiters
        waiters = []
        for waiter in woken { waiter.resume() }
    }

    var isIdle: Bool { !isBusy && waiters.isEmpty }
}
