import { describeAttach } from "./description.ts";
import type { Launcher } from "./fork-server.ts";
import { SandboxError } from "./sandbox-error.ts";
import type { SandboxMount } from "./types.ts";

/** What the launcher answers to an order, in the orders' sequence. */
type Answer =
  | { readonly attached: true }
  | { readonly attached: false; readonly mount: number; readonly problem: string; readonly error: string };

interface Order {
  readonly mounts: readonly SandboxMount[];
  readonly resolve: () => void;
  readonly reject: (error: SandboxError) => void;
}

const nameOf = (mount: SandboxMount | undefined): string =>
  mount?.kind === "bind" ? `${mount.source} on ${mount.target}` : String(mount?.target);

/** How a running launcher is told to attach mounts. */
export function createAttacher({ orders: way, ended, onMessage }: Launcher): (mounts: readonly SandboxMount[]) => Promise<void> {
  const orders: Order[] = [];
  let isOver = false;
  onMessage((message) => {
    if (!("attached" in message)) return;
    const answer = message as Answer;
    const order = orders.shift();
    if (answer.attached) return order?.resolve();
    const { mount, problem, error } = answer;
    order?.reject(new SandboxError(`Could not ${problem} ${nameOf(order.mounts[mount])}: ${error}`));
  });
  void ended.then(() => {
    isOver = true;
    for (const { reject } of orders.splice(0)) reject(new SandboxError("The sandbox ended before its mounts were attached."));
  });
  return (mounts) =>
    new Promise((resolve, reject) => {
      if (isOver || !way.writable)
        return reject(new SandboxError("Nothing can be attached: the sandbox has ended, or has no attachable folder."));
      way.write(describeAttach(mounts));
      orders.push({ mounts, resolve, reject });
    });
}
