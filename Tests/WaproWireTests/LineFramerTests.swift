import Testing

@testable import WaproWire

@Suite struct LineFramerTests {
    private func frames(_ chunks: [String], limit: Int = 100) -> [Frame] {
        var framer = LineFramer(limit: limit)
        var frames: [Frame] = []
        for chunk in chunks {
            framer.append(chunk.utf8)
            while let frame = framer.next() { frames.append(frame) }
        }
        if let frame = framer.finish() { frames.append(frame) }
        return frames
    }

    private func line(_ text: String) -> Frame { .line(Array(text.utf8)) }

    @Test func `lines end with LF, and a CR before it is tolerated`() {
        #expect(frames(["a\nb\r\n", "c", "d\n"]) == [line("a"), line("b"), line("cd")])
    }

    @Test func `empty lines are ignored`() {
        #expect(frames(["\n\r\n\n", "a\n\n"]) == [line("a")])
    }

    @Test func `the last line needs no end`() {
        #expect(frames(["a\nb"]) == [line("a"), line("b")])
    }

    @Test func `cut anywhere, the lines are the same`() {
        let text = "one\r\n\ntwo\nthree"
        for size in 1...text.utf8.count {
            let chunks = stride(from: 0, to: text.utf8.count, by: size).map { String(text.dropFirst($0).prefix(size)) }
            #expect(frames([text]) == frames(chunks), "\(size)")
        }
    }

    @Test func `a line of exactly the limit passes, one byte more does not, and nothing comes after it`() {
        #expect(frames(["12345\n"], limit: 5) == [line("12345")])
        #expect(frames(["12345\r\n"], limit: 5) == [line("12345")])
        #expect(frames(["123456\nx\n"], limit: 5) == [.oversized])
        #expect(frames(["1234", "567", "x\n"], limit: 5) == [.oversized])
    }

    @Test(arguments: ["GET / HTTP/1.1\r\n", "POST /rpc HTTP/1.1\r\n", "PRI * HTTP/2.0\r\n"])
    func `an HTTP client is recognised`(request: String) {
        #expect(frames([request + "Host: x\r\n\r\n"]) == [.http])
    }

    @Test func `it says whether a line is unfinished`() {
        var framer = LineFramer(limit: 10)
        #expect(!framer.isPartial)
        framer.append("a".utf8)
        #expect(framer.next() == nil && framer.isPartial)
        framer.append("\n".utf8)
        #expect(framer.next() == line("a") && !framer.isPartial)
    }
}
