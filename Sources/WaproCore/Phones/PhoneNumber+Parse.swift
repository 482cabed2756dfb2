extension PhoneNumber {
    /// Makes E.164 of what people write.
    ///
    /// `+`, `00` and the default region's own exit code (such as 011) open an international number; so do all digits but a leading 0
    /// when there is no default region. With one, a number is read as it is dialled there, with its trunk prefix (0, 8, 06 …) removed.
    /// It is taken for an international number that has lost its `+` when it begins with the region's own calling code and at least
    /// nine fitting digits follow, or when it is no number there and has at least two digits more than the region's longest.
    ///
    /// Spaces, dashes, points, slashes, brackets and their relatives in Unicode are skipped, and so is the `.0` that spreadsheets
    /// append. A trunk prefix after a calling code, as in `+44 (0)20…`, is removed too.
    public static func parse(_ text: some StringProtocol, defaultRegion: Region?) throws(PhoneNumberRefusal) -> PhoneNumber {
        let fast = text.utf8.withContiguousStorageIfAvailable { outcome(of: $0, defaultRegion: defaultRegion) }
        if let fast { return try fast.get() }
        return try Array(text.utf8).withUnsafeBufferPointer { outcome(of: $0, defaultRegion: defaultRegion) }.get()
    }

    /// The same for UTF-8, as a field of a CSV row has it.
    public static func parse(utf8 bytes: UnsafeBufferPointer<UInt8>, defaultRegion: Region?) throws(PhoneNumberRefusal) -> PhoneNumber {
        let plan = NumberingPlan.shared
        var number = try read(PhoneText(bytes), defaultRegion: defaultRegion, plan)
        // Where what is left without a trunk prefix may begin with one again, as in Mexico (1), one person must not have two numbers: what is
        // returned is what it is read as itself. Each round takes digits away.
        while let again = try? international(DigitRun(value: UInt64(number.value)), plan), again != number { number = again }
        return number
    }

    private static func read(
        _ text: PhoneText,
        defaultRegion: Region?,
        _ plan: NumberingPlan
    ) throws(PhoneNumberRefusal) -> PhoneNumber {
        let digits = text.digits
        if text.hasPlus { return try international(digits.starts(with: .exit) ? digits.dropping(2) : digits, plan) }
        let home = defaultRegion.flatMap(plan.home(of:))
        if let abroad = home?.abroad, digits.starts(with: abroad), let number = try? international(digits.dropping(abroad.count), plan) {
            return number
        }
        if digits.starts(with: .exit) { return try international(digits.dropping(2), plan) }
        guard let home else {
            if digits[0] == 0 { throw .nationalWithoutRegion }
            return try international(digits, plan)
        }
        let code = DigitRun(value: UInt64(home.callingCode))
        if !home.trunks.isEmpty, digits.starts(with: code), digits.count >= code.count + 9,
            let number = existing(digits.dropping(code.count), code, plan)
        {
            return number
        }
        do {
            return try national(digits, code: code, home: home, plan)
        } catch {
            // One digit too many is a slip, and would reach a stranger in another country.
            guard digits[0] != 0, digits.count >= max(11, plan.longest(ofCode: home.callingCode) + 2) else { throw error }
            return try international(digits, plan)
        }
    }

    private static func outcome(of bytes: UnsafeBufferPointer<UInt8>, defaultRegion: Region?) -> Result<PhoneNumber, PhoneNumberRefusal> {
        Result { () throws(PhoneNumberRefusal) in try parse(utf8: bytes, defaultRegion: defaultRegion) }
    }

    private static func international(_ digits: DigitRun, _ plan: NumberingPlan) throws(PhoneNumberRefusal) -> PhoneNumber {
        guard digits.count > 3 else { throw .tooShort(callingCode: nil) }
        guard let (code, rest) = plan.split(digits) else { throw .unknownCallingCode }
        return try national(rest, code: code, home: plan.home(ofCode: Int(code.value)), plan)
    }
}

extension DigitRun {
    /// 00, what most of the world dials before a calling code.
    fileprivate static let exit: DigitRun = {
        var run = DigitRun()
        run.append(0)
        run.append(0)
        return run
    }()
}
