import type { Socket } from "node:net";
import type { WhenGone } from "@mayfly/kernel";

/** Tells when a connection is closed, also of one that is closed already: it says so only once, and who hangs up at once is gone before anybody listens. */
export const whenClosed =
  (socket: Socket): WhenGone =>
  (listener) => {
    if (!socket.destroyed) {
      socket.once("close", listener);
      return () => void socket.off("close", listener);
    }
    let isWanted = true;
    queueMicrotask(() => isWanted && listener());
    return () => void (isWanted = false);
  };
