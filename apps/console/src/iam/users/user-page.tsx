import { usePage } from "../../app/page.tsx";

/** User. */
export function UserPage() {
  usePage({ title: "User", breadcrumbs: [] });
  return null;
}
