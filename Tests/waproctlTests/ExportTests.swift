import Testing
import WaproCore
import WaproPeople
import WaproRPC
import WaproStore

@testable import waproctl

/// What is exported is imported again: the real printer, the real importer, and a store.
@Suite(.timeLimit(.minutes(5))) struct ExportTests {
    private static let awkward: [(name: String?, attributes: [String: String])] = [
        ("Ana", ["city": "Köln", "note": "a, \"b\"; c\td"]), (nil, [:]), ("two\nlines \"quoted\", and more", ["note": "=1+1"]),
        ("=1+1", ["note": "\n=1+1"]), ("+49", ["note": "\u{FF1D}1+1"]), ("-1", ["note": "foo;=1+1"]), ("@SUM(A1)", ["note": "'"]),
        ("'t Hooft", ["note": "''="]), ("\t=1", ["note": "\\t \\u{1b} \u{1B}]0;x\u{7}"]), ("\r\n=1+1", ["note": "{\"a\":\"b\"}"]),
        ("\u{FF20}x", ["id": "17", "name": "other", "phone": "none", "lists": "[]", "attributes": "{}", "a.b": "c", "größe": "XL"]),
        ("pay\u{200D}pal\u{202E}", ["note": "👩‍👩‍👧 李 \u{E0100}"]), ("'\u{FF0B}", ["city": "con_1"]),
    ]

    @Test(arguments: [
        "contact list -o csv", "contact list -o csv --fields phone,name,attributes",
        "contact list -o csv --fields attributes,id,name,lists,phone",
        "contact list -o csv --fields name,attributes.note,phone,attributes.city,attributes.name,attributes.attributes,attributes.a.b",
    ])
    func `an export that is imported again changes nobody`(line: String) async throws {
        let store = try Store(.memory)
        try await store.write(.control) { transaction in
            let list = try transaction.makeList(named: "vip")
            for (place, contact) in Self.awkward.enumerated() {
                let phone = try #require(PhoneNumber(value: 4_915_112_000_000 + Int64(place)))
                let id = try transaction.upsertContact(phone: phone, name: contact.name, attributes: contact.attributes).contact
                _ = try transaction.add(id, to: list)
            }
        }
        let before = try await store.read { try $0.contacts(list: nil, after: nil, limit: 100) }
        let screen = Screen()
        #expect(await screen.run(line, try router(store)) == 0, "\(screen.err)")
        let file = Array((screen.out.joined(separator: "\n") + "\n").utf8)

        let importer = Importer(store: store)
        let id = try await importer.begin(list: nil, defaultRegion: nil, fileName: "e.csv")
        let record = try await importer.append(id, Piece(0, file, isLast: true))
        let faults = try await store.read { try $0.importFaults(id, after: 0, limit: 100) }
        #expect(faults.isEmpty && record.state == .done, "\(record.reason ?? "")")
        #expect([record.unchanged, record.updated, record.created] == [Self.awkward.count, 0, 0])
        let after = try await store.read { try $0.contacts(list: nil, after: nil, limit: 100) }
        #expect(after == before)
    }

    private func router(_ store: Store) throws -> Router {
        var handlers = Handlers()
        handlers.on(ContactList.self) { _, _ throws(Fault) in
            let contacts = try? await store.read { snapshot in
                try snapshot.contacts(list: nil, after: nil, limit: 100).map { contact in
                    ContactInfo(
                        id: contact.id,
                        phone: contact.phone?.e164,
                        name: contact.name,
                        attributes: contact.attributes,
                        lists: try snapshot.lists(of: contact.id),
                        createdAt: contact.createdAt,
                        updatedAt: contact.updatedAt
                    )
                }
            }
            return Page(items: contacts ?? [])
        }
        return try Router(handlers, catalogue: Catalogue(methods: [ContactList.self]))
    }
}
