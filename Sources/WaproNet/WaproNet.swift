// WaproNet: what both listeners, of webhooks and of the control socket, need of the network.
//
//   AcceptPause   leaves those who wait in the kernel's queue while descriptors are scarce
