import Testing
import WaproCore

@Suite struct SpellingTests {
    @Test(arguments: [("frist_name", "first_name"), ("Phone", "phone"), ("phon", "phone"), ("nmae", "name")])
    func `a mistyped word finds the one that was meant`(word: String, meant: String) {
        #expect(Spelling.closest(to: word, among: ["first_name", "phone", "name", "header.image"]) == meant)
    }

    @Test func `a word that is like none finds none`() {
        #expect(Spelling.closest(to: "colour", among: ["first_name", "phone", "name"]) == nil)
        #expect(Spelling.closest(to: "x", among: []) == nil)
        #expect(Spelling.closest(to: "", among: ["name"]) == nil)
    }
}
