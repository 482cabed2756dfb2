// A tour of waproctl: the command line of waprod. It sees the daemon only through the control socket.
//
// 1. Main.swift          a command line becomes a request, the request is run, what fails becomes an exit status.
// 2. Words/              how words are read: `Request` finds the command, `Words` its parameters, `Globals` what every command takes; `Help`.
//                        `Unfinished` reads what a shell is to complete.
// 3. Commands/           which commands there are. Nearly every one is a `Verb<M>`: arguments, help and output are read off the method.
// 4. ByHand/             the few that take more than one round trip: import a file, watch a campaign, follow events.
// 5. Output/             what is printed. Text from outside becomes `TerminalText` first; nothing else can be printed.
// 6. Ending.swift        failures become words on stderr and an exit status that scripts can rely on.
// 7. Surroundings.swift  the outside: terminal, environment, files, the way to the daemon. Tests give another.
//                        `StandardStreams` is how it is written to, and what becomes of it when it cannot be.
