/// Which methods exist. Everything that lists methods reads this list: the router, the command line, the documents, the tests.
public struct Catalogue: Sendable {
    public let methods: [any Method.Type]
    public let notifications: [any Notification.Type]

    public init(methods: [any Method.Type], notifications: [any Notification.Type] = []) {
        self.methods = methods
        self.notifications = notifications
    }

    /// All that waprod answers and says, in the order in which people read about it.
    public static let wapro = Catalogue(
        methods: [
            SystemStatus.self, SystemPing.self, SystemHold.self, SystemRelease.self,
            AccountList.self, AccountAdd.self, AccountToken.self, AccountCheck.self, AccountSubscribe.self,
            NumberList.self, NumberShow.self,
            ContactImport.self, ContactList.self, ContactShow.self,
            ImportAppend.self, ImportShow.self, ImportFaults.self, ImportList.self,
            TemplateSync.self, TemplateList.self, TemplateShow.self,
            CampaignCreate.self, CampaignList.self, CampaignShow.self, CampaignStart.self, CampaignPause.self, CampaignResume.self,
            CampaignCancel.self, CampaignAdjust.self, CampaignReport.self, CampaignForecast.self, CampaignRecipients.self,
            CampaignWhy.self, CampaignResolve.self,
            MessageSend.self, MessageList.self, MessageShow.self, MessageResolve.self,
            EventSubscribe.self, EventUnsubscribe.self,
            UserAdd.self, UserList.self, UserSet.self, UserRemove.self,
            SessionLogin.self, SessionLogout.self, SessionPassword.self, SessionList.self, SessionEnd.self,
            AuditList.self, AuditVerify.self,
            RPCHello.self, RPCDiscover.self, RPCCheck.self, RPCCancel.self,
        ],
        notifications: [EventNotification.self, SubscriptionEnded.self, ProgressNotification.self]
    )

    /// The method of this name.
    public func method(_ name: String) -> (any Method.Type)? {
        methods.first { $0.name == name }
    }
}
