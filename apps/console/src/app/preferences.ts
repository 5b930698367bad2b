import { applyDensity, applyMode, Density, Mode } from "@cloudscape-design/global-styles";

/** How somebody wants the console to look. Kept in this browser; nothing of it is secret. */
export interface Preferences {
  readonly mode: "light" | "dark" | "system";
  readonly density: "comfortable" | "compact";
}

const key = "mayfly.preferences";
const defaults: Preferences = { mode: "system", density: "comfortable" };
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();
let preferences: Preferences = read();

function read(): Preferences {
  try {
    return { ...defaults, ...(JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Preferences>) };
  } catch {
    return defaults;
  }
}

/** For useSyncExternalStore. */
export const preferencesStore = {
  get: (): Preferences => preferences,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** Whether the page is dark now. */
export const isDark = (): boolean => (preferences.mode === "system" ? systemIsDark.matches : preferences.mode === "dark");

/** Changes some of the preferences, here and in this browser's other tabs. */
export function setPreferences(change: Partial<Preferences>): void {
  preferences = { ...preferences, ...change };
  localStorage.setItem(key, JSON.stringify(preferences));
  apply();
}

function apply(): void {
  applyMode(isDark() ? Mode.Dark : Mode.Light);
  applyDensity(preferences.density === "compact" ? Density.Compact : Density.Comfortable);
  for (const listener of listeners) listener();
}

/** Puts the preferences into effect and follows the system's and other tabs' changes. */
export function startPreferences(): void {
  apply();
  systemIsDark.addEventListener("change", apply);
  addEventListener("storage", (event) => {
    if (event.key !== key) return;
    preferences = read();
    apply();
  });
}
