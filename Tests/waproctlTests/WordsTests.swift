import Testing
import WaproCore
import WaproRPC

@testable import waproctl

@Suite struct WordsTests {
    private func words(_ words: [String], _ fields: [FieldInfo] = CampaignCreate.shape.fields) throws(Ending) -> JSONObject {
        try Words(words, fields: fields).parameters
    }

    @Test func `required fields are positional, optional ones are options, in any order`() throws {
        let expected: JSONObject = [
            "name": "spring", "number": "main", "template": "sale", "list": "vip", "everyone": true, "rate": 80,
            "parameters": ["a": "1=2", "b": ""],
        ]
        let spellings = [
            ["spring", "main", "sale", "--list", "vip", "--everyone", "--rate", "80", "--parameter", "a=1=2", "--parameter", "b="],
            ["--rate=80", "spring", "--parameter=a=1=2", "main", "--everyone", "sale", "--parameter", "b=", "--list=vip"],
        ]
        for spelling in spellings { #expect(try words(spelling) == expected) }
    }

    @Test func `lists are repeated, and words after -- are no options`() throws {
        let subscribe = try words(["now", "--topic", "campaign", "--topic", "inbound"], EventSubscribe.shape.fields)
        #expect(subscribe["topics"] == ["campaign", "inbound"])
        #expect(try words(["--", "--help"], CampaignShow.shape.fields)["campaign"] == "--help")
    }

    @Test func `global options may stand anywhere`() throws {
        let words = try Words(["-o", "json", "spring", "--socket=/s"], fields: CampaignShow.shape.fields)
        #expect(words.globals["output"] == "json" && words.globals["socket"] == "/s" && words.parameters == ["campaign": "spring"])
    }

    @Test(
        arguments: [
            (["spring"], "NUMBER is missing."), (["a", "b", "c", "d"], "d is one argument too many."),
            (["a", "b", "c", "--rate", "x"], "--rate must be a whole number"),
            (["a", "b", "c", "--rate"], "--rate needs a value."), (["a", "b", "c", "--parameter", "x"], "--parameter must be key=value."),
            (["a", "b", "c", "--everyone=1"], "--everyone takes no value."), (["a", "b", "c", "--lst", "x"], "There is no option --lst."),
        ] as [([String], String)]
    )
    func `a mistake is said in words, with status 64`(spelling: [String], words expected: String) {
        let ending = #expect(throws: Ending.self) { try words(spelling) }
        #expect(ending?.status == 64 && ending?.words.hasPrefix(expected) == true)
    }

    @Test func `a mistyped option gets a suggestion`() {
        let ending = #expect(throws: Ending.self) { try words(["a", "b", "c", "--lanugage", "en"]) }
        #expect(ending?.hint == "Did you mean --language?")
    }

    @Test func `a change gets an idempotency key, and keeps one that it was given`() throws {
        let fresh = try Verb<CampaignPause>.call(["campaign": "a"])
        let other = try Verb<CampaignPause>.call(["campaign": "a"])
        #expect(fresh.call.idempotencyKey == fresh.key && fresh.key != nil && fresh.key != other.key)
        #expect(try Verb<CampaignPause>.call(["campaign": "a", "idempotency_key": "mine"]).key == "mine")
        #expect(try Verb<CampaignShow>.call(["campaign": "a"]).key == nil)
    }

    @Test func `every method's help names every field with its documentation`() {
        func check<M: Method>(_ method: M.Type) {
            let help = Help.command(Command(M.self)).map(\.string).joined(separator: "\n")
            for field in M.shape.fields {
                #expect(help.contains(Words.isPositional(field) ? field.placeholder : field.option), "\(M.name).\(field.name)")
                #expect(help.contains(field.doc), "\(M.name).\(field.name)")
            }
        }
        for method in Catalogue.wapro.methods { check(method) }
    }

    @Test func `options of one method are told apart`() {
        func check<M: Method>(_ method: M.Type) {
            let options = M.shape.fields.filter { !Words.isPositional($0) }.map(\.option)
            // A method that can be tried without effect does that itself.
            let general = Set(Globals.shape.fields.map(\.option)).subtracting(["--dry-run"])
            #expect(Set(options).count == options.count && Set(options).isDisjoint(with: general.union(["--help"])), "\(M.name)")
        }
        for method in Catalogue.wapro.methods { check(method) }
    }
}
