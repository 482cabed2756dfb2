import NIOHTTP1

/// The simulator's own endpoints, `/_sim/…`, for people at a shell and for other processes.
struct Admin {
    let platform: Platform

    static let help = """
        GET    /_sim/world                 ids, tokens, secrets, numbers, templates
        GET    /_sim/ledger                counts
        GET    /_sim/ledger/PERSON         what reached one phone
        GET    /_sim/duplicates?by=content people who got the same twice (recipient, content, callback_data)
        GET    /_sim/knobs                 all knobs
        POST   /_sim/knobs {"read_share":1}   turn some of them
        POST   /_sim/inbound {"from":"+447700900456","text":"Hi"}   a person writes (to, name, button_payload, in_reply_to)
        POST   /_sim/change {"field":"…","value":{…}}   any other webhook
        POST   /_sim/callback {"url":"http://127.0.0.1:8080/webhook/app"}   where webhooks go
        POST   /_sim/tokens {"value":"EAA…"}   another token, for every account; {"value":"EAA…","revoked":true} takes one back
        POST   /_sim/holds {"point":"before_answer","suffix":"456"}   freeze; points: before_acceptance, before_answer, webhook
        DELETE /_sim/holds                 release everything
        GET    /_sim/magic                 the magic numbers

        """

    func serve(_ request: HTTPRequest, _ reply: Reply) {
        reply.answer(answer(request))
    }

    private func answer(_ request: HTTPRequest) -> Answer {
        let body = request.json ?? .object([])
        switch (request.method, request.path.dropFirst().first ?? "") {
        case (.GET, ""):
            var help = Answer(200, Array(Self.help.utf8))
            help.contentType = "text/plain; charset=utf-8"
            return help
        case (.GET, "world"): return Answer(json: platform.directory.world.json)
        case (.GET, "ledger"): return Answer(json: request.path.count > 2 ? phone(request.path[2]) : summary)
        case (.GET, "duplicates"): return duplicates(request.query("by") ?? Sameness.content.rawValue)
        case (.GET, "magic"): return Answer(json: magic)
        case (.GET, "knobs"): return Answer(json: platform.knobs.json)
        case (.POST, "knobs"): return turn(body)
        case (.POST, "inbound"): return inbound(body)
        case (.POST, "change"): return change(body)
        case (.POST, "callback"): return callback(body)
        case (.POST, "tokens"): return token(body)
        case (.POST, "holds"): return hold(body)
        case (.DELETE, "holds"):
            platform.holds.releaseAll()
            return Self.done
        default: return Self.refusal("There is no such endpoint; GET /_sim/ lists them.", 404)
        }
    }

    private static let done = Answer(json: ["success": true])

    private static func refusal(_ words: String, _ status: Int = 400) -> Answer {
        Answer(status, json: ["error": .string(words)])
    }

    // MARK: Reading

    private var summary: JSON {
        let ledger = platform.ledger
        let counts = platform.allCouriers.reduce(WebhookCounts()) { $0 + $1.counts }
        return [
            "accepted": JSON(ledger.count), "reached": JSON(ledger.reachedCount), "recipients": JSON(ledger.recipientCount),
            "webhooks": [
                "posts": JSON(counts.posts), "retries": JSON(counts.retries), "delivered": JSON(counts.delivered),
                "expired": JSON(counts.expired),
            ],
        ]
    }

    private func phone(_ person: String) -> JSON {
        .array(platform.ledger.messages(to: person).map(\.json))
    }

    private func duplicates(_ by: String) -> Answer {
        guard let sameness = Sameness(rawValue: by) else { return Self.refusal("by is recipient, content or callback_data.") }
        let found = platform.ledger.duplicates(sameness)
        return Answer(
            json: .array(found.map { ["recipient": .string($0.recipient), "messages": .array($0.entries.map(\.json))] })
        )
    }

    private var magic: JSON {
        .array(MagicNumber.table.map { ["ends_in": .string("99" + $0.code), "meaning": .string($0.meaning)] })
    }

    // MARK: Changing

    private func turn(_ changes: JSON) -> Answer {
        do {
            let knobs = try platform.knobs.changed(by: changes)
            platform.adjust { $0 = knobs }
            return Answer(json: knobs.json)
        } catch {
            return Self.refusal("\(error)")
        }
    }

    private func inbound(_ body: JSON) -> Answer {
        guard let from = body["from"]?.string, let text = body["text"]?.string else {
            return Self.refusal("An inbound message needs from and text.")
        }
        var message = InboundMessage(from: from, text: text, to: body["to"]?.string ?? "", name: body["name"]?.string)
        message.buttonPayload = body["button_payload"]?.string
        message.inReplyTo = body["in_reply_to"]?.string
        guard let wamid = platform.receive(message) else {
            return Self.refusal("from is no phone number or user id, or to is no phone_number_id.")
        }
        return Answer(json: ["id": .string(wamid)])
    }

    private func change(_ body: JSON) -> Answer {
        guard let field = body["field"]?.string, let value = body["value"] else { return Self.refusal("A change needs field and value.") }
        let account = body["account"]?.string ?? platform.directory.world.accounts.first?.id ?? ""
        let text = JSONText.bytes(["value": value, "field": .string(field)])
        platform.post(.letter(Letter(.change(account: account, text), recipient: "", kind: field)), account: account, in: 0)
        return Self.done
    }

    private func callback(_ body: JSON) -> Answer {
        guard let url = body["url"]?.string, CallbackURL(url) != nil else { return Self.refusal("url must be an http:// URL.") }
        platform.updateWorld { world in
            for index in world.apps.indices { world.apps[index].callback = url }
        }
        return Self.done
    }

    private func token(_ body: JSON) -> Answer {
        guard let value = body["value"]?.string, !value.isEmpty else { return Self.refusal("A token needs value.") }
        platform.updateWorld { world in
            if !world.tokens.contains(where: { $0.value == value }) {
                world.tokens.append(AccessToken(value, app: world.apps.first?.id ?? "", accounts: world.accounts.map(\.id)))
            }
            for index in world.tokens.indices where world.tokens[index].value == value {
                world.tokens[index].isRevoked = body["revoked"] == .bool(true)
            }
        }
        return Self.done
    }

    private func hold(_ body: JSON) -> Answer {
        guard let point = body["point"]?.string.flatMap(HoldPoint.init) else {
            return Self.refusal("point is before_acceptance, before_answer or webhook.")
        }
        let suffix = body["suffix"]?.string ?? ""
        platform.holds.add(Hold(point) { $0.recipient.hasSuffix(suffix) })
        return Self.done
    }
}
