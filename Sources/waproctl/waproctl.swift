// A tour of waproctl: the command line of waprod. It sees the daemon only through the control socket.
//
// 1. Main.swift, Root.swift   the words of the command line find their command: noun, verb.
// 2. Verbs/                   nearly every command is a `Verb<M>`: arguments, help and output are read off the method's declaration.
// 3. Commands/                the few that take more than one round trip: import a file, watch a campaign, follow events.
// 4. Output/                  what is printed. Text from outside becomes `TerminalText` first; nothing else can be printed.
// 5. Ending.swift             failures become words on stderr and an exit status that scripts can rely on.
// 6. Surroundings.swift       the outside: terminal, environment, files, the way to the daemon. Tests give another.
