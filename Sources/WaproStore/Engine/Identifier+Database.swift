import GRDB
import WaproCore

extension Row {
    /// The identifier in a column that is NOT NULL.
    func id<Kind>(_ column: String, of kind: Identifier<Kind>.Type = Identifier<Kind>.self) -> Identifier<Kind> {
        Identifier(rawValue: self[column])
    }

    func id<Kind>(orNil column: String, of kind: Identifier<Kind>.Type = Identifier<Kind>.self) -> Identifier<Kind>? {
        let value: Int64? = self[column]
        return value.map { Identifier(rawValue: $0) }
    }

    func time(_ column: String) -> Timestamp {
        Timestamp(milliseconds: self[column])
    }

    func time(orNil column: String) -> Timestamp? {
        let value: Int64? = self[column]
        return value.map { Timestamp(milliseconds: $0) }
    }

    /// The case that a stored raw value names. The schema's CHECK keeps other values out.
    func state<State: RawRepresentable>(_ column: String, as type: State.Type = State.self) throws -> State where State.RawValue == Int {
        let value: Int = self[column]
        guard let state = State(rawValue: value) else {
            throw StoreFailure.refused("column \(column) holds \(value), which this version does not know")
        }
        return state
    }
}
