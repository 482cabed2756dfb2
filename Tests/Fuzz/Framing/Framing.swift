@testable import WaproWire

/// Lines are cut the same however the bytes come in, and as a plain reading of the rules cuts them.
///
/// The last byte chooses the limit of a line, the one before it how the bytes are cut.
@_cdecl("LLVMFuzzerTestOneInput")
public func framing(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var bytes = input(start, count)
    let limit = bytes.takeLast() % 48 + 1
    let size = bytes.takeLast() % 16
    let whole = frames(of: [bytes[...]], limit)
    hold(whole == expected(bytes, limit), "limit \(limit): \(whole), and by the rules \(expected(bytes, limit))")
    let cut = frames(of: bytes.pieces(of: size), limit)
    hold(whole == cut, "limit \(limit), pieces of \(size): \(cut), and in one piece \(whole)")
    return 0
}

private func frames(of pieces: [ArraySlice<UInt8>], _ limit: Int) -> [Frame] {
    var framer = LineFramer(limit: limit)
    var frames: [Frame] = []
    for piece in pieces {
        framer.append(piece)
        while let frame = framer.next() { frames.append(frame) }
    }
    if let last = framer.finish() { frames.append(last) }
    hold(framer.next() == nil && framer.finish() == nil && !framer.isPartial, "something comes after the end")
    return frames
}

private func expected(_ bytes: [UInt8], _ limit: Int) -> [Frame] {
    var frames: [Frame] = []
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
        let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        if line.isEmpty { continue }
        if line.count > limit { return frames + [.oversized] }
        let word = line.prefix { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
        let verbs = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE"]
        let isHTTP = verbs.contains(String(decoding: word, as: UTF8.self)) && line.dropFirst(word.count).first == UInt8(ascii: " ")
        if isHTTP || line.starts(with: "PRI * HTTP".utf8) { return frames + [.http] }
        frames.append(.line(Array(line)))
    }
    return frames
}
