/** Whether the server answers. The page says so when it does not, and looks for it until it does. */
let reachable = true;
let looking: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** How often a server that is gone is looked for. Milliseconds. */
const lookEveryMs = 1_000;

/** For useSyncExternalStore: false while the server can't be reached. */
export const connectionStore = {
  get: (): boolean => reachable,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function set(next: boolean): void {
  if (reachable === next) return;
  reachable = next;
  for (const listener of listeners) listener();
}

/** A request did not reach the server. */
export function serverGone(): void {
  set(false);
  looking ??= setTimeout(() => void look(), lookEveryMs);
}

/** A request was answered. */
export function serverIsBack(): void {
  clearTimeout(looking);
  looking = undefined;
  set(true);
}

async function look(): Promise<void> {
  looking = undefined;
  try {
    await fetch("/_mayfly/health", { cache: "no-store" });
    serverIsBack();
  } catch {
    serverGone();
  }
}
