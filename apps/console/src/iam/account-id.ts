import { useSyncExternalStore } from "react";
import { sessionStore } from "../session/session.ts";

/** The account that somebody is signed in to. */
export function useAccountId(): string {
  const state = useSyncExternalStore(sessionStore.subscribe, sessionStore.get);
  return state.status === "signed-in" ? state.session.accountId : "";
}
