// A tour of WaproWire: JSON-RPC lines over a Unix socket. It carries lines and knows nothing of what they mean.
//
// 1. Framing/   bytes become lines, with limits (`LineFramer`, pure); too long, unfinished or HTTP is told apart (`Frame`).
// 2. Session/   one connection: lines in, answers out. Reads run side by side, changes in the order of arrival; what handlers
//               `keep` lives as long as the connection; nothing is read while too much is in flight or unwritten (`Gate`).
// 3. Server/    `ListeningSocket` (bound here or handed over by systemd), `PeerCredentials` (what the kernel says about the peer),
//               `Census` (caps on connections), `UnixServer` (the service).
// 4. Client/    `LineClient` is the transport of `WaproRPC.Client`; `UnixClient` and `Loopback` make one.
