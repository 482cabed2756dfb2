extension WebhookFixtures {
    /// What people write.
    static let messages: [WebhookFixture] = [
        WebhookFixture(
            "messages_audio_file",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0EyMzk2QTEyNTZBQzRCMUM2ODQA","timestamp":"1795341600","type":"audio","audio":{"mime_type":"audio/mpeg","sha256":"Y/dciQsFQF5uHwRwcmQrQJSdq1kSqpwK5vLmVN/5Q90=","id":"1204455667788004","url":"https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1204455667788004&source=webhook&ext=1795341900&hash=ATexample8004","voice":false}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_audio_voice",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0ExNTM4MTJBRTVGRUEwQjczQTAA","timestamp":"1795341600","type":"audio","audio":{"mime_type":"audio/ogg; codecs=opus","sha256":"xX1+kgGXCLYUyQ+jaFzWRPVDpgFT+5nsm2fDgaJF+yo=","id":"1204455667788003","url":"https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1204455667788003&source=webhook&ext=1795341900&hash=ATexample8003","voice":true}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_button_no_context",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0E0ODE0RDkyMDkzQUM4QTBGNEEA","timestamp":"1795341600","type":"button","button":{"payload":"Track order","text":"Track order"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_button_otp_did_not_request",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"context":{"from":"442079460123","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSNDUwM0IzMThDQzRDNTk5QkEwAA=="},"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0E3NkE4Mjc3MzQ3RjUyNTMwRTEA","timestamp":"1795341600","type":"button","button":{"payload":"DID_NOT_REQUEST_CODE","text":"I didn't request a code"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_button_template_quick_reply",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"context":{"from":"442079460123","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA=="},"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0E3REM5NkY3NzZDODQyM0U1N0EA","timestamp":"1795341600","type":"button","button":{"payload":"STOP_PROMO","text":"Stop promotions"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_contacts",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0E1OTM2MEJFNjA3NDU5QTRDRDMA","timestamp":"1795341600","type":"contacts","contacts":[{"name":{"formatted_name":"Dr. Lena M. Fisk","first_name":"Lena","middle_name":"M.","last_name":"Fisk","prefix":"Dr."},"birthday":"1984-03-09","phones":[{"phone":"+44 7700 900789","wa_id":"447700900789","type":"CELL"}],"emails":[{"email":"lena@example.org","type":"WORK"}],"addresses":[{"street":"1 Quay Rd","city":"Bristol","state":"","zip":"BS1 4XX","country":"United Kingdom","country_code":"gb","type":"WORK"}],"org":{"company":"Fisk Clinic","department":"Front desk","title":"Dentist"},"urls":[{"url":"https://fisk.example.org","type":"WORK"}]}]}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_contacts_requested_phone",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Kit","username":"kit.harlow"},"wa_id":"447700900321","user_id":"GB.5Lr1Tn8Wz3Hv6Qp0Yc2Xk"}],"messages":[{"context":{"from":"442079460123","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA=="},"from":"447700900321","from_user_id":"GB.5Lr1Tn8Wz3Hv6Qp0Yc2Xk","id":"wamid.HBgMNDQ3NzAwOTAwMzIxFQIAEhgUM0ExOUYwRUYzNzdBNUVGRkMzRTcA","timestamp":"1795341600","type":"contacts","contacts":[{"name":{"formatted_name":"Kit Harlow","first_name":"Kit"},"phones":[{"phone":"+447700900321","wa_id":"447700900321","type":"CELL"}],"origin":"contact_request"}]}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_document",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0FCNUYyMDMxRUI2MkUzN0M2RDMA","timestamp":"1795341600","type":"document","document":{"caption":"signed form","filename":"form-signed.pdf","mime_type":"application/pdf","sha256":"E51US4IbE+vqFPGw/hhXciLkFcKWbjo1EcQZYFUjIgI=","id":"1204455667788005","url":"https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1204455667788005&source=webhook&ext=1795341900&hash=ATexample8005"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_edit",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0E4QjVDQzRERjdFRUM3RDMyQTcA","timestamp":"1795341600","type":"edit","edit":{"original_message_id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0E2MjhCNDlEOTZEQ0RFOTdBNDMA","message":{"context":{"id":"M0"},"type":"text","text":{"body":"Hi, is the green one back in stock?"}}}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_group_text",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","group_id":"Y2FwaV9ncm91cDo0NDIwNzk0NjAxMjM6MTIwMzYzNDAwMDAwMDAwMDAx","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0E3MTE0MzBGNjE2NEU5MzgwM0QA","timestamp":"1795341600","type":"text","text":{"body":"What time does the tour start?"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_image",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0FDQTBERjJDOTVBQTE0NEMxRDAA","timestamp":"1795341600","type":"image","image":{"caption":"The label on my parcel","mime_type":"image/jpeg","sha256":"spgUz1eS5oTNddan/OemehGIfjEvh8oqwkltgfNl/3I=","id":"1204455667788001","url":"https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1204455667788001&source=webhook&ext=1795341900&hash=ATexample8001"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_interactive_button_reply",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"context":{"from":"442079460123","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA=="},"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0E0Q0Q5Qjc2NzJEN0ZCRUU4RkIA","timestamp":"1795341600","type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"confirm:ord-991","title":"Confirm"}}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_interactive_call_permission_reply",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"context":{"from":"442079460123","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA=="},"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0EwMDE2Q0Y1RUQ2OEU1QTUzNDkA","timestamp":"1795341600","type":"interactive","interactive":{"type":"call_permission_reply","call_permission_reply":{"response":"accept","is_permanent":false,"expiration_timestamp":"1795946400","response_source":"user_action"}}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_interactive_list_reply",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"context":{"from":"442079460123","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA=="},"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0E0MjBGQ0UzMTQxNzVERjQwMkEA","timestamp":"1795341600","type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"slot_2026-11-24T09","title":"Tue 09:00","description":"Morning delivery"}}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_interactive_nfm_reply_address",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Priya Raman"},"wa_id":"919555501234"}],"messages":[{"context":{"from":"442079460123","id":"wamid.HBgMOTE5NTU1NTAxMjM0FQIAERgSQTI1OTNDOTg2Qzg2Q0EzMjNBAA=="},"from":"919555501234","id":"wamid.HBgMOTE5NTU1NTAxMjM0FQIAEhgUM0E2RUQ1MDQ1OTM4RDcxMEQwNzUA","timestamp":"1795341600","type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"address_message","body":"Priya Raman\n+919555501234\n400063, Andheri, 4th floor","response_json":"{\"saved_address_id\":\"home\",\"values\":{\"name\":\"Priya Raman\",\"phone_number\":\"+919555501234\",\"in_pin_code\":\"400063\",\"floor_number\":\"4\",\"building_name\":\"Palm Court\",\"address\":\"IB Road\",\"landmark_area\":\"Andheri\",\"city\":\"Mumbai\"}}"}}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_interactive_nfm_reply_flow",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"context":{"from":"442079460123","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA=="},"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0E5QTgzQzZDQjExMjZEOTNERTQA","timestamp":"1795341600","type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{\"flow_token\":\"tok-7f21\",\"rating\":\"5\",\"comment\":\"quick & kind\"}"}}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_location",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0EwMThDMjY3RDcyRjYzODFBMkUA","timestamp":"1795341600","type":"location","location":{"latitude":51.507351,"longitude":-0.127758,"name":"Harbour Street Depot","address":"12 Harbour Street, London","url":"https://depot.example.com/"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_location_current_pin",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0FFOUJGMjI3Q0I0QjRDOTE5RjcA","timestamp":"1795341600","type":"location","location":{"latitude":51.5101,"longitude":-0.134}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_media_error_131052",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0EwMTFFMzlFRkUyMjU5MEY0QTMA","timestamp":"1795341600","type":"unsupported","errors":[{"code":131052,"title":"Media download error","message":"Media download error","error_data":{"details":"Failed to download the media from the sender. The file is larger than 100 MB."}}]}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_order",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0EyMzUyREE3MjgwRjFERUNDM0EA","timestamp":"1795341600","type":"order","order":{"catalog_id":"778120045533901","text":"Please leave with neighbour","product_items":[{"product_retailer_id":"SKU-0042","quantity":2,"item_price":19.5,"currency":"GBP"},{"product_retailer_id":"SKU-0107","quantity":1,"item_price":7,"currency":"GBP"}]}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_reaction",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0E4MkYzRTlDNjk1REM2QjhEMUIA","timestamp":"1795341600","type":"reaction","reaction":{"message_id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA==","emoji":"\ud83d\udc4d"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_reaction_removed",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0FEQjc3RkQwMUFGOTU3MjIxQTQA","timestamp":"1795341600","type":"reaction","reaction":{"message_id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA=="}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_request_welcome_legacy",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456"}],"messages":[{"from":"447700900456","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0E2MEM1NTkwRjcyRUVGMjkyRjkA","timestamp":"1795341600","type":"request_welcome"}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_revoke",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0FBQzBGMDlDMEY4QkY1RTdBNEIA","timestamp":"1795341600","type":"revoke","revoke":{"original_message_id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0E2MjhCNDlEOTZEQ0RFOTdBNDMA"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_sticker",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0FFMzQxRkNDNDg4OTM0RTI1NzgA","timestamp":"1795341600","type":"sticker","sticker":{"mime_type":"image/webp","sha256":"mxeAaN45PSpjqiyfMAVW3f9as5qQH41v55kMaxFs8pM=","id":"1204455667788006","url":"https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1204455667788006&source=webhook&ext=1795341900&hash=ATexample8006","animated":false}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_system_customer_identity_changed",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"messages":[{"from":"447700900456","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0E0MTI0MkI5RkFFNTZGQUQ0RTYA","timestamp":"1795341600","type":"system","system":{"body":"User identity changed","type":"customer_identity_changed"},"identity":{"acknowledged":true,"created_timestamp":"1795341595","hash":"DF2lS5v2W6x="}}],"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","identity_key_hash":"DF2lS5v2W6x="}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_system_user_changed_number",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"messages":[{"from":"447700900456","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0FFOEJDMTYzQzgyRUVFMTg3MzMA","timestamp":"1795341600","type":"system","system":{"body":"User Amara Okafor changed from 447700900456 to 447700900777","wa_id":"447700900777","type":"user_changed_number"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_system_user_changed_user_id",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"messages":[{"from":"447700900456","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0FBRDMyODg0NkFBMThCMzJBMzMA","timestamp":"1795341600","type":"system","system":{"body":"User Amara Okafor changed from GB.7Qm2Vx9RtL0pZc4Wb8Nd1K to GB.2Hc6Xq1Lw9Pv4Kz7Sm3Td","user_id":"GB.2Hc6Xq1Lw9Pv4Kz7Sm3Td","type":"user_changed_user_id"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_text",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456"}],"messages":[{"from":"447700900456","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0E2MjhCNDlEOTZEQ0RFOTdBNDMA","timestamp":"1795341600","type":"text","text":{"body":"Hi, is the blue one back in stock?"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_text_ad_referral",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"referral":{"source_url":"https://fb.me/9exampleAd","source_id":"120330011223344556","source_type":"ad","body":"Autumn range is here","headline":"Chat with us","media_type":"image","image_url":"https://scontent.example.net/ad-image.jpg","ctwa_clid":"ARexampleClickIdAbCdEf0123456789","welcome_message":{"text":"Hi! How can we help?"}},"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0FENUZBMzhBMUY4QTE0MDAyNTAA","timestamp":"1795341600","type":"text","text":{"body":"Can I get more info?"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_text_forwarded",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"context":{"forwarded":true},"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0FGNDEzRTQzRDc0RjgxNzg3NDUA","timestamp":"1795341600","type":"text","text":{"body":"FYI see below"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_text_frequently_forwarded",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"context":{"frequently_forwarded":true},"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0E4QTM3QjgzQzk2RjFBQTE3RDYA","timestamp":"1795341600","type":"text","text":{"body":"Share with ten friends"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_text_identity_key_hash",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","identity_key_hash":"DF2lS5v2W6x="}],"messages":[{"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0FGREE5RjA0QzJERUQwMTc2MDcA","timestamp":"1795341600","type":"text","text":{"body":"same phone, new device"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_text_post_referral_video",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"referral":{"source_url":"https://fb.me/9examplePost","source_id":"120330011223344999","source_type":"post","body":"Behind the scenes","headline":"Message us","media_type":"video","video_url":"https://scontent.example.net/post.mp4","thumbnail_url":"https://scontent.example.net/post-thumb.jpg"},"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0FFRjQ2QTIzMENGQjBDMDg3RkQA","timestamp":"1795341600","type":"text","text":{"body":"Saw your video"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_text_referred_product",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"context":{"from":"442079460123","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSQTQ5MkU0MDI0NzY5NjJDQjREAA==","referred_product":{"catalog_id":"778120045533901","product_retailer_id":"SKU-0042"}},"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0EzRTY1NThEMENCOTdGOUJEM0UA","timestamp":"1795341600","type":"text","text":{"body":"Is this one still available?"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_text_reply_context",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"context":{"from":"442079460123","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSRUZGMzZGRTAzQjAwMDI1MTBBAA=="},"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0FBMkYxQTY4QTNDRjdCQUIxNDIA","timestamp":"1795341600","type":"text","text":{"body":"Yes please"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_text_username_no_phone",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Kit","username":"kit.harlow"},"user_id":"GB.5Lr1Tn8Wz3Hv6Qp0Yc2Xk","parent_user_id":"GB.ENT.9Gd4Mb7Vs1Jf2Rn6"}],"messages":[{"from_user_id":"GB.5Lr1Tn8Wz3Hv6Qp0Yc2Xk","from_parent_user_id":"GB.ENT.9Gd4Mb7Vs1Jf2Rn6","id":"wamid.HBgBMBUCABIYFDNBQ0VDRThBOUNFQ0ZCNkM3RTdFAA==","timestamp":"1795341600","type":"text","text":{"body":"Hello from a username-only account"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_text_with_user_id",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Jo\u00e3o Concei\u00e7\u00e3o"},"wa_id":"5511955501234","user_id":"BR.0aZ93kLmQ7tYvB2nRx6Pc"}],"messages":[{"from":"5511955501234","from_user_id":"BR.0aZ93kLmQ7tYvB2nRx6Pc","id":"wamid.HBgNNTUxMTk1NTUwMTIzNBUCABIYFDNBQzQ0NDc0MDM4RDQ1OUU0MEU0AA==","timestamp":"1795341600","type":"text","text":{"body":"Ol\u00e1, meu pedido j\u00e1 saiu? \ud83d\udce6"}}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_unsupported",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0FCQjgyMDMwREJDMkJDQUJBMzIA","timestamp":"1795341600","type":"unsupported","unsupported":{"type":"edit"},"errors":[{"code":131051,"title":"Message type unknown","message":"Message type unknown","error_data":{"details":"Message type is currently not supported."}}]}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_unsupported_poll",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0E2Q0EyMDJDODhFNTQ5REZGNjgA","timestamp":"1795341600","type":"unsupported","unsupported":{"type":"poll_creation"},"errors":[{"code":131051,"title":"Message type unknown","message":"Message type unknown","error_data":{"details":"Message type is currently not supported."}}]}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_value_errors",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"errors":[{"code":130429,"title":"Rate limit hit","message":"Rate limit hit","error_data":{"details":"Message failed to send because there were too many messages sent from this phone number in a short period of time"},"href":"/documentation/business-messaging/whatsapp/support/error-codes"}]},"field":"messages"}]}]}"##
        ),
        WebhookFixture(
            "messages_video",
            ##"{"object":"whatsapp_business_account","entry":[{"id":"330918274650112","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"442079460123","phone_number_id":"451207733986120"},"contacts":[{"profile":{"name":"Amara Okafor"},"wa_id":"447700900456","user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K"}],"messages":[{"from":"447700900456","from_user_id":"GB.7Qm2Vx9RtL0pZc4Wb8Nd1K","id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0EyOUMxQjI4OUU3NTIyMTk1QjMA","timestamp":"1795341600","type":"video","video":{"caption":"It rattles","mime_type":"video/mp4","sha256":"H/g43GypaA2IRVNBEYFX1ZoFX+bQ44cPnAAoR76+RmM=","id":"1204455667788002","url":"https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1204455667788002&source=webhook&ext=1795341900&hash=ATexample8002"}}]},"field":"messages"}]}]}"##
        ),
    ]
}
