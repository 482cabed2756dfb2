import Testing
import WaproCore

struct OtherFormTests {
    @Test(
        arguments: [
            (525_512_345_678, 5_215_512_345_678), (541_123_456_789, 5_491_123_456_789), (5_531_987_654_321, 553_187_654_321),
        ] as [(Int64, Int64)]
    )
    func `each form is the other's other one`(dialled: Int64, written: Int64) {
        #expect(PhoneNumber(value: dialled)?.otherForm?.value == written)
        #expect(PhoneNumber(value: written)?.otherForm?.value == dialled)
    }

    /// Elsewhere, a Brazilian landline, and lengths that nobody has.
    @Test(arguments: [4_915_112_345_678, 553_133_334_444, 52_551_234_567, 54_911_234_567, 5_531_287_654_321, 14_155_550_123] as [Int64])
    func `others have one form`(value: Int64) {
        #expect(PhoneNumber(value: value)?.otherForm == nil)
    }
}
