import { usePage } from "../app/page.tsx";

/** Settings. */
export function SettingsPage() {
  usePage({ title: "Settings", breadcrumbs: [] });
  return null;
}
