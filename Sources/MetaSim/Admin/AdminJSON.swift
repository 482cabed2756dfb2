import FoundationEssentials

extension World {
    /// Everything a person needs to point a client at this world. Secrets of a simulation: they open nothing.
    var json: JSON {
        [
            "portfolio": ["id": .string(portfolio.id), "messaging_limit": .string(portfolio.messagingLimit)],
            "apps": .array(
                apps.map { app in
                    [
                        "id": .string(app.id), "secret": .string(app.secret), "verify_token": .string(app.verifyToken),
                        "callback": .string(app.callback), "accounts": .array(app.accounts.map { .string($0) }),
                    ]
                }
            ),
            "tokens": .array(tokens.map { ["value": .string($0.value), "app": .string($0.app)] }),
            "accounts": .array(accounts.map(\.json)),
        ]
    }
}

extension Account {
    fileprivate var json: JSON {
        [
            "id": .string(id), "name": .string(name),
            "numbers": .array(
                numbers.map { number in
                    [
                        "id": .string(number.id), "display": .string(number.display), "verified_name": .string(number.verifiedName),
                        "throughput": .string(number.throughput.rawValue),
                    ]
                }
            ),
            "templates": .array(
                templates.map { template in
                    [
                        "id": .string(template.id), "name": .string(template.name), "language": .string(template.language),
                        "category": .string(template.category), "status": .string(template.status),
                    ]
                }
            ),
        ]
    }
}

extension LedgerEntry {
    var json: JSON {
        [
            "time": .number(String(time)), "wamid": .string(wamid), "recipient": .string(recipient),
            "phone_number_id": .string(phoneNumberID),
            "type": .string(type), "template": .string(template), "text": .string(text), "callback_data": .string(callbackData),
            "window_open": .bool(windowOpen), "failure": failure.map { JSON($0) } ?? .null, "reached": .bool(reached),
        ]
    }
}

/// Why knobs were not turned, in words.
struct KnobsRefused: Error, CustomStringConvertible {
    let description: String
}

extension Knobs {
    /// All knobs in snake case.
    var json: JSON {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = .sortedKeys
        guard let data = try? encoder.encode(self), let json = try? JSONParser.parse(data) else { return .null }
        return json
    }

    /// These knobs with the members of `changes` in place of their own. Throws for a name that is no knob and a value of the wrong type.
    func changed(by changes: JSON) throws -> Knobs {
        guard changes.isObject else { throw KnobsRefused(description: "Knobs are a JSON object.") }
        var all = json
        if let unknown = all.merge(changes) { throw KnobsRefused(description: "There is no knob \(unknown); GET /_sim/knobs lists them.") }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            return try decoder.decode(Knobs.self, from: Data(JSONText.bytes(all)))
        } catch {
            throw KnobsRefused(description: "A knob has the wrong type; GET /_sim/knobs shows what each one takes.")
        }
    }
}
