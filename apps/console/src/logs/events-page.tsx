import { usePage } from "../app/page.tsx";

/** Log events. */
export function LogEventsPage() {
  usePage({ title: "Log events", breadcrumbs: [] });
  return null;
}
