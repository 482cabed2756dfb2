extension WebhookFixtures {
    /// What becomes of messages.
    static let statuses: [WebhookFixture] = [
        WebhookFixture(
            "statuses_delivered",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"statuses":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA==","status":"delivered","timestamp":"1795341603","recipient_id":"447700900456","pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"marketing"},"biz_opaque_callback_data":"c=4812;r=77120031;a=1"}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "statuses_delivered_user_id_only",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Kit","username":"kit.harlow"},"user_id":"GB.5Lr1Tn8Wz3Hv6Qp0Yc2Xk","parent_user_id":"GB.ENT.9Gd4Mb7Vs1Jf2Rn6"}],"statuses":[{"id":"wamid.HBgBMBUCABEYEjgxODVENUU0QzM0MEJGMTNBMgA=","status":"delivered","timestamp":"1795341603","recipient_user_id":"GB.5Lr1Tn8Wz3Hv6Qp0Yc2Xk","recipient_parent_user_id":"GB.ENT.9Gd4Mb7Vs1Jf2Rn6","pricing":{"billable":false,"pricing_model":"PMP","type":"free_customer_service","category":"service"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "statuses_failed_130403",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"statuses":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA==","status":"failed","timestamp":"1795341602","recipient_id":"447700900456","errors":[{"code":130403,"title":"Unable to deliver the message","message":"Unable to deliver the message","error_data":{"details":"Unable to deliver the message. This business has blocked the end user on WhatsApp"},"href":"/documentation/business-messaging/whatsapp/support/error-codes"}],"biz_opaque_callback_data":"c=4812;r=77120031;a=1"}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "statuses_failed_130472",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"statuses":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA==","status":"failed","timestamp":"1795341602","recipient_id":"447700900456","errors":[{"code":130472,"title":"User's number is part of an experiment","message":"User's number is part of an experiment","error_data":{"details":"Failed to send message because this user's phone number is part of an experiment"},"href":"/documentation/business-messaging/whatsapp/support/error-codes"}],"biz_opaque_callback_data":"c=4812;r=77120031;a=1"}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "statuses_failed_131000",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"statuses":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA==","status":"failed","timestamp":"1795341602","recipient_id":"447700900456","errors":[{"code":131000,"title":"Something went wrong","message":"Something went wrong","error_data":{"details":"Message failed to send due to an unknown error."},"href":"/documentation/business-messaging/whatsapp/support/error-codes"}],"biz_opaque_callback_data":"c=4812;r=77120031;a=1"}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "statuses_failed_131026",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"statuses":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA==","status":"failed","timestamp":"1795341602","recipient_id":"447700900456","errors":[{"code":131026,"title":"Message undeliverable","message":"Message undeliverable","error_data":{"details":"Message Undeliverable."},"href":"/documentation/business-messaging/whatsapp/support/error-codes"}],"biz_opaque_callback_data":"c=4812;r=77120031;a=1"}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "statuses_failed_131042",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"statuses":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA==","status":"failed","timestamp":"1795341602","recipient_id":"447700900456","errors":[{"code":131042,"title":"Business eligibility payment issue","message":"Business eligibility payment issue","error_data":{"details":"Message failed to send because there were one or more errors related to your payment method."},"href":"/documentation/business-messaging/whatsapp/support/error-codes"}],"biz_opaque_callback_data":"c=4812;r=77120031;a=1"}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "statuses_failed_131047",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"statuses":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA==","status":"failed","timestamp":"1795341602","recipient_id":"447700900456","errors":[{"code":131047,"title":"Re-engagement message","message":"Re-engagement message","error_data":{"details":"Message failed to send because more than 24 hours have passed since the customer last replied to this number."},"href":"/documentation/business-messaging/whatsapp/support/error-codes"}],"biz_opaque_callback_data":"c=4812;r=77120031;a=1"}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "statuses_failed_131048",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"statuses":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA==","status":"failed","timestamp":"1795341602","recipient_id":"447700900456","errors":[{"code":131048,"title":"Spam rate limit hit","message":"Spam rate limit hit","error_data":{"details":"Message failed to send because there are restrictions on how many messages can be sent from this phone number. This may be because too many previous messages were blocked or flagged as spam."},"href":"/documentation/business-messaging/whatsapp/support/error-codes"}],"biz_opaque_callback_data":"c=4812;r=77120031;a=1"}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "statuses_failed_131049",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"statuses":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA==","status":"failed","timestamp":"1795341602","recipient_id":"447700900456","errors":[{"code":131049,"title":"This message was not delivered to maintain healthy ecosystem engagement.","message":"This message was not delivered to maintain healthy ecosystem engagement.","error_data":{"details":"In order to maintain a healthy ecosystem engagement, the message failed to be delivered."},"href":"/documentation/business-messaging/whatsapp/support/error-codes"}],"biz_opaque_callback_data":"c=4812;r=77120031;a=1"}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "statuses_failed_131050",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"statuses":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA==","status":"failed","timestamp":"1795341602","recipient_id":"447700900456","errors":[{"code":131050,"title":"User has stopped marketing messages from your business","message":"User has stopped marketing messages from your business","error_data":{"details":"Unable to deliver the message. This recipient has chosen to stop receiving marketing messages on WhatsApp from your business"},"href":"/documentation/business-messaging/whatsapp/support/error-codes"}],"biz_opaque_callback_data":"c=4812;r=77120031;a=1"}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "statuses_failed_131053",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"statuses":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA==","status":"failed","timestamp":"1795341602","recipient_id":"447700900456","errors":[{"code":131053,"title":"Media upload error","message":"Media upload error","error_data":{"details":"Downloading media from weblink failed with http code 404, status message Not Found"},"href":"/documentation/business-messaging/whatsapp/support/error-codes"}],"biz_opaque_callback_data":"c=4812;r=77120031;a=1"}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "statuses_failed_132015",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"statuses":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA==","status":"failed","timestamp":"1795341602","recipient_id":"447700900456","errors":[{"code":132015,"title":"Template is paused","message":"Template is paused","error_data":{"details":"Template is paused due to low quality so it cannot be sent in a template message."},"href":"/documentation/business-messaging/whatsapp/support/error-codes"}],"biz_opaque_callback_data":"c=4812;r=77120031;a=1"}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "statuses_group_delivered_aggregated",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"},{"profile":{"name":"Jo\u00e3o Concei\u00e7\u00e3o"},"wa_id":"5511955501234","user_id":"BR.0aZ93kLmQ7tYvB2nRx6Pc"}],"statuses":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRDcyRDk4RUMxNTNDRUUzMTVGAA==","status":"delivered","timestamp":"1795341605","recipient_id":"Y2FwaV9ncm91cDo0NDIwNzk0NjAxMjM6MTIwMzYzNDAwMDAwMDAwMDAx","recipient_type":"group","recipient_participant_id":"447700900456","recipient_participant_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","conversation":{"id":"b2f5ff47436671b6e533d8dc3614845d","origin":{"type":"group_utility"}},"pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"group_utility"}},{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRDcyRDk4RUMxNTNDRUUzMTVGAA==","status":"delivered","timestamp":"1795341606","recipient_id":"Y2FwaV9ncm91cDo0NDIwNzk0NjAxMjM6MTIwMzYzNDAwMDAwMDAwMDAx","recipient_type":"group","recipient_participant_id":"5511955501234","recipient_participant_user_id":"BR.0aZ93kLmQ7tYvB2nRx6Pc","conversation":{"id":"b2f5ff47436671b6e533d8dc3614845d","origin":{"type":"group_utility"}},"pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"group_utility"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "statuses_played",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"statuses":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRDNFQjM2QUI5RDBGRkMxRkRGAA==","status":"played","timestamp":"1795341690","recipient_id":"447700900456"}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "statuses_read",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"statuses":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA==","status":"read","timestamp":"1795341660","recipient_id":"447700900456","biz_opaque_callback_data":"c=4812;r=77120031;a=1"}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "statuses_read_without_delivered",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"statuses":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA==","status":"read","timestamp":"1795341604","recipient_id":"447700900456","pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"marketing"},"biz_opaque_callback_data":"c=4812;r=77120031;a=1"}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "statuses_sent",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"statuses":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA==","status":"sent","timestamp":"1795341601","recipient_id":"447700900456","pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"marketing"},"biz_opaque_callback_data":"c=4812;r=77120031;a=1"}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "statuses_sent_auth_international",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Priya Raman"},"wa_id":"919555501234"}],"statuses":[{"id":"wamid.HBgMOTE5NTU1NTAxMjM0FQIAERgSQkRGNDlDM0MzODgyMTAyRkMwAA==","status":"sent","timestamp":"1795341601","recipient_id":"919555501234","pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"authentication-international"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "statuses_sent_free_entry_point",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"statuses":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSOTM2MEI5QUE0OEEwNTA3QUJEAA==","status":"sent","timestamp":"1795341601","recipient_id":"447700900456","conversation":{"id":"9714e719adc6f5e447ce2275d505cae8","expiration_timestamp":"1795600800","origin":{"type":"referral_conversion"}},"pricing":{"billable":false,"pricing_model":"PMP","type":"free_entry_point","category":"referral_conversion"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "statuses_sent_identity_hash",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"statuses":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA==","status":"sent","timestamp":"1795341601","recipient_id":"447700900456","recipient_identity_key_hash":"DF2lS5v2W6x=","pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"utility"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "statuses_sent_marketing_lite",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"statuses":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSOEZBMUREREQ1MzYwNkNFQjkzAA==","status":"sent","timestamp":"1795341601","recipient_id":"447700900456","pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"marketing_lite"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "statuses_sent_service_charged_oct2026",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"statuses":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSMjRCQ0FCNTEzOTMyQTU2Q0UxAA==","status":"sent","timestamp":"1795341601","recipient_id":"447700900456","pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"service"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "statuses_sent_service_free",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"statuses":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSMzQ4QzY1ODY4MkFFODcwMUQzAA==","status":"sent","timestamp":"1795341601","recipient_id":"447700900456","pricing":{"billable":false,"pricing_model":"PMP","type":"free_customer_service","category":"service"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "statuses_sent_utility",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"statuses":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSOTM0MkFGMjI0RkEyNjRCMEU5AA==","status":"sent","timestamp":"1795341601","recipient_id":"447700900456","pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"utility"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "statuses_sent_v23_with_conversation",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"statuses":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA==","status":"sent","timestamp":"1795341601","recipient_id":"447700900456","conversation":{"id":"e8b3a7c3371770f855a40e50a4323344","expiration_timestamp":"1795428000","origin":{"type":"marketing"}},"pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"marketing"},"biz_opaque_callback_data":"c=4812;r=77120031;a=1"}]},"field":"messages"}]}]}"##
        ),
    ]
}
