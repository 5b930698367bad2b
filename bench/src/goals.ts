/** What a figure is to be on a machine with two cores. */
export interface Goal {
  /** In the unit of its row. */
  readonly figure: number;
  /** The ratio to the floor of the same run: where there is one it counts instead, for it does not depend on the machine. */
  readonly ofFloor?: number;
}

/** Every goal there is. Of requests/s it is the least, of everything else the most. */
export const goals = {
  warmP50: { figure: 0.5, ofFloor: 1.7 },
  warmP99: { figure: 4 },
  requestRate: { figure: 5_000, ofFloor: 0.6 },
  coldNode: { figure: 10 },
  coldPython: { figure: 12 },
  coldBoto3: { figure: 15 },
  coldUnpooled: { figure: 60 },
  burstPython: { figure: 0.8 },
  burstNode: { figure: 2.5 },
  payloadP50: { figure: 70, ofFloor: 3 },
  /** Here the floor is Invoke. */
  urlP50: { figure: 0.65, ofFloor: 1.3 },
  streamFirstByte: { figure: 2 },
  streamRate: { figure: 100 },
  serverMemory: { figure: 150 },
  nodeMemory: { figure: 20 },
  boto3Memory: { figure: 6 },
  eventRate: { figure: 4_000 },
  /** On an idle system. */
  queueP50: { figure: 20 },
  queueP99: { figure: 60 },
  /** As that of queues. */
  uploadP50: { figure: 20 },
  uploadP99: { figure: 60 },
  startToReady: { figure: 1_500 },
  consoleScript: { figure: 450 },
  consoleUsable: { figure: 1_000 },
  consoleCreate: { figure: 3_000 },
  consoleSample: { figure: 5_000 },
} as const satisfies Record<string, Goal>;
