import Testing
import WaproCore
import WaproRPC

@testable import waproctl

/// Results for programs.
@Suite(.timeLimit(.minutes(5))) struct PrinterTests {
    private func router(_ items: [ContactInfo], next: String? = nil) throws -> Router {
        var handlers = Handlers()
        handlers.on(ContactList.self) { _, _ throws(Fault) in Page(items: items, next: next) }
        return try Router(handlers, catalogue: Catalogue(methods: [ContactList.self]))
    }

    private func contact(_ name: String?, phone: String = "+4915112345678") throws -> ContactInfo {
        var json: JSONObject = [
            "id": .string(ContactID(rawValue: 5).description), "phone": .string(phone), "attributes": ["city": "Köln"],
            "lists": ["vip", "a b"],
            "created_at": "2026-11-23T08:15:00Z", "updated_at": "2026-11-23T08:15:00Z",
        ]
        json["name"] = name.map(JSONValue.string)
        return try ContactInfo.decode(.object(json), .tolerant)
    }

    private func printed(_ line: String, _ router: Router) async -> (out: [String], err: String) {
        let screen = Screen()
        #expect(await screen.run(line, router) == 0)
        return (screen.out, screen.err)
    }

    @Test func `fields are chosen and ordered by the caller`() async throws {
        let router = try router([try contact("Ana"), try contact(nil)])
        #expect(await printed("contact list -o value --fields name,phone", router).out == ["Ana\t+4915112345678", "\t+4915112345678"])
        #expect(await printed("contact list -o ndjson --fields name", router).out == [#"{"name":"Ana"}"#, #"{"name":null}"#])
        #expect(await printed("contact list --fields phone,name --no-header", router).out == ["+4915112345678  Ana", "+4915112345678  -"])
    }

    @Test func `csv quotes as RFC 4180 has it, has the columns of the declaration, and defuses formulas`() async throws {
        let router = try router([try contact("a,\"b\"\nc"), try contact("=1+1"), try contact("'t Hooft")])
        let out = await printed("contact list -o csv --fields phone,name,lists", router).out
        #expect(
            out == [
                "phone,name,lists", "'+4915112345678,\"a,\"\"b\"\"\nc\",\"[\"\"vip\"\",\"\"a b\"\"]\"",
                "'+4915112345678,'=1+1,\"[\"\"vip\"\",\"\"a b\"\"]\"", "'+4915112345678,''t Hooft,\"[\"\"vip\"\",\"\"a b\"\"]\"",
            ]
        )
        #expect(await printed("contact list -o csv", router).out.first?.split(separator: ",").contains("created_at") == true)
        #expect(await printed("contact list -o tsv --no-header --fields name", router).out == ["a,\"b\"\\nc", "=1+1", "'t Hooft"])
    }

    @Test(arguments: [
        ("\n=1+1", "\"'\n=1+1\""), ("foo;=1+1", "\"foo;=1+1\""), ("foo\t=1+1", "\"foo\t=1+1\""), ("＝1+1", "'＝1+1"), ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠x", "'＠x"), ("foo=1", "foo=1"),
    ])
    func `whatever a spreadsheet takes for a formula is text in csv`(name: String, cell: String) async throws {
        let out = await printed("contact list -o csv --fields name --no-header", try router([try contact(name)])).out
        #expect(out == [cell])
    }

    @Test func `tsv keeps controls and hidden characters visible, whoever reads it`() async throws {
        let router = try router([try contact("a\u{1B}]52;c;x\u{7}\u{202E}\\b\u{9B}2J\u{200D}é")])
        let out = await printed("contact list -o tsv --fields name --no-header", router).out
        #expect(out == ["a\\u{1b}]52;c;x\\u{7}\\u{202e}\\\\b\\u{9b}2J\\u{200d}é"])
    }

    @Test func `an attribute is a field, whatever its name`() async throws {
        let router = try router([try contact("Ana")])
        #expect(await printed("contact list -o csv --fields name,attributes.city", router).out == ["name,attributes.city", "Ana,Köln"])
        #expect(await printed("contact list --fields attributes.city", router).out == ["city", "Köln"])
        #expect(await printed("contact list -o value --fields name,attributes.lang.note", router).out == ["Ana\t"])
        #expect(await Screen().run("contact list --fields name.city", router) == 64)
    }

    @Test func `a quote with a mark upon it ends no cell`() async throws {
        let router = try router([try contact("Bob\"\u{301},=1")])
        let out = await printed("contact list -o csv --fields name --no-header", router).out
        #expect(Array(try #require(out.first).unicodeScalars) == Array("\"Bob\"\"\u{301},=1\"".unicodeScalars))
    }

    @Test func `a row that is one empty cell is a row, not an empty line`() async throws {
        let router = try router([try contact(nil), try contact("Ana")])
        #expect(await printed("contact list -o csv --fields name", router).out == ["name", "\"\"", "Ana"])
    }

    @Test func `a page that is not the last one says so on stderr`() async throws {
        let router = try router([try contact("Ana")], next: "con_1")
        #expect(await printed("contact list -o ndjson", router).err == "There is more: --after con_1\n")
        #expect(await printed("contact list -q", router).err.isEmpty)
    }

    @Test func `JSON is lossless, and value is harmless`() async throws {
        let router = try router([try contact("a\u{1B}]52;c;x\u{7}\u{202E}")])
        let value = await printed("contact list -o value --fields name", router).out
        #expect(value == ["a\\u{1b}]52;c;x\\u{7}\\u{202e}"])
        let json = await printed("contact list -o ndjson", router).out.first ?? ""
        #expect(json.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
        #expect(try JSONValue.parse(json)["name"] == "a\u{1B}]52;c;x\u{7}\u{202E}")
    }
}

/// What is asked before something dangerous is done.
@Suite(.timeLimit(.minutes(5))) struct ConfirmationTests {
    private func router() throws -> Router {
        var handlers = Handlers()
        let campaign = CampaignInfo(
            id: CampaignID(rawValue: 5),
            name: "spring",
            number: "main",
            template: "sale",
            language: "en",
            audience: "list vip",
            state: Open(.running),
            createdAt: Timestamp(seconds: 0),
            total: 0
        )
        handlers.on(CampaignStart.self) { _, _ throws(Fault) in campaign }
        handlers.on(
            CampaignCancel.self,
            trying: { ask, _ throws(Fault) in
                guard ask.campaign == "spring" else { throw Fault(.notFound, "There is no campaign.", field: "campaign") }
            },
            { _, _ throws(Fault) in campaign }
        )
        return try Router(handlers, catalogue: Catalogue(methods: [CampaignStart.self, CampaignCancel.self, RPCCheck.self]))
    }

    @Test(
        arguments: [
            ("campaign start spring", nil, 64), ("campaign start spring", "spring", 0), ("campaign start spring", "yes", 1),
            ("campaign start spring --confirm spring", nil, 0), ("campaign start spring --confirm summer", nil, 64),
            ("campaign start spring --yes", nil, 0), ("campaign start spring -y", nil, 0), ("campaign cancel spring", nil, 64),
            ("campaign cancel spring", "y", 0), ("campaign cancel spring", "n", 1), ("campaign cancel spring", "", 1),
            ("campaign cancel spring -y", nil, 0), ("campaign cancel spring --confirm spring", nil, 0),
            ("campaign cancel spring --confirm summer", nil, 64),
        ] as [(String, String?, Int32)]
    )
    func `what cannot be taken back is asked for`(line: String, answer: String?, status: Int32) async throws {
        let screen = Screen()
        #expect(await screen.run(line, try router(), answer: answer) == status, "\(screen.err)")
        if status == 64, answer == nil, !line.contains("--confirm") { #expect(screen.err.contains("--yes")) }
    }

    @Test func `a dry run asks the daemon and does nothing`() async throws {
        let screen = Screen()
        #expect(await screen.run("campaign start spring --dry-run", try router()) == 0)
        // Nobody is told that the daemon would take what was not tried.
        #expect(screen.out.isEmpty && screen.err.contains("Nothing was done") && screen.err.contains("exists was not looked at"))
        #expect(await Screen().run("campaign start spring --dry-run", try router(), role: .viewer) == 77)
        let tried = Screen()
        #expect(await tried.run("campaign cancel spring --dry-run", try router()) == 0)
        #expect(tried.out.isEmpty && tried.err == "The daemon would do it now. Nothing was done.\n")
        #expect(await Screen().run("campaign cancel sprng --dry-run", try router()) == 4)
        for (options, status) in [("--fields nonsense", 64), ("--wait", 64), ("--fields name", 0)] {
            #expect(await Screen().run("campaign cancel spring --dry-run \(options)", try router()) == status)
        }
        let printed = Screen()
        #expect(await printed.run("campaign cancel spring --dry-run -o ndjson --fields name", try router()) == 0)
        #expect(printed.out == [#"{"method":"campaign.cancel","role":"operator","effect":"changes","tried":true}"#])
    }
}
