import Testing
import WaproCore
import WaproRPC

/// What holds for every method there is, and for every one that will be.
@Suite struct CatalogueLaws {
    static let methods = Catalogue.wapro.methods

    private struct Swapped: Wire {
        let a: Bool
        let b: Bool
        static let shape = Shape(Self.init, Field("b", \.b, "B."), Field("a", \.a, "A."))
    }

    @Test func `every field survives the wire, each varied alone`() {
        func check<M: Method>(_ method: M.Type) {
            #expect(broken(M.self) == [])
            #expect(broken(M.Reply.self) == [])
        }
        for method in Self.methods { check(method) }
        #expect(broken(EventNotification.self) == [])
    }

    @Test func `two fields in swapped order are found`() {
        #expect(broken(Swapped.self) == ["Swapped.b", "Swapped.a"])
    }

    @Test func `names are noun.verb, in lower case, and unique`() {
        let names = Self.methods.map { $0.name }
        #expect(Set(names).count == names.count)
        for name in names {
            let parts = name.split(separator: ".")
            #expect(
                parts.count == 2
                    && name.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) },
                "\(name)"
            )
        }
    }

    @Test func `everything is documented in sentences`() {
        func check(_ text: String, _ place: String) {
            #expect(text.hasSuffix(".") && text.first?.isUppercase == true || text.hasPrefix("positional"), "\(place): \(text)")
        }
        func check(_ fields: [FieldInfo], _ place: String) {
            for field in fields {
                check(field.doc, "\(place).\(field.name)")
                let isPlain = field.name.allSatisfy { $0 == "_" || ("a"..."z").contains($0) || ("0"..."9").contains($0) }
                #expect(isPlain && field.name.first?.isLetter == true, "\(place).\(field.name)")
                switch field.type {
                case .object(let name, let inner), .list(.object(let name, let inner)): check(inner, name)
                default: break
                }
            }
        }
        for method in Self.methods {
            check(method.doc.summary, method.name)
            if !method.doc.details.isEmpty { check(method.doc.details, method.name) }
            func fields<M: Method>(_: M.Type) {
                check(M.shape.fields, M.name)
                if case .object(let name, let inner) = M.Reply.wireType { check(inner, name) }
            }
            fields(method)
        }
        for kind in Fault.Kind.all { check(kind.doc, kind.slug) }
    }

    @Test func `examples are calls that the daemon would read`() {
        func check<M: Method>(_ method: M.Type) {
            #expect((try? M.decode(M.example.json, .strict)) == M.example, "\(M.name)")
            #expect(throws: Never.self, "\(M.name)") { try M.example.validate() }
        }
        for method in Self.methods { check(method) }
    }

    @Test func `what changes something takes an idempotency key, and nothing else does`() {
        func fields<M: Method>(_: M.Type) -> [FieldInfo] { M.shape.fields }
        for method in Self.methods {
            let changes = method.effect != .reads
            #expect((method is any ChangingMethod.Type) == changes, "\(method.name)")
            #expect(fields(method).contains { $0.name == "idempotency_key" } == changes, "\(method.name)")
        }
    }

    @Test func `a viewer changes nothing, and gets neither a phone number nor a text nor a person's name`() {
        func names(_ type: WireType) -> [String] {
            switch type {
            case .object(_, let fields): fields.flatMap { [$0.name] + names($0.type) }
            case .list(let element): names(element)
            default: []
            }
        }
        func reply<M: Method>(_: M.Type) -> WireType { M.Reply.wireType }
        for method in Self.methods where method.role == .viewer {
            // Whoever logs in changes what is known of its own session, and nothing else.
            #expect(method.effect == .reads || method.noun == "session", "\(method.name)")
            let personal: Set<String> = ["phone", "wa_id", "user_id", "profile_name", "text", "attributes", "contact", "message"]
            #expect(personal.isDisjoint(with: names(reply(method))), "\(method.name)")
        }
    }

    @Test func `slugs and numbers of faults are unique, and general faults are those of the protocol and the daemon`() {
        let kinds = Fault.Kind.all
        #expect(Set(kinds.map(\.slug)).count == kinds.count)
        // JSON-RPC knows one number for every kind of bad request.
        let numbers = kinds.filter { $0 != .messageTooLarge }.map(\.number)
        #expect(Set(numbers).count == numbers.count)
        for kind in kinds where kind.isGeneral { #expect(kind.number < 0, "\(kind.slug)") }
    }

    @Test func `a fault survives the wire`() {
        let fault = Fault(.overloaded, "Busy.", field: "a.b", hint: "Wait.", retryAfterMilliseconds: 250)
        #expect(Fault(json: fault.json) == fault)
        let later = Fault(json: ["code": 999, "message": "New.", "data": ["type": "brand_new", "retryable": true]])
        #expect(later?.kind.slug == "brand_new" && later?.retryable == true)
    }

    @Test func `lists page by key`() {
        func fields<M: Method>(_: M.Type) -> [String] { M.shape.fields.map(\.name) }
        func pages<M: Method>(_: M.Type) -> Bool {
            if case .object(_, let fields) = M.Reply.wireType { fields.map(\.name) == ["items", "next"] } else { false }
        }
        for method in Self.methods where method.verb == "list" || pages(method) {
            #expect(pages(method) && fields(method).suffix(2) == ["after", "limit"], "\(method.name)")
            #expect(method is any PagedMethod.Type, "\(method.name)")
        }
    }
}
