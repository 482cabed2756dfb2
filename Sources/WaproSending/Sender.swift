public import WaproCloud
import WaproCore
public import WaproStore
import Synchronization

/// What became of a claim that was handed to the sender.
enum Handover: Sendable {
    case answered(Outcome)
    /// Meta refused for a cause of the token that the request carried, which says nothing of one that has taken its place since.
    case unauthorised(HaltScope, Refusal, generation: Int64)
    /// The template has a hole that this recipient does not fill: nothing was sent.
    case unfilled(String)
    /// There is no access token for the number: nothing was sent.
    case tokenless(generation: Int64)
    /// The number is not used any more: nothing was sent.
    case unrouted
    /// Something that was committed after the claim forbids it: nothing was sent.
    case stopped
}

extension Handover {
    init(_ outcome: Outcome, with generation: Int64) {
        if case .halt(let scope, let refusal) = outcome, refusal.isOfCredentials {
            self = .unauthorised(scope, refusal, generation: generation)
        } else {
            self = .answered(outcome)
        }
    }
}

/// The only caller of Meta's send endpoint. Renders a claim and hands it over at once; it waits for nothing and keeps nothing.
public final class Sender: Sendable {
    private struct Template {
        var plan: TemplatePlan
        var body: CampaignBody
    }

    private let graph: GraphSender
    private let routes: SendingRoutes
    private let storeName: String
    private let gate: HandOverGate
    /// Of each campaign that sends; nil for one whose template cannot be filled.
    private let templates = Mutex<[CampaignID: Template?]>([:])

    public init(graph: GraphSender, routes: SendingRoutes, store: Store) {
        (self.graph, self.routes, storeName, gate) = (graph, routes, store.name, store.gate)
    }

    /// Requests that may be on the wire at once, as the client knows by now: it learns the server's limit from the first answers.
    var limits: SendingLimits {
        func limit(_ lane: HTTPLane) -> Int { graph.capacity(lane) + graph.http.counters(lane).inFlight }
        return SendingLimits(campaigns: limit(.campaign), conversations: limit(.conversation))
    }

    /// Opens connections ahead of need.
    func warm() {
        graph.warm(.conversation)
        graph.warm(.campaign)
    }

    /// Renders the constant part of each campaign's message once, and forgets those that do not send any more.
    func prepare(_ campaigns: [CampaignRecord]) {
        let known = Set(campaigns.map(\.id))
        for campaign in campaigns where templates.withLock({ $0[campaign.id] == nil }) {
            let plan = try? campaign.definition.plan(parameters: campaign.parameters)
            let template = plan.map { Template(plan: $0, body: CampaignBody($0)) }
            templates.withLock { $0[campaign.id] = .some(template) }
        }
        templates.withLock { templates in templates = templates.filter { known.contains($0.key) } }
    }

    /// Hands a claim over. `done` is called once, on any thread.
    func send(_ claim: Claim, done: @escaping @Sendable (Handover) -> Void) {
        guard let route = routes[claim.number] else { return done(.unrouted) }
        guard let credentials = route.credentials else { return done(.tokenless(generation: route.generation)) }
        let body: [UInt8]
        do {
            body = try render(claim)
        } catch Unsendable.forgotten {
            return done(.stopped)
        } catch {
            return done(.unfilled("\(error)"))
        }
        let lane: HTTPLane = claim.campaign == nil ? .conversation : .campaign
        let isHandedOver = gate.pass(claim) {
            graph.send(body: body, from: route.phoneNumberID, credentials: credentials, lane: lane) {
                done(Handover($0, with: route.generation))
            }
        }
        if !isHandedOver { done(.stopped) }
    }

    private func render(_ claim: Claim) throws -> [UInt8] {
        let callbackData = CallbackData.render(claim.attempt, store: storeName)
        guard let recipient = claim.phone.map({ MessageRecipient.phone($0.e164) }) ?? claim.userID.map(MessageRecipient.user) else {
            throw Unsendable.noAddress
        }
        if let campaign = claim.campaign {
            guard let known = templates.withLock({ $0[campaign] }) else { throw Unsendable.forgotten }
            guard let template = known else { throw Unsendable.noTemplate }
            guard !template.plan.fields.isEmpty else {
                let filled = try template.plan.fill { _ in nil }
                return template.body.fill(filled, to: recipient, callbackData: callbackData)
            }
            let fields = ContactFields(name: claim.name, phone: claim.phone, stored: claim.attributes)
            let filled = try template.plan.fill { fields[$0] }
            return template.body.fill(filled, to: recipient, callbackData: callbackData)
        }
        switch try DirectContent(kind: claim.kind, stored: claim.content ?? "") {
        case .text(let text, let replyTo):
            return MessageBody.text(text, to: recipient, callbackData: callbackData, replyingTo: replyTo)
        case .template(let template, let parameters):
            let fields = ContactFields(name: claim.name, phone: claim.phone, stored: claim.attributes)
            let filled = try template.plan(parameters: parameters).fill { fields[$0] }
            return MessageBody.template(filled, to: recipient, callbackData: callbackData)
        }
    }

    private enum Unsendable: Error, CustomStringConvertible {
        case noAddress
        case noTemplate
        /// The campaign was stopped between this claim and its hand-over, and its template is not kept any more.
        case forgotten

        var description: String {
            switch self {
            case .noAddress: "the contact has neither a phone number nor a user id"
            case .noTemplate: "the campaign's template cannot be filled"
            case .forgotten: "the campaign was stopped"
            }
        }
    }
}
