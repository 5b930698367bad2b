import { usePage } from "../../app/page.tsx";

/** Users. */
export function UsersPage() {
  usePage({ title: "Users", breadcrumbs: [] });
  return null;
}
