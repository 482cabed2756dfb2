import WaproRPC

/// What a person is asked before something dangerous is done.
enum Confirmation {
    private enum Question {
        /// Yes or no.
        case really(TerminalText)
        /// The name has to be typed.
        case name(String, TerminalText)
    }

    /// Asks, or takes the answer that was given beforehand; throws unless it is yes.
    static func require(_ method: String, _ parameters: JSONValue, _ globals: Globals) throws(Ending) {
        guard !globals.yes, let question = question(method, parameters) else { return }
        let outside = Surroundings.current
        switch question {
        case .really(let words):
            if let given = globals.confirm, let campaign = parameters["campaign"]?.text {
                guard given == campaign else { throw Ending(Ending.usage, "--confirm says \(given), but this is \(campaign).") }
                return
            }
            guard let answer = outside.prompt("\(words) [y/N] ") else { throw nobody(method, "--yes") }
            guard ["y", "yes"].contains(answer.lowercased()) else { throw Ending(Ending.refused, "Nothing was done.") }
        case .name(let name, let words):
            if let given = globals.confirm {
                guard given == name else { throw Ending(Ending.usage, "--confirm says \(given), but this is \(name).") }
                return
            }
            guard let answer = outside.prompt("\(words) Type \(name) to go on: ") else {
                throw nobody(method, "--confirm \(Advice.quoted(name)), or --yes")
            }
            guard answer == name else { throw Ending(Ending.refused, "That is not \(name). Nothing was done.") }
        }
    }

    private static func nobody(_ method: String, _ options: String) -> Ending {
        let name = method.split(separator: ".").joined(separator: " ")
        return Ending(Ending.usage, "\(name) asks before it does anything, and there is nobody to ask.", hint: "Add \(options).")
    }

    private static func question(_ method: String, _ parameters: JSONValue) -> Question? {
        let campaign = parameters["campaign"]?.text ?? ""
        switch method {
        case CampaignStart.name:
            return .name(campaign, "\(campaign) goes out to everybody in its audience.")
        case CampaignCancel.name:
            return .really("Whoever has no message of \(campaign) yet gets none, and it cannot be taken back. Cancel it?")
        case SystemRelease.name where parameters["dry_run"] != true:
            return .really("What is held leaves again; --dry-run says what that is. Release it?")
        case CampaignResolve.name where parameters["verdict"] == "resend", MessageResolve.name where parameters["verdict"] == "resend":
            return .really("Whoever has the message already gets it a second time. Send it again?")
        default: return nil
        }
    }
}
