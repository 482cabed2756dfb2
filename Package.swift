// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func executable(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

extension Target.Dependency {
    static let argumentParser = product(name: "ArgumentParser", package: "swift-argument-parser")
    static let configuration = product(name: "Configuration", package: "swift-configuration")
    static let crypto = product(name: "Crypto", package: "swift-crypto")
    static let cryptoExtras = product(name: "CryptoExtras", package: "swift-crypto")
    static let deque = product(name: "DequeModule", package: "swift-collections")
    static let grdb = product(name: "GRDB", package: "GRDB.swift")
    static let grdbSQLite = product(name: "GRDBSQLite", package: "GRDB.swift")
    static let lifecycle = product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let logging = product(name: "Logging", package: "swift-log")
    static let metrics = product(name: "Metrics", package: "swift-metrics")
    static let nioCore = product(name: "NIOCore", package: "swift-nio")
    static let nioHTTP1 = product(name: "NIOHTTP1", package: "swift-nio")
    static let nioHTTP2 = product(name: "NIOHTTP2", package: "swift-nio-http2")
    static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
    static let nioSSL = product(name: "NIOSSL", package: "swift-nio-ssl")
    static let unixSignals = product(name: "UnixSignals", package: "swift-service-lifecycle")
    static let yams = product(name: "Yams", package: "Yams")
}

let package = Package(
    name: "wapro",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "waprod", targets: ["waprod"]),
        .executable(name: "waproctl", targets: ["waproctl"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["YAML"]),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // MARK: Words, rules, and the outside world
        library("WaproCore"),
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),
        .target(name: "CSQLite", linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(name: "CSystemd", linkerSettings: [.linkedLibrary("systemd")]),
        library("WaproCloud", ["WaproCore", "CCurl", .crypto]),
        library("WaproNet", [.nioCore]),
        library("WaproStore", ["WaproCore", "CSQLite", .crypto, .grdb, .grdbSQLite, .deque]),

        // MARK: The stories
        library("WaproPeople", ["WaproCore", "WaproStore"]),
        library("WaproSending", ["WaproCore", "WaproStore", "WaproCloud", .deque, .lifecycle, .logging]),
        library(
            "WaproReceiving",
            ["WaproCore", "WaproStore", "WaproCloud", "WaproNet", .nioCore, .nioPosix, .nioHTTP1, .lifecycle, .logging, .metrics]
        ),

        // MARK: The contract and its transport
        library("WaproRPC", ["WaproCore"]),
        library("WaproWire", ["WaproCore", "WaproRPC", "WaproNet", .nioCore, .nioPosix, .deque, .lifecycle, .logging]),

        // MARK: What an administrator runs
        library(
            "WaproDaemon",
            [
                "WaproCore", "WaproCloud", "WaproStore", "WaproPeople", "WaproSending", "WaproReceiving", "WaproRPC", "WaproWire",
                "CSystemd", .configuration, .crypto, .cryptoExtras, .yams, .lifecycle, .unixSignals, .logging,
            ]
        ),
        executable("waprod", ["WaproDaemon", "WaproCore", "WaproRPC", "WaproWire", "MetaSim", .argumentParser, .lifecycle, .logging]),
        executable("waproctl", ["WaproCore", "WaproRPC", "WaproWire"]),

        // MARK: What proves it (not installed)
        library(
            "MetaSim",
            [
                .crypto, .deque, .nioCore, .nioPosix, .nioHTTP1, .nioHTTP2, .nioSSL, .lifecycle,
            ]
        ),
        executable("metasim", ["MetaSim", .argumentParser, .lifecycle, .unixSignals, .logging]),

        executable(
            "waprod-bench",
            [
                "waprod", "waproctl", "WaproCore", "WaproStore", "WaproCloud", "WaproRPC", "WaproWire", "MetaSim", "CCurl",
                .argumentParser, .crypto, .grdbSQLite, .nioCore, .nioPosix, .nioHTTP1, .nioSSL,
            ]
        ),
        executable("wapro-torture", ["waprod", "WaproCore", "WaproRPC", "WaproWire", "MetaSim", .argumentParser]),

        // MARK: Tests, one bundle a target
        tests("WaproCoreTests", ["WaproCore"]),
        tests("WaproCloudTests", ["WaproCloud", "WaproCore", "CCurl", .crypto, .nioCore, .nioPosix, .nioHTTP1, .nioSSL]),
        tests("WaproStoreTests", ["WaproStore", "WaproCore", .grdb]),
        tests("WaproPeopleTests", ["WaproPeople", "WaproStore", "WaproCore"]),
        tests("WaproSendingTests", ["WaproSending", "WaproStore", "WaproCloud", "WaproCore", .lifecycle, .logging]),
        tests("WaproReceivingTests", ["WaproReceiving", "WaproStore", "WaproCore", .crypto, .logging, .nioCore, .nioPosix]),
        tests("WaproRPCTests", ["WaproRPC", "WaproCore"]),
        tests("WaproWireTests", ["WaproWire", "WaproRPC", "WaproCore", .nioCore, .nioPosix, .lifecycle, .logging]),
        tests(
            "WaproDaemonTests",
            ["WaproDaemon", "WaproRPC", "WaproSending", "WaproPeople", "WaproStore", "WaproCore", "CSystemd", .logging, .lifecycle]
        ),
        tests("waproctlTests", ["waproctl", "WaproPeople", "WaproRPC", "WaproWire", "WaproStore", "WaproCore"]),
        tests("MetaSimTests", ["MetaSim", .crypto, .nioCore, .nioPosix, .nioHTTP1]),
        tests("StoryTests", ["waprod", "waprod-bench", "WaproWire", "WaproRPC", "WaproCore", "WaproStore", "MetaSim"]),
        tests("SimulationTests", ["WaproSending", "WaproReceiving", "WaproStore", "WaproCloud", "WaproCore", .grdb, .logging]),
        tests("PackageTests", []),
    ]
)
