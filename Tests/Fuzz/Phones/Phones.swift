import WaproCore

/// What is read as a number is one of the plan, stays the same when it is read again, and shows in no refusal and no log.
///
/// The last byte chooses the default region.
@_cdecl("LLVMFuzzerTestOneInput")
public func phones(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var bytes = input(start, count)
    let choice = bytes.takeLast()
    let region = choice == 0 ? nil : Region.all[choice % Region.all.count]
    let outcome = read(bytes, region)
    if let text = String(validating: bytes, as: UTF8.self) {
        let ofText = Result { () throws(PhoneNumberRefusal) in try PhoneNumber.parse(text, defaultRegion: region) }
        hold(outcome == ofText, "\(ofText) as text, \(outcome) as bytes")
    }
    switch outcome {
    case .success(let number): check(number, bytes, region)
    case .failure(let refusal):
        // A calling code at most, or the example of what spreadsheets do.
        let digits = "\(refusal)".split { !$0.isNumber }.filter { !["4", "47701", "11"].contains($0) }
        hold(digits.allSatisfy { $0.count <= 3 } && digits.count <= 1, "the refusal tells the number: \(refusal)")
    }
    return 0
}

private func read(_ bytes: [UInt8], _ region: Region?) -> Result<PhoneNumber, PhoneNumberRefusal> {
    bytes.withUnsafeBufferPointer { all in
        Result { () throws(PhoneNumberRefusal) in try PhoneNumber.parse(utf8: all, defaultRegion: region) }
    }
}

private func check(_ number: PhoneNumber, _ bytes: [UInt8], _ region: Region?) {
    let digits = number.digits
    hold((5...15).contains(digits.utf8.count) && number.e164 == "+" + digits, "not E.164")
    hold(PhoneNumber(value: number.value) == number, "it cannot be stored")
    if let home = number.region { hold(digits.hasPrefix("\(home.callingCode)"), "a number of \(home) begins otherwise") }
    hold(number.timeZones.allSatisfy { !$0.isEmpty }, "a time zone without a name")
    let masked = "\(number)"
    hold(masked == String(reflecting: number) && masked.count { $0.isNumber } <= 7, "it shows itself")
    for region in [nil, region, Region("US"), Region("DE")] {
        let again = Result { () throws(PhoneNumberRefusal) in try PhoneNumber.parse(number.e164, defaultRegion: region) }
        hold(again == .success(number), "+\(number.value) is read as \(again.map(\.value))")
    }
    // Full-width digits and a no-break space are what people paste.
    let pasted = String(decoding: bytes, as: UTF8.self).unicodeScalars.map { scalar in
        ("0"..."9").contains(scalar) ? Unicode.Scalar(scalar.value + 0xFEE0)! : scalar
    }
    var text = String.UnicodeScalarView(pasted)
    text.append("\u{A0}")
    let ofPasted = read(Array(String(text).utf8), region)
    hold(ofPasted == .success(number), "pasted it is \(ofPasted)")
}
