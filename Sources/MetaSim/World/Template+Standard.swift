extension Template {
    /// The templates of the standard world: several languages, categories, formats and states, one node each in Graph's own shape.
    static let standard: [Template] = {
        do { return try read(standardListing) } catch { preconditionFailure("\(error)") }
    }()

    private static let standardListing = #"""
        {"data":[
        {"name":"hello_world","parameter_format":"POSITIONAL","components":[
         {"type":"HEADER","format":"TEXT","text":"Hello World"},
         {"type":"BODY","text":"Welcome and congratulations!! This message demonstrates your ability to send a WhatsApp message notification from the Cloud API. Thank you for taking the time to test with us."},
         {"type":"FOOTER","text":"WhatsApp Business Platform sample message"}],
         "language":"en_US","status":"APPROVED","category":"UTILITY","id":"987650012340000","quality_score":{"score":"UNKNOWN"},"rejected_reason":"NONE"},
        {"name":"order_update","parameter_format":"POSITIONAL","components":[
         {"type":"HEADER","format":"TEXT","text":"Order {{1}}","example":{"header_text":["991"]}},
         {"type":"BODY","text":"Hi {{1}}, order {{2}} is on its way and should arrive soon.","example":{"body_text":[["Amara","991"]]}},
         {"type":"FOOTER","text":"Harbour Street Goods"},
         {"type":"BUTTONS","buttons":[{"type":"URL","text":"Track","url":"https://shop.example.com/t/{{1}}","example":["https://shop.example.com/t/991"]},
          {"type":"PHONE_NUMBER","text":"Call us","phone_number":"+442079460123"},{"type":"QUICK_REPLY","text":"Change address"}]}],
         "language":"en_GB","status":"APPROVED","category":"UTILITY","id":"987650012340002","quality_score":{"score":"GREEN","date":1795219200},"rejected_reason":"NONE"},
        {"name":"order_update_named","parameter_format":"NAMED","components":[
         {"type":"BODY","text":"Hi {{first_name}}, order {{order_id}} is on its way.","example":{"body_text_named_params":[{"param_name":"first_name","example":"Amara"},{"param_name":"order_id","example":"991"}]}}],
         "language":"en_GB","status":"APPROVED","category":"UTILITY","id":"987650012340003","quality_score":{"score":"GREEN","date":1795219200},"rejected_reason":"NONE"},
        {"name":"autumn_offer","parameter_format":"POSITIONAL","components":[
         {"type":"BODY","text":"Hi {{1}}, our autumn sale is on: {{2}} off everything until Sunday.","example":{"body_text":[["Amara","20%"]]}},
         {"type":"FOOTER","text":"Reply STOP to opt out"},
         {"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Show me"},{"type":"QUICK_REPLY","text":"Stop promotions"}]}],
         "language":"en_GB","status":"APPROVED","category":"MARKETING","id":"987650012340001","quality_score":{"score":"GREEN","date":1795219200},"rejected_reason":"NONE"},
        {"name":"autumn_offer","parameter_format":"POSITIONAL","components":[
         {"type":"BODY","text":"Olá {{1}}, a nossa promoção de outono começou: {{2}} de desconto até domingo.","example":{"body_text":[["João","20%"]]}},
         {"type":"FOOTER","text":"Responda PARAR para sair"},
         {"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Quero ver"},{"type":"QUICK_REPLY","text":"Parar promoções"}]}],
         "language":"pt_BR","status":"APPROVED","category":"MARKETING","id":"987650012340011","quality_score":{"score":"GREEN","date":1795219200},"rejected_reason":"NONE"},
        {"name":"autumn_offer","parameter_format":"POSITIONAL","components":[
         {"type":"BODY","text":"Hola {{1}}, empieza la rebaja de otoño: {{2}} de descuento hasta el domingo.","example":{"body_text":[["Lucía","20%"]]}},
         {"type":"FOOTER","text":"Responde BAJA para no recibir más"},
         {"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Ver ofertas"},{"type":"QUICK_REPLY","text":"No más promociones"}]}],
         "language":"es","status":"APPROVED","category":"MARKETING","id":"987650012340012","quality_score":{"score":"YELLOW","date":1795219200},"rejected_reason":"NONE"},
        {"name":"winter_preview","parameter_format":"NAMED","components":[
         {"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW1hZ2UvanBlZw==:ARZexample"]}},
         {"type":"BODY","text":"{{first_name}}, be the first to see the winter collection in {{city}} this Friday.","example":{"body_text_named_params":[{"param_name":"first_name","example":"Amara"},{"param_name":"city","example":"Leeds"}]}},
         {"type":"FOOTER","text":"Reply STOP to opt out"},
         {"type":"BUTTONS","buttons":[{"type":"URL","text":"Look","url":"https://shop.example.com/winter"},{"type":"QUICK_REPLY","text":"Stop promotions"}]}],
         "language":"en_GB","status":"APPROVED","category":"MARKETING","id":"987650012340004","quality_score":{"score":"GREEN","date":1795219200},"rejected_reason":"NONE"},
        {"name":"invoice_ready","parameter_format":"POSITIONAL","components":[
         {"type":"HEADER","format":"DOCUMENT","example":{"header_handle":["4::YXBwbGljYXRpb24vcGRm:ARZexample"]}},
         {"type":"BODY","text":"Guten Tag {{1}}, Ihre Rechnung {{2}} über {{3}} ist fertig.","example":{"body_text":[["Frau Müller","R-2041","38,90 €"]]}}],
         "language":"de","status":"APPROVED","category":"UTILITY","id":"987650012340005","quality_score":{"score":"GREEN","date":1795219200},"rejected_reason":"NONE"},
        {"name":"coupon_code","parameter_format":"POSITIONAL","components":[
         {"type":"BODY","text":"Hi {{1}}, here is a code for your next order.","example":{"body_text":[["Amara"]]}},
         {"type":"BUTTONS","buttons":[{"type":"COPY_CODE","text":"Copy offer code","example":["AUTUMN20"]}]}],
         "language":"en_GB","status":"APPROVED","category":"MARKETING","id":"987650012340007","quality_score":{"score":"UNKNOWN"},"rejected_reason":"NONE"},
        {"name":"login_code","parameter_format":"POSITIONAL","components":[
         {"type":"BODY","text":"*{{1}}* is your verification code. For your security, do not share this code.","add_security_recommendation":true,"example":{"body_text":[["123456"]]}},
         {"type":"FOOTER","text":"This code expires in 10 minutes.","code_expiration_minutes":10},
         {"type":"BUTTONS","buttons":[{"type":"URL","text":"Copy code","url":"https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}","example":["https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp123456"]}]}],
         "language":"en_GB","status":"APPROVED","category":"AUTHENTICATION","id":"987650012340008","quality_score":{"score":"UNKNOWN"},"rejected_reason":"NONE"},
        {"name":"appointment_reminder","parameter_format":"POSITIONAL","components":[
         {"type":"BODY","text":"नमस्ते {{1}}, आपकी अपॉइंटमेंट {{2}} को है।","example":{"body_text":[["प्रिया","शुक्रवार 10:30"]]}},
         {"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"ठीक है"},{"type":"QUICK_REPLY","text":"बदलें"}]}],
         "language":"hi","status":"APPROVED","category":"UTILITY","id":"987650012340009","quality_score":{"score":"GREEN","date":1795219200},"rejected_reason":"NONE"},
        {"name":"spring_offer","parameter_format":"POSITIONAL","components":[
         {"type":"BODY","text":"Hi {{1}}, spring is here and so are new colours.","example":{"body_text":[["Amara"]]}}],
         "language":"en_GB","status":"PAUSED","category":"MARKETING","id":"987650012340013","quality_score":{"score":"RED","date":1795219200},"rejected_reason":"NONE"},
        {"name":"flash_sale","parameter_format":"POSITIONAL","components":[
         {"type":"BODY","text":"Buy now, buy now, {{1}}, before it is gone!","example":{"body_text":[["Amara"]]}}],
         "language":"en_GB","status":"REJECTED","category":"MARKETING","id":"987650012340014","rejected_reason":"PROMOTIONAL"},
        {"name":"old_offer","parameter_format":"POSITIONAL","components":[
         {"type":"BODY","text":"This one was paused too often."}],
         "language":"en_GB","status":"DISABLED","category":"MARKETING","id":"987650012340015","quality_score":{"score":"RED","date":1795219200},"rejected_reason":"NONE"}
        ]}
        """#
}
