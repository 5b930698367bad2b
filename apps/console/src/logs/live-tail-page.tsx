import { usePage } from "../app/page.tsx";

/** Live Tail. */
export function LiveTailPage() {
  usePage({ title: "Live Tail", breadcrumbs: [] });
  return null;
}
