import Testing
import WaproCore
import WaproPeople
import WaproStore

@Suite(.timeLimit(.minutes(5)))
struct ImporterTests {
    @Test func `good rows are imported, bad ones are kept with their line, column and reason`() async throws {
        let world = try World()
        let record = try await world.load(
            #"""
            Mobile;Name;First Order;City
            +49 151 12000001;Ada;2024-01-02;Köln
            nobody;Bob;;
            0151 12000002;"Smith; John
            Junior";;"say ""hi"""

            123;Eve;;
            +49 151 12000003;Zoë;;
            """#,
            list: "customers",
            region: "DE"
        )
        #expect(record.state == .done)
        #expect([record.lines, record.created, record.updated, record.unchanged, record.refused] == [5, 3, 0, 0, 2])

        let ada = try #require(try await world.contact(phone(1)))
        #expect(ada.name == "Ada")
        #expect(ada.attributes == ["first_order": "2024-01-02", "city": "Köln"])
        let john = try #require(try await world.contact(phone(2)))
        #expect(john.name == "Smith; John\nJunior")
        #expect(john.attributes == ["city": "say \"hi\""])
        #expect(try await world.store.read { try $0.list(named: "customers")?.members } == 3)

        let faults = try await world.faults(of: record.id)
        #expect(faults.map(\.line) == [3, 7])
        #expect(faults.map(\.field) == ["Mobile", "Mobile"])
        #expect(faults[0].reason == "this is not a phone number: it has letters in it")
    }

    @Test(arguments: [1, 2, 7, 64, 1000])
    func `a file is the same whatever the pieces in which it comes`(size: Int) async throws {
        let world = try World()
        let file = "phone,name\r\n" + (0..<20).map { "+\(phone($0)),\"Zoë \($0)\"\r\n" }.joined()
        let record = try await world.load(file, pieces: size)
        #expect(record.created == 20)
        #expect(try await world.contact(phone(19))?.name == "Zoë 19")
    }

    @Test func `an apostrophe that keeps a spreadsheet from calculating is no part of the text`() async throws {
        let world = try World()
        let record = try await world.load("phone,name,city\n'+\(phone(1)),'=Ada,'t Hooft\n+\(phone(2)),''t Hooft,'''-\n")
        #expect(record.created == 2)
        let ada = try #require(try await world.contact(phone(1)))
        #expect(ada.name == "=Ada" && ada.attributes == ["city": "'t Hooft"])
        let other = try #require(try await world.contact(phone(2)))
        #expect(other.name == "'t Hooft" && other.attributes == ["city": "''-"])
    }

    @Test func `attributes may come as JSON, and what has a column of its own counts more`() async throws {
        let world = try World()
        let record = try await world.load(
            #"""
            phone,attributes,City,attributes.size,attributes.name
            +4915112000001,"{""city"":""Köln"",""Dog, or cat"":""=Rex"",""none"":""""}",,XL,other
            +4915112000002,"{""city"":""Köln""}",Bonn,,
            +4915112000003,"red, large",,,
            +4915112000004,"{""age"":7}",,,
            +4915112000005,"{""a"":""1"",""A"":""2""}",,,
            +4915112000006,,,,
            """#
        )
        #expect([record.created, record.refused] == [3, 3])
        let first = try #require(try await world.contact(phone(1)))
        #expect(first.attributes == ["city": "Köln", "dog,_or_cat": "=Rex", "size": "XL", "name": "other"] && first.name == nil)
        #expect(try await world.contact(phone(2))?.attributes == ["city": "Bonn"])
        let faults = try await world.faults(of: record.id)
        #expect(faults.map(\.field) == ["attributes", "attributes", "attributes"] && faults.map(\.line) == [4, 5, 6])
        #expect(faults.first?.reason == #"this is not a JSON object of texts such as {"city":"Köln"}"#)
    }

    @Test func `what an export says of a person and no file can set is left out, but never a stranger's column`() async throws {
        let world = try World()
        let id = ContactID(rawValue: 7)
        let ours = try await world.load(
            """
            id,phone,attributes,lists,created_at,city
            \(id),+\(phone(1)),{},[],2026-01-01T00:00:00Z,Bonn
            ,+\(phone(2)),,,,
            17,+\(phone(3)),{},,,

            """
        )
        #expect([ours.created, ours.refused] == [2, 1])
        #expect(try await world.contact(phone(1))?.attributes == ["city": "Bonn"])
        let fault = try #require(try await world.faults(of: ours.id).first)
        #expect(fault.field == "id" && fault.line == 4 && fault.reason.contains("read as an export; rename one"))
        try await world.load("id,phone,lists,Attributes\n17,+\(phone(4)),a,red\n")
        #expect(try await world.contact(phone(4))?.attributes == ["id": "17", "lists": "a", "attributes": "red"])
    }

    @Test func `an apostrophe before a line or a sign of full width is no part of the text either`() async throws {
        let world = try World()
        try await world.load("phone,name,a,b,c\n+\(phone(1)),\"'\n=1\",'＝1,'－1,'ａ\n")
        let contact = try #require(try await world.contact(phone(1)))
        #expect(contact.name == "\n=1" && contact.attributes == ["a": "＝1", "b": "－1", "c": "'ａ"])
    }

    @Test func `a person who is in the file twice is one contact, and what is not given stays`() async throws {
        let world = try World()
        let record = try await world.load(
            "phone,name,city\n+\(phone(1)),Ada,Köln\n+\(phone(1)),Ada,Köln\n+\(phone(1)),,Bonn\n",
            list: "all"
        )
        #expect([record.created, record.unchanged, record.updated] == [1, 1, 1])
        let ada = try #require(try await world.contact(phone(1)))
        #expect(ada.name == "Ada")
        #expect(ada.attributes == ["city": "Bonn"])
        #expect(try await world.store.read { try $0.list(named: "all")?.members } == 1)
    }

    @Test func `importing the same file again changes nothing`() async throws {
        let world = try World()
        let file = "phone,name,a/b,note\n+\(phone(1)),Ada,\"x\\y\",\"tab\there, \u{1} and \u{7F} / \u{2028}é\"\n"
        #expect(try await world.load(file).created == 1)
        #expect(try await world.load(file).unchanged == 1)
        #expect(try await world.contact(phone(1))?.attributes == ["a/b": "x\\y", "note": "tab\there, \u{1} and \u{7F} / \u{2028}é"])
    }

    @Test(arguments: [
        ("", "the file is empty"), ("\n\n", "the file is empty"), ("name,city\nAda,Köln\n", "there is no column \"phone\""),
        ("phone,Name,name\n", "columns 2 and 3 are both named"),
        ("phone,First Name,first_name\n", "would both become the attribute \"first_name\""),
        ("phone,,city\n", "column 2 has no name"), ("+\(phone(1)),Ada\n+\(phone(2)),Bob\n", "it is a contact already"),
    ])
    func `a file without a usable header fails with one sentence`(file: String, sentence: String) async throws {
        let world = try World()
        let record = try await world.load(file)
        #expect(record.state == .failed)
        #expect(record.reason?.contains(sentence) == true, "\(record.reason ?? "no reason")")
        #expect(record.lines == 0)
    }

    @Test func `a file in another encoding fails with one sentence, and what came before it stays`() async throws {
        let world = try World()
        let utf16 = try await world.load([0xFF, 0xFE, 0x70, 0x00, 0x68, 0x00])
        #expect(utf16.reason?.contains("UTF-16") == true)
        let start = "phone,name\n+\(phone(1)),Ada\n"
        let latin = Array(start.utf8) + Array("+\(phone(2)),Zo".utf8) + [0xEB, 0x0A]
        let record = try await world.load(latin, pieces: start.utf8.count)
        #expect(record.state == .failed)
        #expect(record.reason == "line 3: the file is not in UTF-8 (Latin-1 or Windows-1252, perhaps); export it again as \"CSV UTF-8\"")
        #expect(record.created == 1)
    }

    @Test func `refused rows are all counted, and as many kept as the limit says`() async throws {
        var limits = ImportLimits()
        limits.faults = 150
        let world = try World(limits: limits)
        let record = try await world.load("phone\n" + String(repeating: "x\n", count: 1000))
        #expect(record.refused == 1000)
        #expect(try await world.faults(of: record.id).count == 150)
    }
}
