/** Lets one task a key run at a time, in the order in which they came. */
export interface KeyLock {
  run<T>(key: string, task: () => Promise<T>): Promise<T>;
}

/** A lock without waiting limits: tasks are short. */
export function createKeyLock(): KeyLock {
  const tails = new Map<string, Promise<unknown>>();
  return {
    async run(key, task) {
      const before = tails.get(key);
      const mine = before === undefined ? task() : before.then(task, task);
      tails.set(key, mine);
      try {
        return await mine;
      } finally {
        if (tails.get(key) === mine) tails.delete(key);
      }
    },
  };
}
