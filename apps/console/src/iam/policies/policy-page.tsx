import { usePage } from "../../app/page.tsx";

/** Policy. */
export function PolicyPage() {
  usePage({ title: "Policy", breadcrumbs: [] });
  return null;
}
