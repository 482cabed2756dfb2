import Testing
import WaproCore
import WaproRPC

@testable import waproctl

@Suite struct OutputTests {
    @Test(arguments: [
        ("\u{1B}[31mred", "\\u{1b}[31mred"), ("\u{1B}]0;title\u{7}", "\\u{1b}]0;title\\u{7}"), ("\u{9B}2J", "\\u{9b}2J"),
        ("a\nb\tc", "a⏎b⇥c"),
        ("abc\u{202E}def", "abc\\u{202e}def"), ("pay\u{200B}pal", "pay\\u{200b}pal"), ("\u{2028}", "\\u{2028}"), ("\u{E000}", "\\u{e000}"),
        ("Zoë 李 😀👩‍👩‍👧", "Zoë 李 😀👩‍👩‍👧"), ("z" + String(repeating: "\u{301}", count: 50), "z" + String(repeating: "\u{301}", count: 8)),
    ])
    func `text from outside is harmless`(outside: String, shown: String) {
        #expect(Array(TerminalText(outside: outside).string.unicodeScalars) == Array(shown.unicodeScalars))
        #expect(("<\(outside)>" as TerminalText).string == "<\(shown)>")
    }

    @Test(arguments: [
        // Between letters they make two names look the same.
        ("pay\u{200D}pal", "pay\\u{200d}pal"), ("pay\u{200C}pal", "pay\\u{200c}pal"), ("x\u{34F}y", "x\\u{34f}y"),
        ("pay\u{FE0F}pal", "pay\\u{fe0f}pal"),
        ("\u{3164}\u{115F}\u{1160}\u{FFA0}", "\\u{3164}\\u{115f}\\u{1160}\\u{ffa0}"),
        ("\u{17B4}\u{180B}\u{FFF0}", "\\u{17b4}\\u{180b}\\u{fff0}"),
        ("李\u{E0100}", "李\\u{e0100}"), ("a\u{2064}\u{FEFF}\u{E0041}", "a\\u{2064}\\u{feff}\\u{e0041}"),
        // Pictures are made with them, and letters of India.
        ("👩🏽‍🚀 ❤️‍🔥 🏳️‍🌈 1️⃣", "👩🏽‍🚀 ❤️‍🔥 🏳️‍🌈 1️⃣"), ("ක\u{DCA}\u{200D}ෂ", "ක\u{DCA}\u{200D}ෂ"), ("क\u{94D}\u{200C}ष", "क\u{94D}\u{200C}ष"),
        ("辻\u{FE00}", "辻\u{FE00}"),
        // Not more of them than one, and not at an end.
        ("❤\u{FE0F}\u{FE0F}\u{FE01}", "❤\u{FE0F}\\u{fe0f}\\u{fe01}"), ("👩\u{200D}\u{200D}👧", "👩\\u{200d}\\u{200d}👧"),
        ("👩\u{200D}x", "👩\\u{200d}x"),
        ("क\u{94D}\u{200D}\u{200D}", "क\u{94D}\u{200D}\\u{200d}"), ("\u{FE0F}\u{200D}👧", "\\u{fe0f}\\u{200d}👧"),
    ])
    func `what shows nothing is shown, but where it makes something of its neighbours`(outside: String, shown: String) throws {
        #expect(Array(TerminalText(outside: outside).string.unicodeScalars) == Array(shown.unicodeScalars))
        let json = JSONValue.string(outside).compact
        #expect(json.contains("\\u") == shown.contains("\\u"))
        #expect(try JSONValue.parse(json).text.map { Array($0.unicodeScalars) } == Array(outside.unicodeScalars))
    }

    @Test func `random text never brings a control, an escape or a line to the terminal`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<5000 {
            let text = String(decoding: (0..<40).map { _ in UInt8.random(in: 0...255, using: &random) }, as: UTF8.self)
            #expect(TerminalText(outside: text).string.unicodeScalars.allSatisfy { !$0.hidesOnTerminal })
            #expect(TerminalText(json: .string(text)).string.unicodeScalars.allSatisfy { !$0.hidesOnTerminal })
        }
    }

    @Test(arguments: [
        ("abc", 3), ("李小龍", 6), ("e\u{301}", 1), ("😀", 2), ("❤️", 2), ("👩‍👩‍👧", 2), ("🇩🇪", 2), ("각", 2), ("क्षि", 3), ("\u{FE0F}", 0), ("", 0),
    ])
    func `width is what a terminal shows`(text: String, width: Int) {
        #expect(TextWidth.of(text) == width)
    }

    @Test(arguments: ["\u{D4E}", "\u{FE0F}", "\u{301}", "\u{903}", "\u{200D}"])
    func `text is padded to the width that was asked for, although a space may be one character with its end or beginning`(text: String) {
        let text = TerminalText(outside: text)
        #expect(text.padded(to: 10).width == 10 && text.padded(to: 10, onLeft: true).width == 10)
    }

    @Test func `tables are aligned, numbers to the right`() {
        var table = Table(columns: [
            .init(heading: "name", isNumber: false), .init(heading: "total", isNumber: true), .init(heading: "x", isNumber: false),
        ])
        table.rows = [["李", "7", "-"], ["spring", "12,345", "y"]]
        let lines = ["name     total  x", "李           7  -", "spring  12,345  y"]
        #expect(table.lines(width: nil).map(\.string) == lines)
        #expect(table.lines(width: 10).map(\.string) == ["name     …", "李       …", "spring  1…"])
    }

    @Test func `a list is a table of chosen columns, and says how to get more`() {
        let page: JSONValue = [
            "items": [
                ["id": "x", "name": "vip\u{1B}", "state": "running", "total": 1200],
                ["id": "y", "name": "b", "state": "draft", "total": 0],
            ],
            "next": "k1",
        ]
        let lines = View.lines(page, Page<CampaignInfo>.wireType, columns: ["name", "state", "total", "started_at"], width: nil).map(
            \.string
        )
        #expect(
            lines == [
                "name       state    total  started at", "vip\\u{1b}  running  1,200  -", "b          draft        0  -",
            ]
        )
        #expect(View.lines(["items": []], Page<CampaignInfo>.wireType, width: nil) == [])
    }

    @Test func `details are a field a line, with parts below`() {
        let json: JSONValue = ["accounts": [["account": "main", "total": 3, "added": 1, "changed": 0, "removed": 0]]]
        let lines = View.lines(json, TemplateSync.Reply.wireType, width: nil).map(\.string)
        #expect(lines == ["", "accounts", "  account  total  added  changed  removed", "  main         3      1        0        0"])
    }

    @Test func `without headings a table inside of a result has none either`() {
        let json: JSONValue = ["accounts": [["account": "main", "total": 3, "added": 1, "changed": 0, "removed": 0]]]
        let lines = View.lines(json, TemplateSync.Reply.wireType, header: false, width: nil).map(\.string)
        #expect(lines == ["", "accounts", "  main  3  1  0  0"])
    }

    @Test func `chosen columns exist`() {
        func items<M: Method>(_: M.Type) -> [String] {
            guard case .object(_, let fields) = M.Reply.wireType, case .list(.object(_, let items))? = fields.first?.type else { return [] }
            return items.map(\.name)
        }
        for (name, columns) in Columns.byMethod {
            let known = Catalogue.wapro.method(name).map { items($0) } ?? []
            #expect(Set(columns).isSubset(of: known), "\(name)")
        }
    }

    @Test func `values read as people write them`() {
        #expect(Human.count(1_234_567) == "1,234,567" && Human.count(-1000) == "-1,000" && Human.count(7) == "7")
        #expect(Human.rate(12.34) == "12.3" && Human.rate(80) == "80")
        #expect(Human.bytes(512) == "512 B" && Human.bytes(1536) == "1.5 KiB")
        #expect(Human.plural(1, "line") == "1 line" && Human.plural(2, "line") == "2 lines")
    }

    @Test func `a report adds up and says what to do`() {
        let counts = RecipientCounts(
            pending: 0,
            waiting: 500,
            sending: 0,
            inDoubt: 1,
            accepted: 0,
            sent: 0,
            delivered: 400,
            read: 90,
            played: 0,
            failed: 9,
            skipped: 0,
            cancelled: 0,
            expired: 0
        )
        let report = CampaignReport.Reply(
            campaign: CampaignID(rawValue: 1),
            name: "spring",
            state: Open(.running),
            total: 1000,
            frozen: true,
            counts: counts,
            replies: 2,
            rateNow: 79.6,
            failures: [FailureCount(code: 131026, reason: "Message undeliverable", nextStep: "Check the number.", count: 9)]
        )
        let lines = ReportView.lines(report).map(\.string)
        #expect(
            lines == [
                "spring running  ██████████░░░░░░░░░░  500 of 1,000  79.6 a second  9 failed  1 in doubt", "",
                "  waiting      500  50 %", "  in doubt       1  0.1 %", "  delivered    400  40 %", "  read          90  9 %",
                "  failed         9  0.9 %",
                "  total      1,000", "", "  2 people have replied", "", "  why some failed", "    9  Message undeliverable (131026)",
                "      → Check the number.",
            ]
        )
    }
}
