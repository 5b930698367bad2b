/** Bounds on what one sandbox can make of the machine's tables of connections. AWS names none beyond 1,024 file descriptors. */
export const networkLimits = {
  /** Connections and UDP conversations that live at once. */
  flowsPerSandbox: 1_024,
  newFlowsPerSecond: 200,
  newFlowsBurst: 1_000,
  /** All sandboxes together: each remembers a conversation until it times out, and the machine's table serves others too. */
  flowsOfAll: 16_384,
  /** Sandboxes whose flows are told apart; the kernel forgets idle ones. */
  remembered: 65_535,
  /** How long a conversation that says nothing is remembered, by its state. Seconds. The kernel's own are 5 days and 2 minutes. */
  idleSeconds: { tcpEstablished: 3_600, tcpClosing: 30, tcpClosed: 10, udpUnanswered: 10, udpAnswered: 60 },
  /** How often the machine's own addresses and its name server are looked at again. Milliseconds. */
  refreshMs: 2_000,
  /** A tool that says nothing for this long is ended. Milliseconds. */
  toolTimeoutMs: 10_000,
  /** An uplink's process that ends is started again, at most this often. Milliseconds. */
  restartPauseMs: 1_000,
} as const;
