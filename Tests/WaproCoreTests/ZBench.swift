import Testing
import Foundation
import WaproCore
@Suite(.serialized) struct ZBench {
    @Test func bench() throws {
        let region = Region("DE")
        let texts = ["+4915112345678", "0151 12345678", "+44 7700 900123", "+1 (201) 555-0123", "+5511961234567"]
        var n = 0
        let clock = ContinuousClock()
        let t = clock.measure { for i in 0..<2_000_000 { if (try? PhoneNumber.parse(texts[i % 5], defaultRegion: region)) != nil { n += 1 } } }
        print("BENCH phones/s", 2_000_000 / (Double(t.components.attoseconds) / 1e18 + Double(t.components.seconds)), n)
        var text = "phone,first_name,last_name,city,order,note\n"
        for i in 0..<200_000 { text += "+49151\(10_000_000 + i),Amara,Okafor\(i),\"Berlin, Mitte\",\(i * 7),some note here without anything\n" }
        let bytes = Array(text.utf8)
        var rows = 0
        let c = try clock.measure {
            var reader = CSVReader()
            var s = 0
            while s < bytes.count { let e = min(bytes.count, s + 65536); rows += try reader.feed(bytes[s..<e]).count; s = e }
            rows += try reader.finish().count
        }
        print("BENCH csv MB/s", Double(bytes.count) / 1e6 / (Double(c.components.attoseconds) / 1e18 + Double(c.components.seconds)), rows)
        let plan = try TemplateSample.decode(TemplateSample.orderUpdate).plan(parameters: ["header.1": "{{order}}", "1": "{{first_name|friend}}", "2": "{{order}}", "button.0": "{{order}}?u=88"])
        var m = 0
        let f = clock.measure { for i in 0..<100_000 { if (try? plan.fill { $0 == "order" ? "99\(i)" : "Amara" }) != nil { m += 1 } } }
        print("BENCH fills/s", 100_000 / (Double(f.components.attoseconds) / 1e18 + Double(f.components.seconds)), m)
    }
}
