import { usePage } from "../app/page.tsx";

/** Log group. */
export function LogGroupPage() {
  usePage({ title: "Log group", breadcrumbs: [] });
  return null;
}
