import WaproCore
import WaproRPC

/// A value of this type; another one for another salt.
func sample(_ type: WireType, salt: Int) -> JSONValue {
    switch type {
    case .bool: return .bool(salt % 2 == 0)
    case .integer(let range): return .integer(Int64((range?.lowerBound ?? 0) + salt))
    case .longInteger: return salt % 2 == 0 ? .integer(Int64(salt)) : .string(String(Int64.max - Int64(salt)))
    case .decimal: return .decimal(Double(salt) + 0.5)
    case .text(let range):
        let text = "t\(salt)"
        return .string(range.map { String((text + String(repeating: "x", count: $0.lowerBound)).prefix($0.upperBound)) } ?? text)
    case .secret: return .string("s\(salt)")
    case .timestamp: return .string(Timestamp(seconds: Int64(salt)).description)
    case .identifier(let prefix): return .string(prefix + "_" + String(repeating: "0", count: 11) + "1\(salt % 10)")
    case .choice(let words), .word(let words): return .string(words[salt % words.count])
    case .bytes: return Base64([UInt8(salt % 256)]).json
    case .list(let element): return [sample(element, salt: salt), sample(element, salt: salt + 1)]
    case .texts: return ["key": .string("v\(salt)")]
    case .object(_, let fields): return .object(sample(fields, varied: nil, salt: salt))
    case .json: return ["any": .integer(Int64(salt))]
    }
}

/// Every field of an object alike, but one.
func sample(_ fields: [FieldInfo], varied: Int?, salt: Int = 2) -> JSONObject {
    JSONObject(
        fields.enumerated().map { position, field in
            JSONObject.Member(key: field.name, value: sample(field.type, salt: position == varied ? salt + 1 : salt))
        }
    )
}

/// The fields of a type that do not survive being read and written, each varied alone; two that are swapped show here.
func broken<Value: WireValue>(_ type: Value.Type) -> [String] {
    guard case .object(let name, let fields) = Value.wireType else { return [] }
    return (-1..<fields.count).compactMap { varied in
        let json = JSONValue.object(sample(fields, varied: varied))
        let back = try? Value.decode(json, .strict).json
        return back == json ? nil : "\(name).\(varied < 0 ? "*" : fields[varied].name)"
    }
}
