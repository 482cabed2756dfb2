extension PhoneNumber {
    /// Makes E.164 of a number as it is dialled at home, or as it stands after a calling code.
    ///
    /// A trunk prefix is removed when what is left can be a number; so a number that begins with the same digits by itself stays whole.
    static func national(
        _ digits: DigitRun,
        code: DigitRun,
        home: NumberingPlan.Home?,
        _ plan: NumberingPlan
    ) throws(PhoneNumberRefusal) -> PhoneNumber {
        if let home {
            if let mobile = argentineMobile(digits, home), let number = existing(mobile, code, plan) { return number }
            for trunk in home.trunks where digits.count >= trunk.prefix.count + max(trunk.least, 1) && digits.starts(with: trunk.prefix) {
                if let number = existing(digits.dropping(trunk.prefix.count), code, plan) { return number }
            }
        }
        if let number = existing(digits, code, plan) { return number }
        if let local = home?.local, digits.count == local.length, let whole = digits.prepending(local.area),
            let number = existing(whole, code, plan)
        {
            return number
        }
        let trunk = home?.trunks.last { digits.count > $0.prefix.count && digits.starts(with: $0.prefix) }
        throw refusal(of: trunk.map { digits.dropping($0.prefix.count) } ?? digits, code, plan)
    }

    /// The number, when the plan has such numbers.
    static func existing(_ national: DigitRun, _ code: DigitRun, _ plan: NumberingPlan) -> PhoneNumber? {
        guard let all = national.prepending(code), all.count <= 15, plan.range(all)?.allows(national.count) == true else { return nil }
        return PhoneNumber(value: Int64(all.value))
    }

    private static func refusal(of national: DigitRun, _ code: DigitRun, _ plan: NumberingPlan) -> PhoneNumberRefusal {
        let callingCode = Int(code.value)
        guard let all = national.prepending(code), all.count <= 15 else { return .tooLong(callingCode: callingCode) }
        guard let range = plan.range(all) else { return .impossible(callingCode: callingCode) }
        if national.count < range.shortest { return .tooShort(callingCode: callingCode) }
        if national.count > range.longest { return .tooLong(callingCode: callingCode) }
        return .impossible(callingCode: callingCode)
    }

    /// Argentina dials a mobile as 0, area, 15, number at home and as 9, area, number from abroad; areas have 2 to 4 digits.
    private static func argentineMobile(_ digits: DigitRun, _ home: NumberingPlan.Home) -> DigitRun? {
        guard home.callingCode == 54 else { return nil }
        let rest = digits[0] == 0 ? digits.dropping(1) : digits
        guard rest.count == 12,
            let area = (2...4).first(where: { rest[$0] == 1 && rest[$0 + 1] == 5 && ($0 != 2 || rest.first(2).value == 11) })
        else { return nil }
        var mobile = DigitRun()
        mobile.append(9)
        return rest.dropping(area + 2).prepending(rest.first(area)).flatMap { $0.prepending(mobile) }
    }
}
