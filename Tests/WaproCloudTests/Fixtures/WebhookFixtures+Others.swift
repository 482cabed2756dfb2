extension WebhookFixtures {
    /// Preferences, calls, groups, history, and what nobody knows yet.
    static let others: [WebhookFixture] = [
        WebhookFixture(
            "automatic_events_lead",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"automatic_events":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0EwM0JCQjYxNzkxNjNDOEVBRDIA","event_name":"LeadSubmitted","timestamp":1795341600,"ctwa_clid":"ARexampleClickIdAbCdEf0123456789"}]},"field":"automatic_events"}]}]}"##
        ),
        WebhookFixture(
            "automatic_events_purchase",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"automatic_events":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSMTA4MTIyMkVDNjZDRDc2NDlGAA==","event_name":"Purchase","timestamp":1795341600,"ctwa_clid":"ARexampleClickIdAbCdEf0123456789","custom_data":{"currency":"GBP","value":39.5}}]},"field":"automatic_events"}]}]}"##
        ),
        WebhookFixture(
            "calls_connect_business_initiated",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"calls":[{"id":"wacid.HBgMNDQ3NzAwOTAwNDU2FQIAEhggRXhhbXBsZUNhbGxJZDAwMDE=","from":"442079460123","to":"447700900456","to_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","event":"connect","timestamp":"1795341600","direction":"BUSINESS_INITIATED","biz_opaque_callback_data":"call-17","session":{"sdp_type":"answer","sdp":"v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"}}]},"field":"calls"}]}]}"##
        ),
        WebhookFixture(
            "calls_connect_user_initiated",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"calls":[{"id":"wacid.HBgMNDQ3NzAwOTAwNDU2FQIAEhggRXhhbXBsZUNhbGxJZDAwMDE=","from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","to":"442079460123","event":"connect","timestamp":"1795341600","direction":"USER_INITIATED","session":{"sdp_type":"offer","sdp":"v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"}}]},"field":"calls"}]}]}"##
        ),
        WebhookFixture(
            "calls_status_ringing",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"statuses":[{"id":"wacid.HBgMNDQ3NzAwOTAwNDU2FQIAEhggRXhhbXBsZUNhbGxJZDAwMDE=","type":"call","status":"RINGING","timestamp":"1795341602","recipient_id":"447700900456","recipient_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","biz_opaque_callback_data":"call-17"}]},"field":"calls"}]}]}"##
        ),
        WebhookFixture(
            "calls_terminate",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"calls":[{"id":"wacid.HBgMNDQ3NzAwOTAwNDU2FQIAEhggRXhhbXBsZUNhbGxJZDAwMDE=","from":"442079460123","to":"447700900456","event":"terminate","direction":"BUSINESS_INITIATED","timestamp":"1795341730","status":"COMPLETED","start_time":"1795341610","end_time":"1795341730","duration":120,"biz_opaque_callback_data":"call-17"}]},"field":"calls"}]}]}"##
        ),
        WebhookFixture(
            "group_lifecycle_update_create",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"groups":[{"timestamp":"1795341600","group_id":"Y2FwaV9ncm91cDo0NDIwNzk0NjAxMjM6MTIwMzYzNDAwMDAwMDAwMDAx","type":"group_create","request_id":"req-001","subject":"Tour 24 Nov","invite_link":"https://chat.whatsapp.com/ExampleInvite01","join_approval_mode":"auto_approve"}]},"field":"group_lifecycle_update"}]}]}"##
        ),
        WebhookFixture(
            "group_lifecycle_update_create_failed",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"groups":[{"timestamp":"1795341600","type":"group_create","request_id":"req-002","subject":"Tour 25 Nov","errors":[{"code":131211,"title":"Group creation limit reached","message":"Group creation limit reached","error_data":{"details":"The maximum number of groups for this number has been reached."}}]}]},"field":"group_lifecycle_update"}]}]}"##
        ),
        WebhookFixture(
            "group_participants_update_add",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"groups":[{"timestamp":"1795341600","group_id":"Y2FwaV9ncm91cDo0NDIwNzk0NjAxMjM6MTIwMzYzNDAwMDAwMDAwMDAx","type":"group_participants_add","reason":"invite_link","added_participants":[{"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}]}]},"field":"group_participants_update"}]}]}"##
        ),
        WebhookFixture(
            "group_participants_update_join_request",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"groups":[{"timestamp":"1795341600","group_id":"Y2FwaV9ncm91cDo0NDIwNzk0NjAxMjM6MTIwMzYzNDAwMDAwMDAwMDAx","type":"group_join_request_created","reason":"invite_link","join_request_id":"jr-7781","wa_id":"5511955501234","user_id":"BR.0aZ93kLmQ7tYvB2nRx6Pc"}]},"field":"group_participants_update"}]}]}"##
        ),
        WebhookFixture(
            "group_participants_update_remove",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"groups":[{"timestamp":"1795341600","group_id":"Y2FwaV9ncm91cDo0NDIwNzk0NjAxMjM6MTIwMzYzNDAwMDAwMDAwMDAx","type":"group_participants_remove","request_id":"req-003","initiated_by":"business","removed_participants":[{"input":"5511955501234","wa_id":"5511955501234"}],"failed_participants":[{"input":"919555501234","errors":[{"code":131212,"title":"Participant not in group","message":"Participant not in group","error_data":{"details":"The participant is not part of the group."}}]}]}]},"field":"group_participants_update"}]}]}"##
        ),
        WebhookFixture(
            "group_settings_update",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"groups":[{"timestamp":"1795341600","group_id":"Y2FwaV9ncm91cDo0NDIwNzk0NjAxMjM6MTIwMzYzNDAwMDAwMDAwMDAx","type":"group_settings_update","request_id":"req-004","group_subject":{"text":"Tour 24 Nov - 09:00","update_successful":true},"group_description":{"text":"Meet at the pier","update_successful":true}}]},"field":"group_settings_update"}]}]}"##
        ),
        WebhookFixture(
            "group_status_update_suspend",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"groups":[{"timestamp":"1795341600","group_id":"Y2FwaV9ncm91cDo0NDIwNzk0NjAxMjM6MTIwMzYzNDAwMDAwMDAwMDAx","type":"group_suspend"}]},"field":"group_status_update"}]}]}"##
        ),
        WebhookFixture(
            "history_chunk",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"history":[{"metadata":{"phase":0,"chunk_order":1,"progress":55},"threads":[{"id":"447700900456","context":{"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"},"messages":[{"from":"442079460123","to":"447700900456","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSMzMxMTJFRTE0RUU0NjlDM0VCAA==","timestamp":"1795255200","type":"text","text":{"body":"We open at nine."},"history_context":{"status":"READ"}},{"from":"447700900456","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0FGOTk4RkUwNkFGQTBDRkJFNzMA","timestamp":"1795255300","type":"media_placeholder","history_context":{"status":"DELIVERED"}}]}]}]},"field":"history"}]}]}"##
        ),
        WebhookFixture(
            "history_declined",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"history":[{"errors":[{"code":2593109,"title":"History sync is turned off by the business from the WhatsApp Business App","message":"History sync is turned off by the business from the WhatsApp Business App","error_data":{"details":"History sharing is turned off by the business"}}]}]},"field":"history"}]}]}"##
        ),
        WebhookFixture(
            "history_media",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"messages":[{"from":"447700900456","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0FGOTk4RkUwNkFGQTBDRkJFNzMA","timestamp":"1795255300","type":"image","image":{"caption":"shelf","mime_type":"image/jpeg","sha256":"+Zj+Bq+gz75z4ESdwrFpgwnhtXFJYPAnsoWDErFSwnU=","id":"1204455667788099"}}]},"field":"history"}]}]}"##
        ),
        WebhookFixture(
            "messaging_handovers_control_taken",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","sender":{"phone_number":"447700900456"},"recipient":{"phone_number_id":"451207733986120","display_phone_number":"442079460123"},"type":"control_taken","timestamp":"1795341600","control_taken":{"previous_owner_role":"ai_agent","new_owner_role":"escalation"}},"field":"messaging_handovers"}]}]}"##
        ),
        WebhookFixture(
            "smb_app_state_sync",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"state_sync":[{"type":"contact","contact":{"full_name":"Amara Okafor","first_name":"Amara","phone_number":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"},"action":"add","metadata":{"timestamp":"1795341600"}},{"type":"contact","contact":{"phone_number":"919555501234"},"action":"remove","metadata":{"timestamp":"1795341600"}}]},"field":"smb_app_state_sync"}]}]}"##
        ),
        WebhookFixture(
            "smb_message_echoes",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"message_echoes":[{"from":"442079460123","to":"447700900456","to_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSQjU3ODM3MDU1MDIxMEFDRDlDAA==","timestamp":"1795341600","type":"text","text":{"body":"Sent by staff from the phone app"}}]},"field":"smb_message_echoes"}]}]}"##
        ),
        WebhookFixture(
            "smb_message_echoes_revoke",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"message_echoes":[{"from":"442079460123","to":"447700900456","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSMUIwRjU4QUVDODlBODExQjlCAA==","timestamp":"1795341600","type":"revoke","revoke":{"original_message_id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSQjU3ODM3MDU1MDIxMEFDRDlDAA=="}}]},"field":"smb_message_echoes"}]}]}"##
        ),
        WebhookFixture(
            "standby_inbound_message",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"standby":{"messages":[{"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0EzMjA5ODNDRTY3OUI2OUExRkEA","timestamp":"1795341600","type":"text","text":{"body":"(handled by another owner of the thread)"}}]}},"field":"standby"}]}]}"##
        ),
        WebhookFixture(
            "standby_status",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"standby":{"statuses":[{"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRTM5RTYxNDIzRUU2RUJBNTg1AA==","status":"delivered","timestamp":"1795341604","recipient_id":"447700900456","pricing":{"billable":false,"pricing_model":"PMP","type":"free_customer_service","category":"service"}}]}},"field":"standby"}]}]}"##
        ),
        WebhookFixture(
            "unknown_future_field",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","time":1795341600,"changes":[{"value":{"event":"SOMETHING_NEW","payload":{"k":1}},"field":"some_future_field"}]}]}"##
        ),
        WebhookFixture(
            "unknown_future_message_type",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0EzQUM1NDhCQ0FBRTA2QkMyOEQA","timestamp":"1795341600","type":"hologram","hologram":{"scene":"x1"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "user_id_update",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456"}],"user_id_update":[{"wa_id":"447700900456","detail":"User id for Amara Okafor has been updated.","user_id":{"previous":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","current":"GB.2Hc6Xq1Lw9Pv4Kz7Sm3Td"},"parent_user_id":{"previous":"GB.ENT.3Kf8Ty2Lw6Hs9Jd5Xv","current":"GB.ENT.8Wm5Jr2Qz6Lc1Ny"},"timestamp":"1795341600"}]},"field":"user_id_update"}]}]}"##
        ),
        WebhookFixture(
            "user_preferences_resume",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"user_preferences":[{"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","detail":"User requested to resume marketing messages","category":"marketing_messages","value":"resume","timestamp":1795341600}]},"field":"user_preferences"}]}]}"##
        ),
        WebhookFixture(
            "user_preferences_signup",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"user_preferences":[{"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","detail":"User signed up via signup link","category":"marketing_messages","value":"signup","timestamp":1795341600,"signup_id":"44010203040506"}]},"field":"user_preferences"}]}]}"##
        ),
        WebhookFixture(
            "user_preferences_stop",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"user_preferences":[{"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","detail":"User requested to stop marketing messages","category":"marketing_messages","value":"stop","timestamp":1795341600}]},"field":"user_preferences"}]}]}"##
        ),
    ]
}
