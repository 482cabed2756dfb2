import GRDB
public import WaproCore

extension Transaction {
    /// Notes what a person said about marketing messages at `time` (Meta's clock): to stop them, or to resume.
    ///
    /// Webhooks come in any order. Stopping always counts; resuming only when it is not older than the stop that is known, so a late
    /// one never undoes an opt-out (promise P5). A person who stands here more than once, by phone and by user id, said it for all of them.
    public func prefer(_ contact: ContactID, stops: Bool, at time: Timestamp, code: Int? = nil) throws {
        for contact in try samePerson(as: contact) { try preferOne(contact, stops: stops, at: time, code: code) }
    }

    /// One person may stand here more than once. Where that comes to light, a stop that one of the rows has is true of all (promise P5).
    func shareStop(of contact: ContactID) throws {
        let same = try samePerson(as: contact)
        guard same.count > 1, let last = try same.compactMap({ try self.contact($0)?.optedOutAt }).max() else { return }
        for one in same { try preferOne(one, stops: true, at: last, code: nil) }
    }

    private func samePerson(as contact: ContactID) throws -> [ContactID] {
        guard let me = try db.row("SELECT phone, wa_id FROM contact WHERE id = ?", [contact.rawValue]) else { return [] }
        let (phone, waID): (Int64?, Int64?) = (me["phone"], me["wa_id"])
        let forms = [phone, waID].map { $0.flatMap { PhoneNumber(value: $0)?.otherForm?.value } }
        let others = try db.rows(
            "SELECT id FROM contact WHERE phone IN (?1, ?2, ?3, ?4) OR wa_id IN (?1, ?2, ?3, ?4)",
            [phone, waID] + forms
        )
        return Set(others.map { $0.id("id") } + [contact]).sorted()
    }

    private func preferOne(_ contact: ContactID, stops: Bool, at time: Timestamp, code: Int?) throws {
        if stops {
            stop(.marketing(contact))
            let isNew = try db.row("SELECT 1 FROM contact WHERE id = ? AND opted_out_at IS NULL", [contact.rawValue]) != nil
            try db.run(
                "UPDATE contact SET opted_out_at = max(coalesce(opted_out_at, 0), ?2) WHERE id = ?1",
                [contact.rawValue, time.milliseconds]
            )
            if isNew { try record(Event(topic: .contact, contact: contact, because: .optedOut, code: code, detail: "opted_out")) }
        } else {
            let isUndone = try db.run(
                "UPDATE contact SET opted_out_at = NULL WHERE id = ?1 AND opted_out_at <= ?2",
                [contact.rawValue, time.milliseconds]
            )
            if isUndone > 0 { try record(Event(topic: .contact, contact: contact, because: .metaStatus, detail: "opted_in")) }
        }
    }

    /// The person does not want marketing messages; from this commit on none is claimed for them or handed over.
    public func optOut(_ contact: ContactID, code: Int?) throws {
        try prefer(contact, stops: true, at: now, code: code)
    }
}
