import { useEffect } from "react";
import { connectionStore, serverGone } from "../api/connection.ts";

/** When this tab was last loaded anew by itself; milliseconds since the epoch. */
const reloadedKey = "mayfly.reloaded";

/** Between two times that a tab loads itself anew, for a part that stays away. Milliseconds. */
const reloadEveryMs = 10_000;

function reload(): void {
  sessionStorage.setItem(reloadedKey, String(Date.now()));
  location.reload();
}

/** Loads the page anew once the server answers: a browser does not ask again for a part that it could not get before. */
export function useReloadWhenBack(isWanted: boolean): void {
  useEffect(() => {
    if (!isWanted) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = connectionStore.subscribe(() => {
      if (!connectionStore.get()) return;
      const reloadedAtMs = Number(sessionStorage.getItem(reloadedKey) ?? 0);
      timer = setTimeout(reload, Math.max(0, reloadedAtMs + reloadEveryMs - Date.now()));
    });
    serverGone();
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [isWanted]);
}
