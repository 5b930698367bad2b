import { useCallback, useState } from "react";

/** A list's preferences (columns, page size), kept in this browser under its name. */
export function useKeptPreferences<T extends object>(name: string, defaults: T): [value: T, set: (value: Partial<T>) => void] {
  const key = `mayfly.list.${name}`;
  const [value, setValue] = useState<T>(() => ({ ...defaults, ...read<T>(key) }));
  const set = useCallback(
    (change: Partial<T>) => {
      setValue((now) => {
        const next = { ...now, ...change };
        localStorage.setItem(key, JSON.stringify(next));
        return next;
      });
    },
    [key],
  );
  return [value, set];
}

function read<T>(key: string): Partial<T> {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<T>;
  } catch {
    return {};
  }
}
