import Testing
import WaproCore

@Suite struct CSVHeaderTests {
    private func header(_ line: String, required: [String] = ["phone"]) throws -> CSVHeader {
        var reader = CSVReader()
        guard case .row(let row)? = try (reader.feed(Array(line.utf8)) + reader.finish()).first else { throw CSVRefusal.empty }
        return try CSVHeader(row, required: required)
    }

    @Test func `columns are found by name, large or small`() throws {
        let header = try header(" Phone ;First_Name;city")
        #expect(header.names == ["Phone", "First_Name", "city"])
        #expect(header.column("phone") == 0)
        #expect(header.column("FIRST_NAME") == 1)
        #expect(header.column("street") == nil)
    }

    @Test(arguments: [
        ("phone,name,Phone", "columns 1 and 3 are both named \"Phone\"; rename one of them"),
        ("phone,,name", "column 2 has no name in the first line; name it or remove it"),
        ("name,phnoe", "there is no column \"phone\"; is \"phnoe\" meant for it?"),
        ("name,mobile", "there is no column \"phone\"; the first line has name, mobile"),
    ])
    func `a header that cannot be used gets one clear sentence`(line: String, sentence: String) throws {
        let refusal = try #require(throws: CSVHeaderRefusal.self) { try header(line) }
        #expect(refusal.description == sentence)
    }
}
